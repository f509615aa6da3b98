"""Which lines of the source the lines of a repair come from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.normalize.text import folded

if TYPE_CHECKING:
    from pipeline.model import Repair

_TAG = re.compile(r"<[^<>]*>")
_AHEAD = 24
"""So many lines are looked through for the one that says the same."""


def origins_after(repair: Repair, origins: tuple[int, ...]) -> tuple[int, ...]:
    """The source line of each line put in place, never falling.

    One line put in more than one: all come from it. Lines in the place of as many: one from one.
    Else each comes from the line that says what it says, and a blank line from that of the line
    below it, for what is put in comes before (a blank line above a title).
    """
    if len(origins) == 1:
        return origins * len(repair.after)
    if len(origins) == len(repair.after):
        return origins
    found = _aligned(repair)
    following = len(origins) - 1
    for index in range(len(found) - 1, -1, -1):
        place = found[index]
        following = following if place is None else place
        found[index] = following
    return tuple(origins[place] for place in found if place is not None)


def _aligned(repair: Repair) -> list[int | None]:
    """For each line put in place the index of the line that says the same, from the one of the
    line before on."""
    texts = [_said(line) for line in repair.before]
    at = 0
    found: list[int | None] = []
    for line in repair.after:
        said = _said(line)
        near = range(at, min(at + _AHEAD, len(texts))) if said else ()
        place = next((i for i in near if texts[i] and _same(texts[i], said)), None)
        at = at if place is None else place
        found.append(place)
    return found


def _same(before: str, after: str) -> bool:
    return before in after or after in before


def _said(line: str) -> str:
    return folded(_TAG.sub("", line))
