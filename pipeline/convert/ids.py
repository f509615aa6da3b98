"""Readable, unique ids: ``Künye ve çıktı`` becomes ``künye-ve-çıktı``."""

from __future__ import annotations

import re
import unicodedata

_TAKEN = ("notes",)  # the section of notes; the editions' own ids begin with "g-"
_SEPARATORS = re.compile(r"[\s\-‐-―/.]+")


def lower(text: str, language: str) -> str:
    """Lower case as the language has it: Turkish ``I`` is ``ı``; ``İ`` is ``i`` everywhere."""
    if language.partition("-")[0] in ("tr", "az"):
        text = text.replace("I", "ı")
    return text.replace("İ", "i").lower()


def slugify(text: str, language: str = "en") -> str:
    """Letters, digits and marks of any script, in lower case (NFC), joined by hyphens."""
    text = lower(unicodedata.normalize("NFC", text), language)
    words = _SEPARATORS.sub("-", text.strip())
    kept = "".join(c for c in words if c in "-_" or unicodedata.category(c)[0] in "LNM")
    return re.sub("-{2,}", "-", kept).strip("-_")[:80].strip("-_")


class Ids:
    """The ids of one document, given out once each; order of asking decides who gets the number."""

    def __init__(self) -> None:
        self._used = set(_TAKEN)

    def take(self, wish: str) -> str:
        """``wish``, or ``wish-2``, ``wish-3`` … if it is taken."""
        wish = wish or "section"
        given, count = wish, 1
        while given in self._used:
            count += 1
            given = f"{wish}-{count}"
        self._used.add(given)
        return given
