"""A title that has become a plain paragraph.

What it does: makes a heading of a short line alone between blank lines that governs what follows.

Why: exporters drop the heading's tag and leave its text. In a post that bears the marks of an
export such a line is a title nineteen times in twenty; in other posts it mostly is not, so there
three parallel ones are asked for, and no heading of the author's; or an item of a list further up
that says the same, for it announced the line. Never: run-in labels, commands,
captions, sentences, lines over nothing, runs of short lines (a list that lost its marks).

Example: ``Definition and Scope`` over a paragraph becomes ``### Definition and Scope``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model import Repair
from pipeline.normalize.announced import announcements, is_announced
from pipeline.normalize.context import empties, governs, is_caption, is_code, is_machinery
from pipeline.normalize.emphasis import read_emphasis
from pipeline.normalize.levels import plain_level
from pipeline.normalize.plain_families import families
from pipeline.normalize.text import folded, words
from pipeline.normalize.titles import Reading, heading, read_title

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft
    from pipeline.normalize.tree import Block, Tree

CODE = "N204"
PARAGRAPH = 20
"""Words of a paragraph that is no caption or note."""
ANNOUNCED = 0.9
"""What a line is worth that an item of a list announced further up."""
FAMILY = 0.86
"""What one of a family of lines is worth."""
SENTENCE = 8
"""Words of a paragraph that is no verse."""
LAYER = 5
SIGNED = 0.75
"""What one line with a comma is worth where no other title was lost: it may be who wrote the post,
with what he does."""
BRIEF = 4
"""Words of a line that is no sentence without its full stop."""
PARALLEL = 3
"""So many lines of one form make a pattern where nothing else tells of an export."""

_SPEECH = re.compile(r"[^:]{1,40}: ?[\"“„«].*[\"”“»]$")
"""Who speaks, and what."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may be a title: its block, the one below it, its reading, how well form and
    place speak for it. ``caption``: it may be about the picture above it, or take the text from
    the heading above it."""

    block: Block
    following: Block
    reading: Reading
    weight: float
    caption: bool

    @property
    def over_code(self) -> bool:
        """Whether it stands over code."""
        return is_code(self.following)

    @property
    def over_prose(self) -> bool:
        """Whether it stands over a paragraph that is no note."""
        return self.following.kind == "paragraph" and self._words >= PARAGRAPH

    @property
    def over_verse(self) -> bool:
        """Whether it stands over a line about as short as itself, or an answer."""
        picture = self.following.text.startswith("![")
        return self.following.kind == "paragraph" and not picture and self._words < SENTENCE

    @property
    def over_list(self) -> bool:
        """Whether it stands right above a list, with no blank line between."""
        touches = self.following.first == self.block.last + 1
        return touches and self.following.kind in ("bullets", "steps")

    @property
    def _words(self) -> int:
        return words(self.following.text)


def find(draft: Draft) -> Iterator[Repair]:
    """A repair for each candidate, whatever its confidence."""
    candidates = _candidates(draft)
    trust = max(draft.evidence.trust, _native_weight(candidates, draft))
    if len(candidates) == 1 and "," in candidates[0].reading.text and _nothing_else(draft):
        trust = min(trust, SIGNED)
    stacked = _stacked(candidates, draft.tree)
    announced = announcements(draft.tree) if candidates else {}
    top = _top(draft, candidates[0]) if candidates else draft.top
    family = families(candidates)
    if len(family) <= len(draft.authored):  # who writes so many titles would have written these
        family = frozenset()
    for candidate in candidates:
        named = candidate.over_prose and is_announced(announced, candidate.block)
        weight = candidate.weight * max(trust, ANNOUNCED if named else 0.0)
        confidence = round(max(weight, FAMILY if candidate.block.first in family else 0.0), 2)
        line = draft.tree.line(candidate.block.first)
        reading = candidate.reading
        level = plain_level(draft.tree, candidate.block.first, reading.text, top)
        level += candidate.block.first in stacked
        yield Repair(
            CODE, confidence, candidate.block.first, candidate.block.first, (line,),
            (heading(level, "", reading.text),),
            f"a short line over what it governs; {draft.evidence.told()}",
        )  # fmt: skip


def _top(draft: Draft, first: Candidate) -> int:
    """The level of plain titles, the first of which is ``first``: in a post that is no export and
    has no H2, that of the author's own highest below it, if these all stand above."""
    authored = draft.authored
    if draft.evidence.exported or not authored or authored[-1].first > first.block.first:
        return draft.top
    return max(draft.top, min(draft.ranks - {1}, default=2))


