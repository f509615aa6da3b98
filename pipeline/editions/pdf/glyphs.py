"""No empty boxes: a character that no face covers is printed as words.

A symbol becomes its Unicode name in brackets (``[rocket]``); a run of an uncovered script becomes
one bracketed note in the post's language. What the author wrote stays in the file as the actual
text of the tag, for screen readers and for whoever copies it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from pipeline import words
from pipeline.fonts import Library
from pipeline.model import Diagnostic, Document

CURES: tuple[tuple[str, str], ...] = (
    ("Han", "Debian's fonts-noto-cjk"),
    ("Hiragana", "Debian's fonts-noto-cjk"),
    ("Katakana", "Debian's fonts-noto-cjk"),
    ("Hangul", "Debian's fonts-noto-cjk"),
    ("Bopomofo", "Debian's fonts-noto-cjk"),
    ("Arabic", "the Python package fontpkg-noto-sans-arabic"),
    ("Devanagari", "the Python package fontpkg-noto-sans-devanagari"),
    ("Khmer", "the Python package fontpkg-noto-sans-khmer"),
    ("Tamil", "the Python package fontpkg-noto-sans-tamil"),
    ("Telugu", "the Python package fontpkg-noto-sans-telugu"),
    ("Thai", "the Python package fontpkg-noto-sans-thai"),
)
"""Script to the package whose faces cover it."""
SYMBOL_CURE = "Debian's fonts-noto-color-emoji"
OTHER_CURE = "a fontpkg package with the script"

JOINERS = "\u200d\ufe0e\ufe0f"
KEYCAP = "\u20e3"
FLAGS = range(0x1F1E6, 0x1F200)
SKIN_TONES = range(0x1F3FB, 0x1F400)
GENERIC = ("LETTER", "SYLLABLE", "SYLLABLES", "VOWEL", "SIGN", "CHARACTER", "IDEOGRAPH", "DIGIT",
           "CONSONANT", "MARK", "UNIFIED", "COMPATIBILITY", "NUMBER")  # fmt: skip


@dataclass(slots=True)
class Findings:
    """What was replaced: scripts and symbols, in the order met."""

    scripts: dict[str, int] = field(default_factory=dict)
    symbols: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Replacement:
    """``original`` in the text is printed as ``words``; plain text has no ``words``."""

    original: str
    words: str | None = None


def replace_uncovered(
    tree: ET.Element, faces: Library, document: Document
) -> tuple[Diagnostic, ...]:
    """Replace in ``tree`` what no face covers; one warning that names what cures it."""
    missing = frozenset(faces.uncovered("".join(tree.itertext())))
    if not missing:
        return ()
    text = words.catalogue(document.record.language)["script_missing"]
    found = Findings()
    for element in list(tree.iter()):
        if element.tag not in ("style", "title"):
            _in_element(element, missing, text, found)
    return (_diagnostic(found, document),)


def _in_element(element: ET.Element, missing: frozenset[str], text: str, found: Findings) -> None:
    children = list(element)
    if element.text and not missing.isdisjoint(element.text):
        head, spans = _spans(element.text, missing, text, found)
        element.text = head
        for place, span in enumerate(spans):
            element.insert(place, span)
    for child in children:
        if child.tail and not missing.isdisjoint(child.tail):
            head, spans = _spans(child.tail, missing, text, found)
            child.tail = head
            place = list(element).index(child) + 1
            for number, span in enumerate(spans):
                element.insert(place + number, span)


def _spans(
    source: str, missing: frozenset[str], text: str, found: Findings
) -> tuple[str, list[ET.Element]]:
    """``source`` as leading text and spans with tails."""
    head: list[str] = []
    spans: list[ET.Element] = []
    for part in _parts(source, missing, text, found):
        if part.words is None:
            if spans:
                spans[-1].tail = (spans[-1].tail or "") + part.original
            else:
                head.append(part.original)
        else:
            span = ET.Element("span", {"class": "uncovered", "data-actual": part.original})
            span.text = part.words
            spans.append(span)
    return "".join(head), spans


def _parts(
    source: str, missing: frozenset[str], text: str, found: Findings
) -> Iterator[Replacement]:
    place = 0
    while place < len(source):
        character = source[place]
        if character not in missing:
            end = place + 1
            while end < len(source) and source[end] not in missing:
                end += 1
            yield Replacement(source[place:end])
        elif _is_letter(character):
            end = _run_end(source, place, missing)
            run = source[place:end]
            names = dict.fromkeys(_script(c) for c in run if c in missing and _is_letter(c))
            for name in names:
                found.scripts[name] = found.scripts.get(name, 0) + 1
            yield Replacement(run, "[" + text.format(script=", ".join(names)) + "]")
        else:
            end = _symbol_end(source, place)
            name = _symbol_name(source[place:end])
            if name:
                found.symbols[name] = found.symbols.get(name, 0) + 1
                yield Replacement(source[place:end], f"[{name}]")
        place = end


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM" and character != KEYCAP


def _run_end(source: str, start: int, missing: frozenset[str]) -> int:
    """The end of a run of the script: spaces and signs between its letters belong to it."""
    end = place = start
    while place < len(source):
        character = source[place]
        if character in missing and (_is_letter(character) or character.isnumeric()):
            end = place + 1
        elif character == "\n" or not _between(character, missing):
            break
        place += 1
    return end


def _between(character: str, missing: frozenset[str]) -> bool:
    """Whether the character may stand inside a run: a space, a sign, a digit, another script."""
    return character in missing or unicodedata.category(character)[0] in "PZN"


def _script(character: str) -> str:
    """The script's name, as the character's own name begins: ``Han``, ``Arabic``."""
    name = unicodedata.name(character, "")
    if name.startswith("CJK"):
        return "Han"
    head = []
    for word in name.split():
        if word in GENERIC or "-" in word:
            break
        head.append(word.title())
    return " ".join(head) or "unknown"


def _symbol_end(source: str, start: int) -> int:
    """The end of the symbol: joiners, skin tones and the second half of a flag belong to it."""
    end = start + 1
    if ord(source[start]) in FLAGS and end < len(source) and ord(source[end]) in FLAGS:
        end += 1
    while end < len(source) and (source[end] in JOINERS or ord(source[end]) in SKIN_TONES):
        end += 1
    return end


def _symbol_name(symbol: str) -> str:
    """Its Unicode name in lower case; nothing for what only shapes its neighbour."""
    first = symbol[0]
    if ord(first) in FLAGS:
        return "flag " + "".join(chr(ord(c) - FLAGS[0] + ord("A")) for c in symbol[:2])
    if first == KEYCAP or ord(first) in SKIN_TONES:
        return ""
    return unicodedata.name(first, f"U+{ord(first):04X}").lower()


def _diagnostic(found: Findings, document: Document) -> Diagnostic:
    parts = []
    cures: dict[str, None] = {}
    known = dict(CURES)
    if found.scripts:
        parts.append("text in the script " + ", ".join(found.scripts))
        cures.update(dict.fromkeys(known.get(name, OTHER_CURE) for name in found.scripts))
    if found.symbols:
        shown = list(found.symbols)[:5]
        more = len(found.symbols) - len(shown)
        parts.append("the symbols " + ", ".join(shown) + (f" and {more} more" if more else ""))
        cures[SYMBOL_CURE] = None
    return Diagnostic(
        "E202",
        "warning",
        f"no face covers {' and '.join(parts) or 'some signs'}: printed as words",
        path=document.source_path,
        hint=f"install {' and '.join(cures)}" if cures else None,
    )
