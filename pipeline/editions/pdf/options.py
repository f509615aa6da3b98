"""Command-line options and the beginnings of paths do not break after their own signs.

``--force-yes`` at a line's end would break after ``--`` or ``--force-``, and then reads as
something else; a lone ``/`` at a line's end is no better. A word joiner (U+2060) after the sign
keeps what is short enough together. No line may begin with ``/`` by Unicode's rules (UAX 14,
LB13), so a zero width space (U+200B) lets it. Neither has a glyph: the file's text is as written.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

OPTION = re.compile(r"(?<!\S)(?:-{1,2}\w[\w=.-]{0,30}|[.~]?/[\w.-]{1,20})")
"""A word that begins with one or two hyphens; the first part of a path."""
SIGNS = re.compile(r"(?<=[-/])(?=\S)")
JOINER = "\u2060"
OPENING = "\u200b"

WHOLE = frozenset(("pre", "style", "math", "svg", "head"))
"""Elements whose text is left alone: code blocks are turned elsewhere."""


def hold_together(element: ET.Element) -> None:
    """Put word joiners into the options under ``element``."""
    for child in element:
        if child.tag not in WHOLE:
            hold_together(child)
        if child.tail:
            child.tail = joined(child.tail)
    if element.text:
        element.text = joined(element.text)


def joined(text: str) -> str:
    """The text with its options and first path parts held together."""
    if "-" not in text and "/" not in text:
        return text
    return OPTION.sub(_held, text)


def _held(match: re.Match[str]) -> str:
    word = SIGNS.sub(JOINER, match.group())
    return OPENING + word if word.startswith("/") else word
