"""Words in another script than that of the post's language, of which nobody says the language.

A screen reader spells them out or falls silent; an author who marks them up
(``<span lang="el">λόγος</span>``) lets it change its voice (WCAG 2.1, 3.1.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline import words
from pipeline.convert import tree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SCRIPTS = {
    "Greek": ("\u0370-\u03ff\u1f00-\u1fff", "el grc"),
    "Cyrillic": ("\u0400-\u052f", "ru uk bg be sr mk kk ky mn tg tt ba cv os ce ab"),
    "Hebrew": ("\u0590-\u05ff", "he yi"),
    "Arabic": ("\u0600-\u06ff\u0750-\u077f", "ar fa ur ps ckb sd ug ku"),
    "Devanagari": ("\u0900-\u097f", "hi mr ne sa"),
    "Thai": ("\u0e00-\u0e7f", "th"),
    "Hangul": ("\uac00-\ud7af", "ko"),
    "Kana": ("\u3040-\u30ff", "ja"),
    "Han": ("\u4e00-\u9fff", "zh ja ko yue"),
}
"""By its English name, the letters of each script, and the languages that are written in it."""
LEAST = 3
"""Letters in a row that are a word and no sign, as a lone π or Ω is."""
NO_PROSE = frozenset(("pre", "code", "kbd", "samp", "math", "var"))


def unmarked(body: Element, language: str) -> Iterator[tuple[str, str]]:
    """The name of each such script, and the first word in it that stands unmarked."""
    own = words.primary(language)
    text = " ".join(_unmarked_text(body))
    for name, (letters, languages) in SCRIPTS.items():
        if own not in languages.split():
            found = re.search(f"[{letters}]{{{LEAST},}}", text)
            if found:
                yield name, found[0]


def _unmarked_text(element: Element) -> Iterator[str]:
    """The text that no ``lang`` of an element in the post speaks for."""
    if not isinstance(element.tag, str) or tree.local(element) in NO_PROSE or element.get("lang"):
        return
    yield element.text or ""
    for child in element:
        yield from _unmarked_text(child)
        yield child.tail or ""
