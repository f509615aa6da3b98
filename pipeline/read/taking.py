"""Taking: fields are read from the front matter one by one, and what is left is ``extra``.

A key that was read whole is used up. One that said more than the record holds, or could not be
read, stays in ``extra``: under its own name, or, since ``front_matter`` writes the canonical
names itself, as ``NAME_given``. So nothing is lost, and a second reading finds the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipeline.config import Settings
from pipeline.model import Diagnostic, Picture, Source
from pipeline.read.keys import CANONICAL, candidates, folded, key_index
from pipeline.read.marks import plain
from pipeline.read.readers import READERS, UNREAD
from pipeline.read.values import as_text


class Taking:
    """One mapping of keys, what was taken from it, and what was noticed."""

    def __init__(self, front: Mapping[str, Any], settings: Settings, source: Source | None) -> None:
        self.front, self.settings, self.source = front, settings, source
        self.index = key_index(front)
        self.used: set[str] = set()
        self.kept: set[str] = set()
        self.found: list[Diagnostic] = []
        self.fields = {field: self._take(field) for field in READERS}

    def extra(self) -> dict[str, Any]:
        """The keys that are not used up, in their order; canonical names as ``NAME_given``."""
        rest: dict[str, Any] = {}
        for key, value in self.front.items():
            if key in self.used and key not in self.kept:
                continue
            if key not in CANONICAL:
                rest[key] = value
            elif value is not None and value != "":
                rest.setdefault(f"{key}_given", value)
        return rest

    def line(self, key: str) -> int | None:
        """The line of the file on which a top-level key stands."""
        return line_of(self.source, key) if self.source else None

    def _take(self, field: str) -> Any:
        """The first value that the field's keys give, or None."""
        unread: list[str] = []
        for name, key, value in candidates(field, self.front, self.index):
            if value is None or value == "":
                self.used.add(key)
                continue
            result, whole = READERS[field](value, name, self.settings)
            (self.used if whole else self.kept).add(key)
            if result is not None and result != ():
                return self._with_alt(result, key) if field == "image" else result
            if key and not whole:
                unread.append(key)
        if unread and field in UNREAD:
            self._complain(field, unread[0])
        return None

    def _with_alt(self, image: Picture, key: str) -> Picture:
        """The picture with the alt of a key beside it (Quarto's ``image-alt``)."""
        for own in () if image.alt or not key else self.index.get(folded(key) + "alt", ()):
            if alt := plain(as_text(self.front[own]) or ""):
                self.used.add(own)
                return Picture(image.path, alt)
        return image

    def _complain(self, field: str, key: str) -> None:
        message, hint = UNREAD[field]
        value = " ".join(str(self.front[key]).split())
        shown = value if len(value) < 60 else value[:57] + "…"
        path = self.source.path if self.source else None
        self.found.append(
            Diagnostic("R022", "warning", f"{key}: {message}: {shown}", path, self.line(key), hint)
        )


def line_of(source: Source, key: str) -> int | None:
    """The line of the file on which a top-level key of the front matter stands."""
    found = re.search(
        rf"""^[ \t{{,]*["']?{re.escape(key)}["']?[ \t]*[:=]""", source.front_text, re.MULTILINE
    )
    if not found:
        return None
    return source.front_line + source.front_text.count("\n", 0, found.start())
