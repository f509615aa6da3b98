"""Places in a body: an element by its number in document order, and how much of its own text
stands before. All editions parse the same body, so a place of one is a place of the others."""

from __future__ import annotations

from typing import Any

STEERING = str.maketrans("", "", "\u00ad\u200b\u2060")
"""Soft hyphens, zero width spaces and word joiners: in the text of one edition, not of another."""


def own_text(element: Any) -> str:
    """The text that stands in the element itself, not in those inside it, without white space.

    Takes an element of lxml or of the standard library.
    """
    return counted("".join((element.text or "", *((child.tail or "") for child in element))))


def counted(text: str) -> str:
    """The characters that count for a place."""
    return "".join(text.translate(STEERING).split())
