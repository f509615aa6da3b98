"""Lines that are nothing but emphasis: where they stand, and how much they look like titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.normalize.emphasis import read_emphasis
from pipeline.normalize.text import plain
from pipeline.normalize.titles import Reading, read_title

if TYPE_CHECKING:
    from pipeline.normalize.tree import Block, Tree

QUOTED = 3
"""So many quotations of one bold line are titles."""
_NO_MARK = re.compile(r"(?!)")
_QUOTE = re.compile(r"^ {0,3}> ?")
_LABELLED = re.compile(r"[^\W\d_]{1,8}[ .-]?(?P<count>\d{1,3})[.:)] ?\S")
_NUMBER = re.compile(r"(?P<count>\d{1,3})(?:[.)][ \t]|[ \t]?[-–—:][ \t])")


@dataclass(frozen=True, slots=True)
class BoldLine:
    """A line of emphasis. ``index`` is the top block it stands in; ``above`` and ``below`` tell
    whether text of the same block touches it; ``item``: that block is a list.

    ``count`` is its number in a run (``**3. Title**``, ``**Q3: Title?**``), 0 if it has none.
    """

    line: int
    index: int
    block: Block
    lead: str
    reading: Reading
    strong: bool
    above: bool
    below: bool
    item: bool
    count: int
    sentence: bool


def bold_lines(tree: Tree) -> Iterator[BoldLine]:
    """All of them, in the order of the post."""
    quoted = tuple(_quoted(tree))
    if len({bold.reading.text for bold in quoted}) < QUOTED:
        quoted = ()
    yield from sorted((*_unquoted(tree), *quoted), key=lambda bold: bold.line)


def _quoted(tree: Tree) -> Iterator[BoldLine]:
    """Quotations that are one bold line: some authors set their titles so."""
    for index, block in enumerate(tree.blocks):
        lone = block.kind == "quote" and block.one_line and block.children
        if lone and block.children[0].kind == "paragraph":
            found = _read(tree, block.first, index, block, False, _QUOTE)
            if found is not None and found.strong and not found.sentence:
                yield found


def _unquoted(tree: Tree) -> Iterator[BoldLine]:
    for index, block in enumerate(tree.blocks):
        if block.kind == "paragraph":
            for number in range(block.first, block.last + 1):
                found = _read(tree, number, index, block, False)
                if found:
                    yield found
        elif block.kind in ("bullets", "steps"):
            for item in block.children:
                leaf = _last_leaf(item)
                if leaf.kind != "paragraph":
                    continue
                for number in range(leaf.first + 1, leaf.last + 1):
                    found = _read(tree, number, index, leaf, True)
                    if found:
                        yield found


def _last_leaf(block: Block) -> Block:
    while block.children:
        block = block.children[-1]
    return block


def _read(
    tree: Tree, number: int, index: int, block: Block, item: bool, mark: re.Pattern[str] = _NO_MARK
) -> BoldLine | None:
    line = mark.sub("", tree.line(number), count=1)
    said = read_emphasis(line)
    if said is None or (item and line[0].isspace()):
        return None
    reading = read_title(said.text)
    sentence = reading is None
    if reading is None:
        reading = read_title(said.text, sentence=True)
    if reading is None:
        return None
    plainly = plain(said.lead + said.text)
    counted = _NUMBER.match(plainly) or _LABELLED.match(plainly)
    return BoldLine(
        number, index, block, said.lead, reading, said.strong, number > block.first,
        number < block.last, item, int(counted["count"]) if counted else 0, sentence,
    )  # fmt: skip


def is_bold_line(line: str) -> bool:
    """Whether the line is bold as a whole."""
    return read_emphasis(line) is not None


def many_lined(tree: Tree) -> int:
    """How many paragraphs are bold over several lines, as the questions of an interview are."""
    return sum(
        b.kind == "paragraph"
        and not b.one_line
        and b.text.startswith("**")
        and b.text.rstrip().endswith("**")
        and b.text.count("**") == 2
        for b in tree.blocks
    )
