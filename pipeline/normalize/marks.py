"""Comments in a post that speak to Galley, each on a line of its own.

``<!-- galley: keep -->`` leaves the block below it as it is; ``<!-- galley: heading 3 -->`` says
that the line below it is a title of that level. ``<!-- galley: page-break -->`` begins a page with
what follows, ``<!-- galley: keep-together -->`` holds it on one; these two are carried out by the
editions, and repairs go on as if they were not there. Like every comment they are printed nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.normalize.tree import Block, Tree

SIGN = "galley:"
"""What every such comment holds: a post without it is not looked at."""

LEVELS = range(2, 7)
"""The levels of titles inside a post; 1 is that of the post's own title."""

SETTING = ("page-break", "keep-together")
"""Comments on how a text is set, not on what it is."""

_MARK = re.compile(r"<!--[ \t]*galley:[ \t]*([^>]*?)[ \t]*-->")
_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_HEADING = re.compile(r"heading[ \t]+([1-6])", re.I)


@dataclass(frozen=True, slots=True)
class Mark:
    """A comment on line ``line`` that says ``text``; ``level`` is that of the heading it asks
    for, 0 if it asks to keep what follows. ``below`` is the block it speaks of, None if there is
    none or the comment cannot be understood. ``top``: it stands in no list or quotation."""

    line: int
    text: str
    level: int
    below: Block | None
    top: bool

    @property
    def known(self) -> bool:
        """Whether it says something that Galley understands, in a place where it can."""
        if self.text.lower() == "page-break":
            return self.top
        return self.text.lower() in ("keep", *SETTING) or (self.level in LEVELS and self.top)

    @property
    def sets(self) -> bool:
        """Whether it speaks of the page, and leaves repairs alone."""
        return self.text.lower() in SETTING

    @property
    def settled(self) -> bool:
        """Whether the block below is by now what the comment asks for."""
        if self.below is None or not self.known:
            return False
        return not self.level or (self.below.kind, self.below.level) == ("heading", self.level)


def marks(tree: Tree) -> tuple[Mark, ...]:
    """The comments of the post, in order; those shown inside code are none."""
    if not any(SIGN in line for line in tree.lines):
        return ()
    return tuple(_among(tree.blocks, tree.lines, top=True))


def _among(blocks: tuple[Block, ...], lines: Sequence[str], *, top: bool) -> Iterator[Mark]:
    for number, block in enumerate(blocks):
        yield from _among(block.children, lines, top=False)
        if block.kind == "table":
            yield from _misplaced(block.first, lines[block.first - 1 : block.last])
        if block.kind not in ("html", "paragraph", "heading") or SIGN not in block.text:
            continue
        said = _MARK.fullmatch(block.text.strip()) if block.kind == "html" else None
        if said is None:
            yield from _misplaced(block.first, block.text.split("\n"))
            continue
        below = _below(blocks[number + 1 :], said[1])
        level = _HEADING.fullmatch(said[1])
        yield Mark(block.first, said[1], int(level[1]) if level else 0, below, top)


def _below(blocks: tuple[Block, ...], text: str) -> Block | None:
    """The block that a comment saying ``text`` speaks of; between it and the comment there may
    be comments on how the text is set, and if it is one itself, any other."""
    for block in blocks:
        said = _MARK.fullmatch(block.text.strip()) if block.kind == "html" else None
        if said is None:
            return block
        if text.lower() not in SETTING and said[1].lower() not in SETTING:
            return None
    return None


def _misplaced(first: int, lines: Sequence[str]) -> Iterator[Mark]:
    """Comments that share their block with something else, which hides them."""
    for number, line in enumerate(lines):
        if said := _MARK.search(_SPAN.sub("", line)):
            yield Mark(first + number, f"{said[1]} (not on a line of its own)", 0, None, True)


def kept(tree: Tree) -> frozenset[int]:
    """The lines that no repair may touch: from a comment to the end of the block it keeps, and
    headings that are what a comment asks for."""
    return frozenset(
        number
        for mark in marks(tree)
        if mark.settled and mark.below is not None and not mark.sets
        for number in range(mark.line, mark.below.last + 1)
    )
