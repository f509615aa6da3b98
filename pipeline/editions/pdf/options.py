"""Command-line options and the like do not break after their own hyphens.

``--force-yes`` at a line's end would break after ``--`` or ``--force-``, and then reads as
something else. Such words are set in one piece, so far as they are short enough for a line.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

OPTION = re.compile(r"(?<!\S)-{1,2}\w[\w=.-]{0,30}")
"""A word that begins with one or two hyphens."""

WHOLE = frozenset(("pre", "style", "math", "svg"))
"""Elements whose text is left alone: code blocks are turned elsewhere."""


def hold_together(element: ET.Element) -> None:
    """Wrap the options under ``element`` in spans that do not break."""
    for child in list(element):
        if child.tag not in WHOLE:
            hold_together(child)
        if child.tail and "-" in child.tail:
            head, spans = _spans(child.tail)
            child.tail = head
            place = list(element).index(child) + 1
            for number, span in enumerate(spans):
                element.insert(place + number, span)
    if element.text and "-" in element.text:
        head, spans = _spans(element.text)
        element.text = head
        for number, span in enumerate(spans):
            element.insert(number, span)


def _spans(text: str) -> tuple[str, list[ET.Element]]:
    head, last, spans = "", 0, []
    for match in OPTION.finditer(text):
        before = text[last : match.start()]
        if spans:
            spans[-1].tail = before
        else:
            head = before
        span = ET.Element("span", {"class": "nb"})
        span.text = match.group()
        spans.append(span)
        last = match.end()
    if not spans:
        return text, []
    spans[-1].tail = text[last:]
    return head, spans
