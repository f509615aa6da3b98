"""A repair as the proof shows it: what, how sure, why, and what to paste to have it otherwise."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.config import Config
from pipeline.decisions import NAME, Verdict, fingerprint, of_words
from pipeline.model import Manuscript, Repair
from pipeline.normalize import post_name, telling
from pipeline.normalize.judging import Judge
from pipeline.proof import said
from pipeline.proof.lines import Line, compared, escaped, tidy, whole
from pipeline.proof.rows import Pair

_ACCEPT: tuple[Verdict, str] = ("accept", said.SAID["accept"])
_REFUSE: tuple[Verdict, str] = ("refuse", said.SAID["refuse"])
_SILENCE: tuple[Verdict, str] = ("refuse", said.SAID["silence"])


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to decide: its label, and the lines for ``galley.repairs.toml``."""

    label: str
    lines: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One repair on the page. ``number`` counts from 1 in the order of the page. A made repair that
    needs no second look (blanks, a repeated title) is ``small``, and a mere ``tag`` on its line if
    it is about blank lines and one before it has the same name: what is decided of that one holds
    for it too. ``place`` counts those that are not small, ``previous`` and ``next`` are the numbers
    of the nearest of them. ``lines`` are its own lines
    before and after, where the page does not show just these; ``note`` says what was decided."""

    number: int
    state: telling.State
    code: str
    rule: str
    confidence: float
    reason: str
    first: int
    last: int
    name: str
    small: bool
    tag: bool
    place: int | None
    previous: int | None
    next: int | None
    lines: tuple[tuple[Line | None, Line | None], ...]
    choices: tuple[Choice, ...]
    note: str

    @property
    def band(self) -> str:
        """The confidence in words."""
        return next(words for least, words in said.BANDS if self.confidence >= least)


def marks(manuscript: Manuscript, config: Config, found: tuple[Pair, ...]) -> tuple[Mark, ...]:
    """All repairs of the post in the order of its lines, whatever became of them. ``found`` are
    the pairs that the page shows."""
    judge = Judge(post_name(Path(manuscript.source.file), config), config)
    origins = [pair.origin for pair in found]
    ordered = sorted(telling.every(manuscript), key=lambda r: (r[1].first_line, r[1].last_line))
    stops = [n for n, (state, repair) in enumerate(ordered, 1) if not _small(repair, state)]
    made = []
    blanks: set[str] = set()
    for number, (state, repair) in enumerate(ordered, 1):
        mark = _mark(number, repair, state, judge, stops)
        if _blank(repair) and mark.small:
            made.append(replace(mark, tag=mark.name in blanks))
            blanks.add(mark.name)
        else:
            made.append(replace(mark, lines=_own_lines(repair, state, found, origins)))
    return tuple(made)


def _blank(repair: Repair) -> bool:
    return not any(map(str.strip, (*repair.before, *repair.after)))


def _small(repair: Repair, state: telling.State) -> bool:
    return state == "made" and telling.weight(repair, state) == "info"


def _mark(
    number: int,
    repair: Repair,
    state: telling.State,
    judge: Judge,
    stops: list[int],
) -> Mark:
    note, wanted = _decided(repair, state, judge)
    before, after = bisect_left(stops, number), bisect_right(stops, number)
    return Mark(
        number=number,
        state=state,
        code=repair.code,
        rule=telling.name(repair),
        confidence=repair.confidence,
        reason=tidy(repair.reason),
        first=repair.first_line,
        last=repair.last_line,
        name=fingerprint(repair),
        small=_small(repair, state),
        place=after if after > before else None,
        previous=stops[before - 1] if before else None,
        next=stops[after] if after < len(stops) else None,
        tag=False,
        lines=(),
        choices=tuple(Choice(label, _entry(verdict, repair, judge)) for verdict, label in wanted),
        note=note,
    )


def _decided(
    repair: Repair, state: telling.State, judge: Judge
) -> tuple[str, tuple[tuple[Verdict, str], ...]]:
    """What was decided of the repair, and the decisions that would change something."""
    decision = judge.decision(repair)
    if decision is not None and decision.what in (fingerprint(repair), of_words(repair)):
        return said.TAKE_OUT.format(name=NAME, line=decision.line), ()
    if decision is not None:
        opposite = _ACCEPT if state == "refused" else _REFUSE
        return said.BY_RULE.format(name=NAME, line=decision.line), (opposite,)
    if state == "refused" or repair.code == "N200":
        return said.KEPT if state == "refused" else said.BY_COMMENT, ()
    if state == "made":
        return "", (_REFUSE,)
    if judge.accepts(repair):
        return said.HINDERED, (_SILENCE,)
    return "", (_ACCEPT, _SILENCE)


def _entry(verdict: Verdict, repair: Repair, judge: Judge) -> str:
    """The lines to paste. A name in JSON's quotes is one in TOML's too; what a page cannot show
    is written as its number."""
    post = escaped(json.dumps(judge.name, ensure_ascii=False))
    return f'[[{verdict}]]\nrepair = "{fingerprint(repair)}"\npost = {post}\n'


def _own_lines(
    repair: Repair, state: telling.State, found: tuple[Pair, ...], origins: list[int]
) -> tuple[tuple[Line | None, Line | None], ...]:
    """The lines before and after, none if the page shows them anyway below the mark."""
    if state == "made" and _stands_so(repair, found, origins):
        return ()
    return tuple(_beside(repair.before, repair.after))


def _stands_so(repair: Repair, found: tuple[Pair, ...], origins: list[int]) -> bool:
    """Whether the page has just this change: no other repair had a hand in these lines."""
    begin = bisect_left(origins, repair.first_line)
    stretch = found[begin : bisect_right(origins, repair.last_line)]
    before = tuple(pair.old for pair in stretch if pair.old is not None)
    after = tuple(pair.new for pair in stretch if pair.new is not None)
    return before == repair.before and "\n".join(after) == "\n".join(repair.after)


def _beside(
    before: tuple[str, ...], after: tuple[str, ...]
) -> Iterator[tuple[Line | None, Line | None]]:
    """Lines before and after in pairs. What is put in stands above, as in the repairs
    themselves: a blank line over a title."""
    surplus = len(after) - len(before)
    yield from ((None, whole(line)) for line in after[: max(0, surplus)])
    yield from ((whole(line), None) for line in before[: max(0, -surplus)])
    left, right = before[max(0, -surplus) :], after[max(0, surplus) :]
    yield from (compared(old, new) for old, new in zip(left, right, strict=True))
