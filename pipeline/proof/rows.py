"""The lines of the file beside those of the repaired post, and what is the same folded away.

Paired by where each line came from (``Manuscript.lines``), not by comparing whole texts, so the
time is linear in the length of the post.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pipeline.model import Manuscript
from pipeline.proof.lines import Line, compared, plain, whole

CONTEXT = 2
"""So many unchanged lines are shown around what is changed or spoken of."""
LEAST = 4
"""Fewer unchanged lines than these are not worth a fold."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A line before and after; either side may be missing, and a line that was split has the new
    ones on one side, with line feeds between them. ``origin`` is the file's line that it
    is, or came from."""

    origin: int
    old: str | None
    new: str | None

    @property
    def number(self) -> int | None:
        """The number of the file's line; None for one that the file does not have."""
        return None if self.old is None else self.origin

    @property
    def same(self) -> bool:
        """Whether the line is unchanged."""
        return self.old == self.new


@dataclass(frozen=True, slots=True)
class Row:
    """A pair in pieces. ``gone``: it stands for so many blank lines, one after the other, that
    the repaired post does not have."""

    number: int | None
    old: Line | None
    new: Line | None
    same: bool
    gone: int = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows that belong together, from the file's line ``first`` to ``last``; ``folded``: they are
    the same on both sides but for blank lines that are gone, and need not be seen."""

    rows: tuple[Row, ...]
    first: int
    last: int
    folded: bool

    @property
    def gone(self) -> int:
        """How many blank lines are gone."""
        return sum(row.gone for row in self.rows)


def pairs(manuscript: Manuscript) -> tuple[Pair, ...]:
    """Every line of the body before and after, in order."""
    source = manuscript.source
    made: dict[int, list[str]] = defaultdict(list)
    for origin, line in zip(manuscript.lines, _lines(manuscript.body), strict=True):
        made[origin].append(line)
    found: list[Pair] = []
    for number, old in enumerate(_lines(source.body), source.body_line):
        found += _of_line(number, old, made.get(number, []))
    return tuple(found)


def _lines(body: str) -> list[str]:
    return body.removesuffix("\n").split("\n") if body else []


def _of_line(number: int, old: str, new: list[str]) -> Iterator[Pair]:
    """The line beside the one of its followers that is most like it, the others by themselves;
    beside all of them if there are words in several: then nothing but a line end differs."""
    if not new:
        yield Pair(number, old, None)
        return
    if old not in new and sum(map(bool, map(str.strip, new))) > 1:
        yield Pair(number, old, "\n".join(new))
        return
    twin = new.index(old) if old in new else max(range(len(new)), key=lambda n: len(new[n]))
    for place, line in enumerate(new):
        yield Pair(number, old if place == twin else None, line)


def parts(
    found: tuple[Pair, ...], spoken_of: Iterable[int], tagged: Iterable[int]
) -> Iterator[Stretch]:
    """The pairs in order, in stretches that are shown and stretches that are folded away. Shown
    are changes, the lines ``spoken_of``, and their neighbours; a stretch begins anew at each of
    ``spoken_of``, for a remark stands before it. A row begins anew at each of ``tagged``."""
    starts, tags = frozenset(spoken_of), frozenset(tagged)
    seen = _seen(found, starts)
    stretch: list[Pair] = []
    for index, pair in enumerate(found):
        begins = pair.origin in starts and stretch and stretch[-1].origin != pair.origin
        if begins or (stretch and seen[index] != seen[index - 1]):
            yield _stretch(stretch, tags, folded=not seen[index - 1])
            stretch = []
        stretch.append(pair)
    if stretch:
        yield _stretch(stretch, tags, folded=not seen[-1])


def _seen(found: tuple[Pair, ...], starts: frozenset[int]) -> list[bool]:
    """Which pairs are shown at once."""
    seen = [False] * len(found)
    for index, pair in enumerate(found):
        if pair.origin in starts or not (pair.same or _gone(pair)):
            low, high = max(0, index - CONTEXT), min(len(found), index + CONTEXT + 1)
            seen[low:high] = [True] * (high - low)
    begin = 0
    for index in range(len(found) + 1):
        if index == len(found) or seen[index]:
            if index - begin < LEAST:
                seen[begin:index] = [True] * (index - begin)
            begin = index + 1
    return seen


def _gone(pair: Pair) -> bool:
    """Whether the pair is a blank line that is gone."""
    return pair.new is None and not (pair.old or "").strip()


def _stretch(stretch: list[Pair], tags: frozenset[int], *, folded: bool) -> Stretch:
    rows: list[Row] = []
    for pair in stretch:
        if not _gone(pair):
            rows.append(_row(pair))
        elif rows and rows[-1].gone and pair.origin not in tags:
            rows[-1] = replace(rows[-1], gone=rows[-1].gone + 1)
        else:
            rows.append(Row(pair.number, (), None, same=False, gone=1))
    return Stretch(tuple(rows), stretch[0].origin, stretch[-1].origin, folded)


def _row(pair: Pair) -> Row:
    if pair.old is None or pair.new is None:
        old = None if pair.old is None else whole(pair.old)
        new = None if pair.new is None else whole(pair.new)
    else:
        old, new = compared(pair.old, pair.new)
    return Row(pair.number, old, new, pair.same)


def unchanged(lines: Iterable[str], first: int) -> Stretch:
    """Lines from the file's line ``first`` on that no repair looks at, folded away."""
    rows = tuple(Row(n, plain(line), plain(line), same=True) for n, line in enumerate(lines, first))
    return Stretch(rows, first, first + len(rows) - 1, folded=True)