def _nothing_else(draft: Draft) -> bool:
    """Whether no other title was lost: none was found before, and no run of numbers is left."""
    made = len(draft.tree.headings) - len(draft.authored)
    runs = (b.kind == "steps" and len(b.children) == 1 for b in draft.tree.blocks)
    return made <= 0 and not any(runs)


def _candidates(draft: Draft) -> tuple[Candidate, ...]:
    found: list[Candidate] = []
    run = 0
    asked = _asked(draft)
    for index, block in enumerate(draft.tree.blocks):
        candidate = _candidate(draft, index, block, asked=asked)
        run = run + 1 if candidate else 0
        if candidate is None:
            continue
        if run >= PARALLEL:
            found = found[: -run + 1] if run == PARALLEL else found
            continue
        found.append(candidate)
    return tuple(found)


def _asked(draft: Draft) -> bool:
    """Whether the post, an export, has several questions that stand as titles do."""
    lines = (b.text for b in draft.tree.blocks if b.kind == "paragraph" and b.one_line)
    readings = (read_title(line) for line in lines if line.endswith("?"))
    return draft.evidence.certain and sum(r is not None for r in readings) >= PARALLEL


def _candidate(draft: Draft, index: int, block: Block, *, asked: bool) -> Candidate | None:
    tree, level = draft.tree, draft.top
    if block.kind != "paragraph" or not block.one_line:
        return None
    line = tree.line(block.first)
    if line.startswith(("**", "__", "*", "_", "#")) or is_machinery(line):
        return None
    if (line.startswith("<") and read_emphasis(line)) or _SPEECH.match(line):
        return None
    reading = read_title(line)
    if reading is None or reading.bold or reading.number:
        return None
    byline = not draft.evidence.exported and _as_byline(tree, index, line)
    place = 0.0 if byline else governs(tree, index + 1, level)
    if not place:
        return None
    following = tree.blocks[index + 1]
    if is_code(following) and reading.words <= 2:
        place -= 0.2
    caption = is_caption(tree, index) or empties(tree, index, level)
    if caption:
        place -= 0.3
    small = draft.evidence.certain and (draft.small or (asked and reading.question))
    return Candidate(block, following, reading, place * reading.written(small=small), caption)


def _as_byline(tree: Tree, index: int, line: str) -> bool:
    """Whether the line says who spoke or when: with a comma, right below a title."""
    if "," not in line or index == 0:
        return False
    above = tree.blocks[index - 1]
    return above.kind == "heading" or (above.one_line and bool(read_emphasis(above.text)))


def _brief(candidate: Candidate) -> bool:
    return candidate.reading.words <= BRIEF and ":" not in candidate.reading.text


def _stacked(candidates: tuple[Candidate, ...], tree: Tree) -> frozenset[int]:
    """The lines of candidates that stand right under another one: they are a rank below it."""
    place = {block.first: index for index, block in enumerate(tree.blocks)}
    indexes = {place[c.block.first] for c in candidates}
    return frozenset(c.block.first for c in candidates if place[c.block.first] - 1 in indexes)


def _native_weight(candidates: tuple[Candidate, ...], draft: Draft) -> float:
    """What a candidate is worth in a post without marks of an export."""
    strong = [c for c in candidates if c.weight >= 0.9 and not c.over_code]
    distinct = {folded(c.reading.text) for c in strong}
    if draft.evidence.folder == "exported" and len(distinct) * 4 >= len(candidates) * 3:
        return (0.0, 0.0, 0.88)[len(distinct)] if len(distinct) < PARALLEL else 0.93
    if len(distinct) == len(candidates) == 2 and not draft.ranks and all(map(_brief, strong)):
        return 0.86
    if len(distinct) < PARALLEL or len(distinct) < len(candidates) * 0.75:
        return 0.0
    if not draft.ranks:
        return 0.86
    # The author's headings all of one rank, and a whole layer below them in plain lines over
    # prose: what an export that keeps H2 and drops the rest leaves behind.
    flat = len(draft.ranks) == 1
    layered = len(distinct) >= LAYER and all(c.over_prose for c in strong)
    return 0.83 if flat and layered and len(strong) == len(candidates) else 0.6
