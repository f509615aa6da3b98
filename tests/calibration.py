"""What confidence is worth: repairs of labelled posts, judged, in three bands.

A repair that makes a title, or proposes one, is right if a lost title stands on its line and says
the same; one on a line of which the labels are unsure is not judged. A repair of an ordered list is
right if the labelled steps next to it print with their numbers; where there is none it is not
judged.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import sqrt
from statistics import fmean

from pipeline.model import Repair
from tests.gold import Labelled, key, numbers

TITLES = frozenset({"N202", "N203", "N204", "N205", "N207", "N208", "N209"})
STEPS = frozenset({"N401", "N402"})
BANDS = ((0.95, 1.01), (0.8, 0.95), (0.0, 0.8))
"""Confidence from, and below: next to certain, made, proposed."""
LEAST = 50
"""A band of fewer repairs is named, not judged."""
MOST_ERROR = 0.05
_Z = 1.96


@dataclass(frozen=True)
class Judged:
    """A repair with the verdict on it."""

    code: str
    confidence: float
    right: bool
    made: bool


def judged(one: Labelled) -> Iterator[Judged]:
    """The repairs of a post that its labels can judge."""
    post, gold = one.post, one.gold
    lost = {h["line"]: h for h in gold["outline"] if h["kind"] == "lost"}
    unsure = {h["line"] for h in gold["unsure"]}
    printed = numbers(post)
    steps = {step["line"]: printed.get(step["line"]) == step["number"] for step in gold["steps"]}
    order = sorted(steps)
    for made, repairs in ((True, post.repairs), (False, post.proposed)):
        for repair in dict.fromkeys(repairs):
            title = _title(repair)
            if title and repair.first_line not in unsure:
                want = lost.get(repair.first_line)
                right = want is not None and key(want["text"]) == key(title)
                yield Judged(repair.code, repair.confidence, right, made)
            elif made and repair.code in STEPS and order:
                near = [steps[line] for line in _near(repair, order)]
                yield Judged(repair.code, repair.confidence, all(near), made)


def _title(repair: Repair) -> str:
    """The title that the repair makes, if its rule is one that finds lost titles."""
    if repair.code not in TITLES:
        return ""
    return next((line.lstrip("# ") for line in repair.after if line.startswith("#")), "")


def _near(repair: Repair, steps: list[int]) -> list[int]:
    """The labelled steps in the repair, the last one before it and the first one after it."""
    first, last = bisect_left(steps, repair.first_line), bisect_left(steps, repair.last_line + 1)
    return steps[max(0, first - 1) : last + 1]


def wilson(right: int, count: int) -> tuple[float, float]:
    """The interval that holds the true share with 95 %, after Wilson (1927)."""
    if not count:
        return 0.0, 1.0
    share, spread = right / count, _Z * _Z / count
    centre = (share + spread / 2) / (1 + spread)
    half = _Z * sqrt(share * (1 - share) / count + spread / (4 * count)) / (1 + spread)
    return max(0.0, centre - half), min(1.0, centre + half)


def expected_error(repairs: Iterable[Judged]) -> float:
    """The expected calibration error: over the bands, how far the mean confidence is from the share
    that was right, weighed by their size."""
    found = list(repairs)
    error = sum(
        len(band) * abs(fmean(r.confidence for r in band) - fmean(r.right for r in band))
        for band in _banded(found) if band
    )  # fmt: skip
    return error / len(found) if found else 0.0


def lines(repairs: Iterable[Judged]) -> Iterator[str]:
    """The table of the bands, a line each, and the error over all of them."""
    found = [r for r in repairs if r.code in TITLES]
    for (low, high), band in zip(BANDS, _banded(found), strict=True):
        name = f"from {low:.2f}" if high > 1 else f"{low:.2f} to {high:.2f}" if low else "proposed"
        right = sum(r.right for r in band)
        if not band:
            yield f"  {name:14} none"
            continue
        least, most = wilson(right, len(band))
        few = "" if len(band) >= LEAST else f"  (under {LEAST}: not judged)"
        mean = fmean(r.confidence for r in band)
        yield (
            f"  {name:14} {right:4} of {len(band):4} right: {right / len(band):.3f} "
            f"[{least:.3f}, {most:.3f}], mean confidence {mean:.3f}{few}"
        )
    yield f"  expected calibration error {expected_error(found):.3f} over {len(found)} repairs"
    for code in sorted({r.code for r in repairs} - TITLES):
        others = [r for r in repairs if r.code == code]
        yield f"  {code} (step numbers) {sum(r.right for r in others)} of {len(others)} right"


def _banded(repairs: list[Judged]) -> list[list[Judged]]:
    return [[r for r in repairs if low <= r.confidence < high] for low, high in BANDS]
