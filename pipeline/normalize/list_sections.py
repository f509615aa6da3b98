"""A list whose items are the sections of a post, numbered by hand.

What it does: makes headings of bullets that count by hand (``* 1 - Soil``, ``* 2 - Light``), the
number kept in the text, and sets the text that is indented below them at the margin.

Why: nobody needs a bullet before a number. Such lines were numbered titles before an editor put a
list's mark before them, or indented what they govern. The bullets have to count on from 1, there
are three and more of them with no others between, each reads as a title, and most have text below
them. A list whose items merely have text indented below them is a list and stays one.

Example: ``* 1 - Soil`` over an indented paragraph becomes ``## 1 - Soil`` over that paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model import Repair
from pipeline.normalize.context import governs
from pipeline.normalize.levels import level_below
from pipeline.normalize.titles import Reading, heading, read_title

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft
    from pipeline.normalize.tree import Block, Tree

CODE = "N212"
LEAST = 3
"""So many bullets that count on are titles."""
_ITEM = re.compile(r"(?P<mark> {0,3}[*+-][ \t]+)(?P<text>\S.*)$")
_NUMBER = re.compile(r"(?P<number>(?P<count>\d{1,2})(?:[.):]|[ \t]?[-–—])) +(?=\S)")
_TAB = 4


@dataclass(frozen=True, slots=True)
class Section:
    """A bullet that counts: its item, what it says, how far its text is indented."""

    item: Block
    count: int
    number: str
    reading: Reading
    indent: int
    governs: bool


def find(draft: Draft) -> Iterator[Repair]:
    """The repairs of each run."""
    for run in _runs(draft.tree):
        told = sum(section.governs for section in run)
        if len(run) < LEAST or told * 4 < len(run) * 3:
            continue
        level = level_below(draft.authored, run[0].item.first)
        for section in run:
            yield _repair(draft.tree, section, level, len(run))


def _runs(tree: Tree) -> Iterator[list[Section]]:
    """Bullets that count on from 1, over one list and several. No title is in a list that has
    bullets of both kinds."""
    run: list[Section] = []
    for index, block in enumerate(tree.blocks):
        if block.kind != "bullets":
            continue
        sections = [_section(tree, index, item) for item in block.children]
        known = [section for section in sections if section is not None]
        if 0 < len(known) < len(sections):
            yield run
            run = []
            continue
        for section in known:
            if not run or section.count != run[-1].count + 1:
                yield run
                run = []
            if run or section.count == 1:
                run.append(section)
    yield run


def _section(tree: Tree, index: int, item: Block) -> Section | None:
    match = _ITEM.match(tree.line(item.first))
    number = _NUMBER.match(match["text"]) if match else None
    if match is None or number is None or not item.children:
        return None
    reading = read_title(match["text"][number.end() :])
    inner = _counted(item)
    if reading is None or reading.number or inner is None:
        return None
    last = item is tree.blocks[index].children[-1]
    text = not item.one_line or (last and bool(governs(tree, index + 1, 1)))
    width = len(match["mark"].expandtabs(_TAB))
    if len(inner.children) > 1:
        width += len(number[0])
    return Section(item, int(number["count"]), number["number"], reading, width, text)


def _counted(item: Block) -> Block | None:
    """The item whose first child is the line: to Markdown ``* 1. Soil`` is a list in an item."""
    inner = item
    if item.children[0].kind == "steps" and len(item.children[0].children) == 1:
        inner = item.children[0].children[0]
    leaf = inner.children[0] if inner.children else None
    return inner if leaf is not None and leaf.kind == "paragraph" and leaf.one_line else None


def _repair(tree: Tree, section: Section, level: int, count: int) -> Repair:
    item = section.item
    before = tree.lines[item.first - 1 : item.last]
    below = before[1:]
    width = section.indent
    if not _holds_code(item):
        width = max(width, min((_indent(line) for line in below if line.strip()), default=0))
    title = heading(level, section.number, section.reading.text)
    return Repair(
        CODE, 0.9, item.first, item.last, before,
        (title, *(_at_margin(line, width) for line in below)),
        f"one of {count} bullets that count by hand, over what they govern",
    )  # fmt: skip


def _holds_code(block: Block) -> bool:
    return block.kind == "code" or any(map(_holds_code, block.children))


def _indent(line: str) -> int:
    spread = line.expandtabs(_TAB)
    return len(spread) - len(spread.lstrip())


def _at_margin(line: str, width: int) -> str:
    """The line without ``width`` columns of its indent."""
    indent = _indent(line)
    return " " * max(indent - width, 0) + line.lstrip()
