"""A run of one-item ordered lists that are titles.

What it does: makes a heading of each item, its number kept in the text, when the run as a whole
reads as titles.

Why: a numbered title without its heading mark is an ordered list of one item to Markdown. Genuine
steps look much the same once code has split their list, so nothing is decided for one item: steps
end in a colon or a full stop, stand over code, say a sentence; titles are short, written with
capitals or bold, and govern paragraphs. A run that does not clearly read as titles stays a list,
each step with the number that its source gives it.

Example: ``1. Preventing Conflicts``, a paragraph, ``2. Building Trust``, a paragraph become
``### 1. Preventing Conflicts`` and ``### 2. Building Trust``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.model import Repair
from pipeline.normalize.context import governs, is_code
from pipeline.normalize.levels import enclosing_level
from pipeline.normalize.text import split_number, words
from pipeline.normalize.titles import Reading, heading, read_title

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft
    from pipeline.normalize.tree import Block, Tree

CODE = "N203"
PARAGRAPH = 12
"""Words of a paragraph that is more than the sentence under a step."""
ENOUGH = 0.75
ASKED = 3
"""So many bold questions are questions and answers, whatever the answers are made of."""
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Member:
    """A one-item list at top block ``index``; ``reading`` is None if it cannot be a title."""

    index: int
    number: int
    block: Block
    reading: Reading | None


def find(draft: Draft) -> Iterator[Repair]:
    """The repairs of each run, all of them with the run's confidence."""
    runs = _runs(draft.tree)
    unnumbered = _unnumbered(draft)
    first_runs = sum(run[0].number == 1 for run in runs)
    for run in runs:
        confidence = _confidence(run, draft)
        if not confidence:
            continue
        level = _level(run, draft, unnumbered, first_runs)
        for member in run:
            if member.reading is None:
                continue
            line = draft.tree.line(member.block.first)
            number = split_number(line.strip())[0]
            inner = member.reading.number
            text = member.reading.text if not inner else f"{inner} {member.reading.text}"
            yield Repair(
                CODE, confidence, member.block.first, member.block.first, (line,),
                (heading(level, number, text),),
                f"one of {len(run)} lists of one item; {draft.evidence.told()}",
            )  # fmt: skip


def _runs(tree: Tree) -> tuple[tuple[Member, ...], ...]:
    """One-item lists whose numbers count on, in the order of the post; a heading of the author's
    does not break a run that goes on counting."""
    runs: list[list[Member]] = []
    for index, block in enumerate(tree.blocks):
        if block.kind != "steps" or len(block.children) != 1:
            continue
        item = block.children[0]
        member = Member(index, item.number or 0, block, _reading(tree, item))
        if runs and member.number == runs[-1][-1].number + 1:
            runs[-1].append(member)
        else:
            runs.append([member])
    return tuple(tuple(run) for run in runs)


def _reading(tree: Tree, item: Block) -> Reading | None:
    if len(item.children) != 1 or item.children[0].kind != "paragraph" or not item.one_line:
        return None
    return read_title(split_number(tree.line(item.first).strip())[1])


def _confidence(run: tuple[Member, ...], draft: Draft) -> float:
    """How surely the run is titles; 0 if any member cannot be one."""
    readings = [m.reading for m in run]
    if any(r is None for r in readings):
        return 0.0
    read = [r for r in readings if r is not None]
    value = max(draft.evidence.trust, 0.9)
    form = sum(1.0 if r.bold else r.form for r in read) / len(run)
    place = [governs(draft.tree, m.index + 1, draft.top) for m in run]
    value *= form
    if min(place) == 0.0 and place.index(0.0) < len(run) - 1:
        return 0.0
    asked = len(run) >= ASKED and all(r.bold and r.question for r in read)
    if not draft.evidence.exported and not asked and _over_prose(draft.tree, run) < ENOUGH:
        value -= 0.3
    if not draft.evidence.exported and not asked and 2 * sum(r.question for r in read) >= len(run):
        value -= 0.2  # an interview numbers its questions too
    if not draft.evidence.certain and _answers(draft.tree, run):
        value -= 0.3
    code = sum(_over_code(draft.tree, m.index) for m in run) / len(run)
    value -= 0.5 * code
    if len(run) == 1:
        value -= 0.3
    if run[0].number > 1:
        value -= 0.05
    return round(max(value, 0.05), 2)


def _over_prose(tree: Tree, run: tuple[Member, ...]) -> float:
    """The share of the run over a paragraph that tells something and does not lead in to more,
    as the one line under a step does."""
    after = [tree.blocks[m.index + 1] for m in run if m.index + 1 < len(tree.blocks)]
    prose = [
        block.kind == "paragraph"
        and words(block.text) >= PARAGRAPH
        and not block.text.rstrip().endswith(":")
        for block in after
    ]
    return sum(prose) / len(run)


def _answers(tree: Tree, run: tuple[Member, ...]) -> bool:
    """Whether a sentence that ends in a colon leads in to the run, and each line has a paragraph
    of its own and no more, none being bold: a list whose items were written apart."""
    index = run[0].index
    bold = any(m.reading is not None and m.reading.bold for m in run)
    if index == 0 or bold or not tree.blocks[index - 1].text.rstrip().endswith(":"):
        return False
    return all(
        after.index - before.index == 2 and tree.blocks[before.index + 1].kind == "paragraph"
        for before, after in pairwise(run)
    )


def _over_code(tree: Tree, index: int) -> bool:
    following = tree.blocks[index + 1 : index + 2]
    return bool(following) and is_code(following[0])


def _level(run: tuple[Member, ...], draft: Draft, unnumbered: list[int], first_runs: int) -> int:
    """Numbered titles stand one below unnumbered ones, unless the run is the post's backbone.

    ``unnumbered`` are the lines of the headings that have no number, ``first_runs`` the number
    of runs that begin at 1.
    """
    first, last = run[0].block.first, run[-1].block.first
    if draft.top == 3:
        around = enclosing_level(draft.authored, first, last)
        return around + 1 if draft.top <= around < _DEEPEST else draft.top
    before = bisect_left(unnumbered, first)
    after = len(unnumbered) - bisect_right(unnumbered, last)
    within = len(unnumbered) - before - after
    if within or (before and after > 1) or before > 3:
        return draft.top + 1
    others = first_runs - (run[0].number == 1)
    return draft.top + 1 if before and others else draft.top


def _unnumbered(draft: Draft) -> list[int]:
    return [
        b.first for b in draft.tree.headings if b.level == draft.top and not split_number(b.text)[0]
    ]
