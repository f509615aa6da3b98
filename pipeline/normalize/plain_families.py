"""Short plain lines that belong together: what one of them is, all of them are."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pipeline.normalize.text import folded, plain

if TYPE_CHECKING:
    from pipeline.normalize.plain_titles import Candidate

ALIKE = 3
"""So many lines that begin with the same words belong together."""
OVER_LISTS = 4
"""So many lines right above lists do."""
_WORDS = 2
"""Words at the beginning that are compared."""
_BRIEF = 5
"""Words of a line that is a label and no sentence without its full stop."""
_FORM = 0.64


def families(candidates: tuple[Candidate, ...]) -> frozenset[int]:
    """The lines of candidates that are one of a family: they begin with the same words, or stand
    right above lists with no blank line between. Where questions begin alike and others do not,
    somebody asks them of somebody."""
    groups: dict[tuple[str, ...], list[Candidate]] = defaultdict(list)
    over_lists = []
    for candidate in candidates:
        words = plain(candidate.reading.text).split()
        if candidate.caption or candidate.over_verse:
            continue
        if not candidate.over_code and len(words) > _WORDS:
            end = "?" if candidate.reading.question else ""
            groups[(*map(folded, words[:_WORDS]), end)].append(candidate)
        if candidate.over_list and len(words) <= _BRIEF and candidate.weight >= _FORM:
            over_lists.append(candidate)
    asked = sum(candidate.reading.question for candidate in candidates)
    found = [
        group
        for group in groups.values()
        if _distinct(group) >= ALIKE
        and not (group[0].reading.question and len(group) * 4 < asked * 3)
    ]
    if _distinct(over_lists) >= OVER_LISTS:
        found.append(over_lists)
    return frozenset(c.block.first for group in found for c in group)


def _distinct(group: list[Candidate]) -> int:
    """How many lines there are, if none comes again."""
    texts = {folded(c.reading.text) for c in group}
    return len(texts) if len(texts) == len(group) else 0
