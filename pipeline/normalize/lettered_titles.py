"""A run of titles with letters or dotted numbers.

What it does: makes headings of the lines of a run (``a)``, ``b)``; ``3.1``, ``3.2``), alone or
glued to a list or a finished paragraph above, their marks kept in the text.

Why: Markdown has no such lists, so the lines stay paragraphs, and an exporter that forgets the
blank line hides them in the item above. One line alone could be anything (an address, a version),
so the marks must count on, and each line must read as a title over something.

Example: ``a) Size``, a paragraph, ``b) Weight``, a paragraph become ``### a) Size`` and
``### b) Weight``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model import Repair
from pipeline.normalize.context import governs, is_code, is_prose
from pipeline.normalize.levels import enclosing_level
from pipeline.normalize.titles import Reading, heading, read_title

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft
    from pipeline.normalize.tree import Block, Tree

CODE = "N207"
_MARK = re.compile(
    r"(?:\*\*)?(?P<mark>(?P<letter>[A-Za-z])[.)]|(?P<part>\d{1,2}(?:\.\d{1,2})*)\.(?P<last>\d{1,2})[.)]?)"
    r"[ \t]+(?=\S)"
)
_FINISHED = re.compile(r"[.?!:…)][\"”»’'*_`]*$")
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A line with such a mark: what it counts, where it stands, what comes after it."""

    line: int
    series: str
    count: int
    mark: str
    reading: Reading
    above: bool
    place: float
    over_code: bool


def find(draft: Draft) -> Iterator[Repair]:
    """The repairs of each run of two and more."""
    for run in _runs(tuple(_lines(draft))):
        confidence = _confidence(run, draft)
        if len(run) < 2 or not confidence:
            continue
        level = _level(run, draft)
        for one in run:
            made = heading(level, one.mark, one.reading.text)
            yield Repair(
                CODE, confidence, one.line, one.line, (draft.tree.line(one.line),),
                ("", made) if one.above else (made,),
                f"one of {len(run)} lines that count on; {draft.evidence.told()}",
            )  # fmt: skip


def _lines(draft: Draft) -> Iterator[Line]:
    tree = draft.tree
    for index, block in enumerate(tree.blocks):
        if block.kind == "paragraph":
            yield from _in_text(tree, index, block, block, draft.top)
        elif block.kind in ("bullets", "steps") and draft.evidence.exported:
            for item in block.children:
                leaf = _last_leaf(item)
                if leaf.kind == "paragraph" and not leaf.one_line:
                    yield from _in_text(tree, index, leaf, block, draft.top)


def _last_leaf(block: Block) -> Block:
    while block.children:
        block = block.children[-1]
    return block


def _in_text(tree: Tree, index: int, leaf: Block, top: Block, level: int) -> Iterator[Line]:
    in_list = leaf is not top
    for number in range(leaf.first + in_list, leaf.last + 1):
        line = tree.line(number)
        match = _MARK.match(line)
        above = number > leaf.first
        if match is None or (above and not in_list and not _ends(tree.line(number - 1))):
            continue
        rest = line[match.end() :]
        reading = read_title("**" + rest if line.startswith("**") else rest)
        if reading is None or reading.number:
            continue
        if number < leaf.last:
            place = 0.9 if is_prose(tree.line(number + 1)) else 0.0
        else:
            place = governs(tree, index + 1, level) if leaf.last == top.last else 0.95
        following = tree.blocks[index + 1 : index + 2]
        over_code = number == leaf.last and bool(following) and is_code(following[0])
        series, count = match["part"] or "", int(match["last"] or 0)
        if match["letter"]:
            series = match["mark"][-1] + ("A" if match["letter"].isupper() else "a")
            count = ord(match["letter"].lower()) - ord("a") + 1
        yield Line(number, series, count, match["mark"], reading, above, place, over_code)


def _ends(line: str) -> bool:
    return bool(_FINISHED.search(line.rstrip()))


def _runs(lines: tuple[Line, ...]) -> list[list[Line]]:
    runs: list[list[Line]] = []
    for line in lines:
        last = runs[-1][-1] if runs else None
        if last and last.series == line.series and line.count == last.count + 1:
            runs[-1].append(line)
        elif line.count == 1:
            runs.append([line])
    return runs


def _confidence(run: list[Line], draft: Draft) -> float:
    if any(not one.place for one in run[:-1]):
        return 0.0
    trust = 0.97 if draft.evidence.exported else 0.9
    form = sum(1.0 if one.reading.bold else one.reading.form for one in run) / len(run)
    code = sum(one.over_code for one in run) / len(run)
    return round(max(trust * form - 0.4 * code, 0.0), 2)


def _level(run: list[Line], draft: Draft) -> int:
    around = enclosing_level(draft.authored, run[0].line, run[-1].line)
    if around >= 2:
        return min(around + 1, _DEEPEST)
    return draft.top if draft.top == 3 else _above(run[0].line, draft)


def _above(line: int, draft: Draft) -> int:
    """One below the title that the run stands under, if there is one."""
    above = [h.level for h in draft.tree.headings if h.first < line]
    return min(above[-1] + 1, _DEEPEST) if above and above[-1] == 2 else draft.top
