"""What an edition says, compared with the record place by place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.audit.places import KINDS, Kind, Place, Record, apart
from pipeline.audit.said import Said, Texts, flat

DAY = 10
"""The length of ``2024-10-04``: what is no longer than that is a day without a time."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A place that says something else than the record: the field, the place, both values."""

    field: str
    place: str
    said: Texts
    expected: Texts

    @property
    def message(self) -> str:
        """In words, for an editor."""
        return f"{self.place} says {_shown(self.said)}, the record {_shown(self.expected)}"


def disagreements(extension: str, data: bytes, record: Record) -> tuple[Disagreement, ...]:
    """Every place of a file that disagrees with the record of its post.

    ``extension`` is ``html``, ``epub`` or ``pdf``. Raises ``ValueError`` for a file that is not
    of that kind.
    """
    kind = KINDS[extension]
    return tuple(compare(kind, kind.read(data), record))


def compare(kind: Kind, said: Said, record: Record) -> Iterator[Disagreement]:
    """The same of a file that was read."""
    for place in kind.places:
        found = apart(place.name, said.places.get(place.name, ()))
        expected = tuple(flat(text) for text in place.expected(record))
        if not expected and place.field == "modified" and place.name == "dcterms:modified":
            continue  # the standard wants a moment; a post without any date does not know it
        if not _agree(place, found, expected):
            yield Disagreement(place.field, place.name, found, expected)
    if kind.vocabulary is not None:
        yield from _accessibility(kind.vocabulary, said)


def _accessibility(vocabulary: str, said: Said) -> Iterator[Disagreement]:
    """What is said of the text's accessibility against what the text holds."""
    for term, expected in said.content.items():
        name = vocabulary.format(term)
        found = said.places.get(name, ())
        if sorted(found) != sorted(expected):
            yield Disagreement("accessibility", name, found, expected)


def _agree(place: Place, found: Texts, expected: Texts) -> bool:
    if place.way == "claim":
        return found in ((), expected)
    if place.way == "set":
        return sorted(set(found)) == sorted(set(expected))
    if place.way == "moment":
        pairs = zip(found, expected, strict=False)
        return len(found) == len(expected) and all(same_moment(*pair) for pair in pairs)
    return found == expected


def same_moment(one: str, other: str) -> bool:
    """The same instant, or the same day where one of them is no more than a day."""
    try:
        if len(one) == DAY or len(other) == DAY:
            return dt.date.fromisoformat(one[:DAY]) == dt.date.fromisoformat(other[:DAY])
        return dt.datetime.fromisoformat(one) == dt.datetime.fromisoformat(other)
    except ValueError:
        return False


def _shown(values: Texts) -> str:
    if not values:
        return "nothing"
    text = ", ".join(repr(value) for value in values)
    return text if len(text) <= 160 else text[:159] + "…"
