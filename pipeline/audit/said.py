"""What an edition says: the value of every place that was found, and what its text holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Texts = tuple[str, ...]
"""What stands in a place: no text if the place is not there, several if it is repeated."""


@dataclass(frozen=True, slots=True)
class Said:
    """``places`` maps the name of a place (``og:title``, ``dc:creator``, ``Info Title``) to what
    stands there. ``content`` maps accessibility terms to what the text itself bears out."""

    places: Mapping[str, Texts]
    content: Mapping[str, Texts] = field(default_factory=dict)


def flat(text: Any) -> str:
    """Text with every run of white space as one blank."""
    return " ".join(str(text or "").split())


def texts(values: Any) -> Texts:
    """The texts of a JSON value, a list of them, or nothing."""
    if values is None or values == "":
        return ()
    if isinstance(values, list | tuple):
        return tuple(flat(value) for value in values if value not in (None, ""))
    return (flat(values),)


def collected(pairs: Iterable[tuple[str, Any]]) -> dict[str, Texts]:
    """Pairs of name and text, put together by name in their order."""
    found: dict[str, Texts] = {}
    for name, text in pairs:
        found[name] = (*found.get(name, ()), *texts(text))
    return found
