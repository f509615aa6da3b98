"""A title that the editor says is one, by a comment above it.

What it does: makes a heading of the line below ``<!-- galley: heading 3 -->``, of the level that
the comment names, from 2 to 6; or gives that level to the heading there. No other rule then
touches it.

Why: where a post gives too little evidence, or the wrong one, the editor knows. The comment stays
in the post, is printed nowhere, and says on every later run what was meant.

Example: ``<!-- galley: heading 3 -->`` and, on the next line, ``**Results:**`` become the comment
and ``### Results:``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Repair
from pipeline.normalize.marks import marks
from pipeline.normalize.text import split_number, unwrapped
from pipeline.normalize.titles import heading

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft
    from pipeline.normalize.tree import Block

CODE = "N200"

_CARRIES = frozenset(("paragraph", "heading", "steps", "bullets"))
"""Kinds of block whose first line can be a title."""


def find(draft: Draft) -> Iterator[Repair]:
    """One repair for each comment that is not carried out yet."""
    for mark in marks(draft.tree):
        below = mark.below
        if not mark.level or not mark.known or mark.settled or below is None:
            continue
        if below.kind not in _CARRIES or _underlined(below):
            continue
        line = draft.tree.line(below.first)
        more = below.first < below.last and not draft.tree.is_blank(below.first + 1)
        title = _title(line, below)
        yield Repair(
            CODE, 1.0, below.first, below.first, (line,),
            (heading(mark.level, "", title), *(("",) if more else ())),
            f"the comment above asks for a heading of level {mark.level}",
        )  # fmt: skip


def _underlined(block: Block) -> bool:
    return block.kind == "heading" and not block.one_line


def _title(line: str, block: Block) -> str:
    """The words of the line, without the marks of what it was."""
    text = line.strip()
    if block.kind == "heading":
        return block.text.strip()
    if block.kind == "bullets":
        return unwrapped(text[1:])
    number, rest = split_number(text)
    return f"{number} {unwrapped(rest)}".strip()
