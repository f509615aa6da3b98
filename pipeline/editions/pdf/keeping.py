"""What is kept on one line: the last words of a paragraph, and in titles what a slash joins.

A paragraph that ends in a line of its own with ``it.`` or ``-ties.`` looks broken off. So its last
word is not divided, and one of few letters has the word before it for company.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from pipeline.editions.pdf.options import JOINER

BLOCKS = frozenset(("p", "li", "dd"))
RUNNING = frozenset(("em", "strong", "i", "b", "a", "cite", "q", "mark", "span"))
"""Elements in whose text a paragraph may end."""
CLASS = "end"
SHORT = 5
"""Letters, with the full stop, of a last word that does not stand alone."""
DIVISIBLE = 6
"""Letters from which on a word would be divided."""
LONGEST = 24
"""Letters of what is kept on one line; more of them would tear a gap into the line before."""
FEWEST = 6
"""Words of a paragraph that has a last line to speak of."""

TITLES = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
SLASH = re.compile(r"(?<=\w)/(?=\w)")


def last_words(tree: ET.Element) -> None:
    """Put the last words of each paragraph under ``tree`` into a ``span`` of class ``end``."""
    for block in tree.iter():
        if block.tag in BLOCKS and len("".join(block.itertext()).split()) >= FEWEST:
            _keep_end(block)


def titles(tree: ET.Element) -> None:
    """Let no line of a title end after the slash of ``TCP/IP``."""
    for title in tree.iter():
        if title.tag in TITLES:
            for element in title.iter():
                element.text = _joined(element.text)
                if element is not title:
                    element.tail = _joined(element.tail)


def _joined(text: str | None) -> str | None:
    return SLASH.sub(f"/{JOINER}", text) if text else text


def _keep_end(block: ET.Element) -> None:
    while len(block):
        last = block[-1]
        if (last.tail or "").strip():
            found = _split(last.tail or "")
            if found:
                last.tail, span = found
                block.append(span)
            return
        if last.tag not in RUNNING or last.get("class") == "footnote":
            return
        block = last
    found = _split(block.text or "")
    if found:
        block.text, span = found
        block.append(span)


def _split(text: str) -> tuple[str, ET.Element] | None:
    """The text before its last words, and these as a span; None if they need no keeping."""
    words = text.rstrip().rsplit(" ", 2)
    if len(words) < 3:
        return None
    end = " ".join(words[1:]) if len(words[2]) <= SHORT else words[2]
    if not DIVISIBLE <= len(end) <= LONGEST or "/" in end:
        return None
    span = ET.Element("span", {"class": CLASS})
    span.text = end
    span.tail = text[len(text.rstrip()) :]
    return text.rstrip()[: -len(end)], span
