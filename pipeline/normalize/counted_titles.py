"""A run of plain lines that count in a way of their own, or bear a sign, and are titles.

What it does: makes headings of lines such as ``Step 1: Dig``, ``1 - Soil``, ``II. Light`` and
``一、土``, their marks kept in the text, when three and more count on from 1 and govern text; and
of three and more with the same sign (``■ Soil``, ``【Soil】``).

Why: Markdown takes none of these for a list, so a title that an export or an author left without
its mark stays a paragraph, or the first line of one. One such line could be anything; a run that
counts on through the post divides it. It has to be whole: a line that counts in the same way and is
a sentence, or stands over nothing, speaks against all of them. Questions with numbers may be an
interviewer's, lines over code may be steps: both are only proposed.

Example: ``Step 1: Dig``, ``Step 2: Sow`` and ``Step 3: Wait``, each over a paragraph, become
``## Step 1: Dig``, ``## Step 2: Sow`` and ``## Step 3: Wait``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.model import Repair
from pipeline.normalize.context import PROSE, governs, is_code, is_machinery
from pipeline.normalize.counting_marks import Mark, read_mark, read_sign
from pipeline.normalize.levels import level_below
from pipeline.normalize.text import columns
from pipeline.normalize.titles import Reading, heading, read_title

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft
    from pipeline.normalize.tree import Block, Tree

CODE = "N213"
LEAST = 3
"""So many lines that count on are titles."""
_PROSE = 6 * PROSE
"""Columns of a line of running text."""
_FINISHED = re.compile(r"[.?!:…)。？！：）][\"”»’'*_`]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with such a mark. ``reading`` is None if it cannot be a title; ``place`` tells how
    well it governs what is below; ``above``: text of the same paragraph touches it. ``index`` is
    that of the paragraph."""

    number: int
    index: int
    mark: Mark
    reading: Reading | None
    above: bool
    place: float
    over_code: bool
    alone: bool
    """No text of the same paragraph is below it."""


def find(draft: Draft) -> Iterator[Repair]:
    """The repairs of each run."""
    for run in _runs(_lines(draft.tree)):
        confidence = _confidence(run, draft)
        if not confidence:
            continue
        level = level_below(draft.authored, run[0].number)
        for line in run:
            text = draft.tree.line(line.number)
            made = heading(level, "", text.strip().replace("\\", "", 1))
            yield Repair(
                CODE, confidence, line.number, line.number, (text,),
                ("", made) if line.above else (made,),
                f"one of {len(run)} lines that count on; {draft.evidence.told()}",
            )  # fmt: skip


def _lines(tree: Tree) -> Iterator[Line]:
    signs: Counter[str] = Counter()
    for index, block in enumerate(tree.blocks):
        if block.kind != "paragraph":
            continue
        for number in range(block.first, block.last + 1):
            line = tree.line(number)
            mark = read_mark(line)
            if mark is None and (sign := read_sign(line)):
                signs[sign[0]] += 1
                mark = Mark(f"sign {sign[0]}", signs[sign[0]], sign, chapter=True)
            if mark is not None:
                yield _read(tree, index, block, number, mark)


def _read(tree: Tree, index: int, block: Block, number: int, mark: Mark) -> Line:
    line = tree.line(number)
    rest = line[len(mark.text) :].strip("】 \t") or line
    reading = None if is_machinery(line) else read_title(rest)
    if reading is not None and (reading.number or (reading.small and mark.text.strip() != line)):
        reading = None
    above = number > block.first
    if above and not _FINISHED.search(tree.line(number - 1).rstrip()):
        reading = None
    if number < block.last:
        long = mark.chapter or columns(tree.line(number + 1)) >= _PROSE
        place = 0.95 if long else 0.5
    else:
        place = governs(tree, index + 1, 2)
    following = tree.blocks[index + 1 : index + 2]
    over_code = number == block.last and bool(following) and is_code(following[0])
    return Line(number, index, mark, reading, above, place, over_code, number == block.last)


def _runs(lines: Iterator[Line]) -> list[list[Line]]:
    """Lines of one series that count on, in the order of the post."""
    runs: list[list[Line]] = []
    latest: dict[str, list[Line]] = {}
    for line in lines:
        run = latest.get(line.mark.series)
        if run is not None and line.mark.count == run[-1].mark.count + 1:
            run.append(line)
        elif line.mark.count == 1:
            latest[line.mark.series] = [line]
            runs.append(latest[line.mark.series])
    return runs


def _confidence(run: list[Line], draft: Draft) -> float:
    """How surely the run is titles; 0 if one of its lines cannot be one."""
    read = [line.reading for line in run if line.reading is not None]
    if len(run) < LEAST or len(read) < len(run):
        return 0.0
    places = [line.place for line in run]
    if min(places[:-1]) < 0.5 or sum(_touch(*pair) for pair in pairwise(run)) * 4 > len(run):
        return 0.0
    value = 0.9 * min(1.0, sum(places[:-1]) / len(places[:-1]) + 0.05)
    if sum(reading.question for reading in read) * 2 >= len(run):
        value -= 0.3
    value -= 0.5 * sum(line.over_code and not line.mark.chapter for line in run) / len(run)
    return round(max(value, 0.0), 2)


def _touch(line: Line, below: Line) -> bool:
    """Whether nothing stands between two lines: they are a list then."""
    if line.index == below.index:
        return line.number + 1 == below.number
    return line.index + 1 == below.index and not below.above and line.alone
