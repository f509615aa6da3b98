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
from pipeline.editions.pdf import cures
from pipeline.fonts import Library
from pipeline.model import Diagnostic, Document

RUNNING = "data-running"
"""The attribute that holds what a running head prints."""
OUTLINED, LABEL = frozenset(("h2", "h3", "h4", "h5", "h6")), "data-label"
"""Headings, and the attribute that holds what the outline says of one."""
SHOWN = 5
"""So many names are told in a message."""
JOINERS = "\u200d\ufe0e\ufe0f"
KEYCAP = "\u20e3"
FLAGS = range(0x1F1E6, 0x1F200)
SKIN_TONES = range(0x1F3FB, 0x1F400)
STAND_INS = str.maketrans("。、「」『』〜・【】〔〕《》〈〉", ".,“”“”~·[][]«»‹›")
"""For a sign of East Asian text that stands alone between letters of ours."""


@dataclass(slots=True)
class Findings:
    """What was replaced, in the order met, each with the package that cures it, if one does."""

    scripts: dict[str, str | None] = field(default_factory=dict)
    symbols: dict[str, str | None] = field(default_factory=dict)
    literal: frozenset[int] = frozenset()
    """Elements in which a line's end is the author's."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """``original`` in the text is printed as ``words``; plain text has no ``words``."""

    original: str
    words: str | None = None


def replace_uncovered(
    tree: ET.Element, faces: Library, document: Document
) -> tuple[Diagnostic, ...]:
    """Replace in ``tree`` what no face covers; one warning that names what cures it."""
    running = [element.get(RUNNING, "") for element in tree.iter()]
    shown = frozenset("".join((*tree.itertext(), *running)))
    missing = frozenset(faces.uncovered("".join(sorted(shown))))
    if not missing:
        return ()
    if any(map(cures.is_east_asian, missing)):  # the few kana that a face has: no holes in a run
        missing |= frozenset(filter(cures.is_east_asian, shown))
    text = words.catalogue(document.record.language)["script_missing"]
    found = Findings()
    found.literal = frozenset(id(part) for block in tree.iter("pre") for part in block.iter())
    for element in list(tree.iter()):
        if element.tag in OUTLINED:
            _keep_label(element, missing)
        if element.tag not in ("style", "title"):
            _in_element(element, missing, text, found)
        if not missing.isdisjoint(element.get(RUNNING, "")):
            parts = _parts(element.get(RUNNING, ""), missing, text, found)
            element.set(
                RUNNING,
                "".join(part.original if part.words is None else part.words for part in parts),
            )
    return (_diagnostic(found, document),)


def _keep_label(heading: ET.Element, missing: frozenset[str]) -> None:
    """In the outline a heading stands as written: a reader's program has other faces."""
    written = " ".join("".join(heading.itertext()).split())
    if LABEL not in heading.attrib and not missing.isdisjoint(written):
        heading.set(LABEL, written)


def in_words(text: str, missing: frozenset[str], language: str) -> str:
    """A line of text with what is ``missing`` said in words: for a cover, which has no tags."""
    if missing.isdisjoint(text):
        return text
    if any(map(cures.is_east_asian, missing)):
        missing |= frozenset(filter(cures.is_east_asian, text))
    note = words.catalogue(language)["script_missing"]
    parts = _parts(text, missing, note, Findings())
    return "".join(part.original if part.words is None else part.words for part in parts)


def _in_element(element: ET.Element, missing: frozenset[str], text: str, found: Findings) -> None:
    children = list(element)
    if element.text and not missing.isdisjoint(element.text):
        head, spans = _spans(element.text, missing, text, found, id(element) in found.literal)
        element.text = head
        for place, span in enumerate(spans):
            element.insert(place, span)
    for child in children:
        if child.tail and not missing.isdisjoint(child.tail):
            head, spans = _spans(child.tail, missing, text, found, id(element) in found.literal)
            child.tail = head
            place = list(element).index(child) + 1
            for number, span in enumerate(spans):
                element.insert(place + number, span)


def _spans(
    source: str, missing: frozenset[str], text: str, found: Findings, literal: bool
) -> tuple[str, list[ET.Element]]:
    """``source`` as leading text and spans with tails."""
    head: list[str] = []
    spans: list[ET.Element] = []
    for part in _parts(source, missing, text, found, literal):
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
    source: str, missing: frozenset[str], text: str, found: Findings, literal: bool = False
) -> Iterator[Replacement]:
    place = 0
    while place < len(source):
        character = source[place]
        if character not in missing:
            end = place + 1
            while end < len(source) and source[end] not in missing:
                end += 1
            yield Replacement(source[place:end])
        elif cures.is_letter(character) or cures.is_east_asian(character):
            end = _run_end(source, place, missing, literal)
            yield _run(source[place:end], text, found)
        else:
            end = _symbol_end(source, place)
            name = _symbol_name(source[place:end])
            if name:
                found.symbols[name] = cures.of_symbol(character)
                yield Replacement(source[place:end], f"[{name}]")
        place = end


def _run(run: str, text: str, found: Findings) -> Replacement:
    """One note for a run of a script; a lone sign has its likeness, or its name."""
    if not any(cures.is_letter(character) for character in run):
        plain = unicodedata.normalize("NFKC", run).translate(STAND_INS)
        found.symbols.update((_symbol_name(c), cures.of_symbol(c)) for c in run if not c.isspace())
        if plain.isascii() or not any(map(cures.is_east_asian, plain)):
            return Replacement(run, plain)
        return Replacement(
            run, "".join(c if c.isascii() else f"[{_symbol_name(c)}]" for c in plain)
        )
    names = cures.scripts(run)
    found.scripts.update((name, cures.SCRIPTS.get(name)) for name in names)
    return Replacement(run, "[" + text.format(script=", ".join(names)) + "]")


def _run_end(source: str, start: int, missing: frozenset[str], literal: bool) -> int:
    """The end of a run of the script: spaces and signs between its letters belong to it, and in
    running text the ends of lines."""
    end = place = start
    while place < len(source):
        character = source[place]
        if character in missing and _is_of_run(character):
            end = place + 1
        elif (literal and character == "\n") or not _between(character, missing):
            break
        place += 1
    return end


def _between(character: str, missing: frozenset[str]) -> bool:
    """Whether the character may stand inside a run: a space, a sign, a digit, another script."""
    return character in missing or character == "\n" or unicodedata.category(character)[0] in "PZN"


def _is_of_run(character: str) -> bool:
    """Whether a run may end with the character: signs between letters belong to it, symbols not."""
    return cures.is_letter(character) or character.isnumeric() or cures.is_east_asian(character)


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
    if found.scripts:
        parts.append("text in the script " + ", ".join(found.scripts))
    if found.symbols:
        many = "s" if len(found.symbols) > 1 else ""
        parts.append(f"the symbol{many} " + _listed(list(found.symbols)))
    return Diagnostic(
        "E202",
        "warning",
        f"no face covers {' and '.join(parts) or 'some signs'}: printed as words",
        path=document.source_path,
        hint=_hint({**found.scripts, **found.symbols}),
    )


def _hint(wanted: dict[str, str | None]) -> str | None:
    """What to install, and for what no optional face is known."""
    install = dict.fromkeys(package for package in wanted.values() if package)
    hopeless = [name for name, package in wanted.items() if package is None]
    said = [f"install {' and '.join(install)}"] if install else []
    if hopeless:
        said.append(
            f"no optional face is known to cover {_listed(hopeless)}: put it in other words"
        )
    return "; ".join(said) or None


def _listed(names: list[str]) -> str:
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")
