"""A web address in running text is never hyphenated: the hyphen would be read as part of it."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from pipeline.editions.pdf.options import WHOLE

ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.)[^\s<>]+", re.IGNORECASE)
UNHYPHENATED = WHOLE | {"a", "code", "kbd", "samp"}
"""Elements whose style sets no hyphens, or whose text is left alone."""


def set_apart(element: ET.Element) -> None:
    """Put each address in the text under ``element`` into a ``span`` of class ``address``."""
    for child in list(element):
        if child.tag not in UNHYPHENATED:
            set_apart(child)
        if child.tail and (found := _split(child.tail)):
            child.tail, spans = found
            place = list(element).index(child) + 1
            for number, span in enumerate(spans):
                element.insert(place + number, span)
    if element.text and (found := _split(element.text)):
        element.text, spans = found
        for number, span in enumerate(spans):
            element.insert(number, span)


def _split(text: str) -> tuple[str, list[ET.Element]] | None:
    """The text before the first address, and the addresses as spans with what follows them."""
    matches = list(ADDRESS.finditer(text))
    if not matches:
        return None
    spans = []
    ends = [following.start() for following in matches[1:]] + [len(text)]
    for match, end in zip(matches, ends, strict=True):
        span = ET.Element("span", {"class": "address"})
        span.text = match.group()
        span.tail = text[match.end() : end]
        spans.append(span)
    return text[: matches[0].start()], spans
