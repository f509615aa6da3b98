"""A body taken apart into the files of an e-book, with every link leading to the right one.

A long post gets one file for its opening, one for each top section and one for its notes; any
other post is one file. Notes become what readers show as pop-ups (EPUB 3.3 structural semantics
with the matching roles of DPUB-ARIA 1.1).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipeline.convert import tree
from pipeline.editions.addresses import well_formed
from pipeline.editions.contents import is_long
from pipeline.editions.markup import OPS, parse, wide_formula
from pipeline.model import Document
from pipeline.words import Catalogue

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
    from markupsafe import Markup

TYPE = f"{{{OPS}}}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

Kind = Literal["whole", "opening", "chapter", "notes"]

NOTICES = {
    "tip": ("aside", "tip", "doc-tip"),
    "important": ("section", "notice", "doc-notice"),
    "warning": ("section", "notice", "doc-notice"),
    "caution": ("section", "notice", "doc-notice"),
}
"""Callouts whose kind has a name of its own: the element that may bear the role (ARIA in HTML),
``epub:type``, and the role of DPUB-ARIA, which is a kind of ``note``. A plain note stays one."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of the text. ``content`` is XHTML that uses the prefix ``epub``; ``properties``
    are what the manifest must declare of it."""

    file_name: str
    title: str
    kind: Kind
    content: Markup
    ids: frozenset[str]
    properties: tuple[str, ...]

    @property
    def opens(self) -> bool:
        """Whether the title block stands at its head."""
        return self.kind in ("whole", "opening")


def chapters(document: Document, body: Element, words: Catalogue) -> tuple[Chapter, ...]:
    """The files of the post's text, in reading order; ``body`` is used up."""
    _dress(body)
    parts = _split(body, words, document.record.title) if is_long(document) else []
    if not parts:
        parts = [("text.xhtml", document.record.title, "whole", body)]
    homes = {i: name for name, _, _, root in parts for i in _ids(root)}
    for name, _, _, root in parts:
        _mend_links(root, name, homes)
    return tuple(_chapter(*part) for part in parts)


def _chapter(name: str, title: str, kind: Kind, root: Element) -> Chapter:
    from markupsafe import Markup

    content = Markup(tree.serialize(root))  # noqa: S704 - sanitized by convert
    return Chapter(name, title, kind, content, frozenset(_ids(root)), _properties(root))


def _split(body: Element, words: Catalogue, title: str) -> list[tuple[str, str, Kind, Element]]:
    opening = _empty()
    opening.text = body.text
    parts: list[tuple[str, str, Kind, Element]] = [("opening.xhtml", title, "opening", opening)]
    for child in list(body):
        if tree.local(child) == "section" and "level2" in tree.classes(child):
            heading = child.find("h2")  # the mark of a page may stand before it
            name = tree.plain_text(heading) if heading is not None else ""
            child.set(TYPE, "chapter")
            child.set("role", "doc-chapter")
            child.set("aria-label", name)
            file_name = f"{len(parts):02d}-{ascii_name(child.get('id') or name)}.xhtml"
            parts.append((file_name, name, "chapter", _empty()))
        elif "notes" in tree.classes(child):
            parts.append(("notes.xhtml", words["notes"], "notes", _empty()))
        parts[-1][3].append(child)
    return parts


def _empty() -> Element:
    return parse("", epub=True)


def ascii_name(text: str) -> str:
    """A readable file name of ASCII letters, at most 48 of them: every zip tool can read it."""
    dotless = text.replace("ı", "i").replace("ß", "ss")
    plain = unicodedata.normalize("NFKD", dotless).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain.lower())[:48].strip("-") or "section"


def _ids(root: Element) -> list[str]:
    return [str(element.attrib["id"]) for element in root.iter() if element.get("id")]


def _dress(body: Element) -> None:
    for element in list(body.iter()):
        classes = tree.classes(element)
        if "noteref" in classes:
            element.set(TYPE, "noteref")
        elif "backlink" in classes:
            element.set(TYPE, "backlink")
        elif "notes" in classes and tree.local(element) == "section":
            element.set(TYPE, "endnotes")
            for note in element.findall("ol/li"):
                _pop_up(note)
        elif tree.local(element) == "math" and element.get("display") == "block":
            wide_formula(element)
        elif tree.local(element) == "pre":
            element.set("dir", "ltr")  # epubcheck wants it here, not in the style sheet
        elif "callout" in classes:
            for kind in set(classes) & NOTICES.keys():
                element.tag, semantic, role = NOTICES[kind]
                element.set(TYPE, semantic)
                element.set("role", role)
        elif "pageinfo" in classes and element.get("role") is None:
            element.set("role", "note")
        language = element.get("lang")
        if language:
            element.set(XML_LANG, language)


def _pop_up(note: Element) -> None:
    """Let the content of a note's list item be the note: the item itself stays a list item."""
    inner = tree.make("div", class_="note-text", role="doc-footnote")
    inner.set(TYPE, "footnote")
    tree.move_content(note, inner)
    note.append(inner)
    if note.get("id"):
        inner.set("id", note.attrib.pop("id"))


def _mend_links(root: Element, here: str, homes: dict[str, str]) -> None:
    """Add the file to links that lead to another one; take addresses away that lead nowhere."""
    from urllib.parse import unquote

    for link in root.iter("a"):
        address = link.get("href")
        if address is None:
            continue
        mended = well_formed(address)
        if mended is not None and mended.startswith("#"):
            target = mended[1:] if mended[1:] in homes else unquote(mended[1:])
            home = homes.get(target)
            mended = None if home is None else f"{'' if home == here else home}#{target}"
        if mended is None:
            del link.attrib["href"]
            if link.get(TYPE) == "noteref":
                del link.attrib[TYPE]
        else:
            link.set("href", mended)


def _properties(root: Element) -> tuple[str, ...]:
    names = {tree.local(element) for element in root.iter()}
    return tuple(name for tag, name in (("math", "mathml"), ("svg", "svg")) if tag in names)
