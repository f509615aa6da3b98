"""The body made ready for one HTML file: pictures inside, wide things reachable by keyboard."""

from __future__ import annotations

import base64
import html
from typing import TYPE_CHECKING

from pipeline.convert import tree
from pipeline.editions.addresses import well_formed
from pipeline.editions.markup import add_class, wide_formula
from pipeline.model import Document
from pipeline.words import Catalogue

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NARROW = 28
"""Columns of code that a screen of 320 px shows: a block no wider never scrolls."""
SHORT_FORMULA = 40
"""Characters of TeX that surely fit such a screen."""
WORDY = 28
"""Characters from which on a cell's words want a column of some width."""
TALL = 700
"""Characters from which on a callout may go over to the next sheet of a print."""
LONG: dict[str, tuple[int, str]] = {
    "td": (WORDY, "wordy"), "th": (WORDY, "wordy"), "aside": (TALL, "tall"),
}  # fmt: skip
"""How many characters an element may have before it bears a class that says so."""
HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))


def finished(body: Element, document: Document, words: Catalogue) -> str:
    """The content of ``body`` in HTML syntax, changed in place."""
    sources = {f"images/{asset.name}": asset for asset in document.assets}
    numbers = {"table": 0, "code": 0}
    for element in list(body.iter()):
        name = tree.local(element)
        classes = tree.classes(element)
        if name == "img":
            asset = sources.get(element.get("src") or "")
            if asset is not None:
                packed = base64.b64encode(asset.data).decode("ascii")
                element.set("src", f"data:{asset.media_type};base64,{packed}")
        elif name == "a":
            _link(element)
        elif name in HEADINGS:
            _anchor(element, words)
        elif name == "pre" and "code" in classes:
            numbers["code"] += 1
            if _columns(element) > NARROW:
                _reachable(element, f"{words['code']} {numbers['code']}")
        elif name == "div" and "table" in classes:
            numbers["table"] += 1
            _reachable(element, _table_label(element, words, numbers["table"]))
        elif name in LONG:
            _sized(element, *LONG[name])
        elif name == "math" and element.get("display") == "block":
            _wide_formula(element)
    return serialize(body)


def serialize(body: Element) -> str:
    """The content of ``body`` as HTML: void elements without slash, nothing else self-closed."""
    from lxml import etree

    parts = [html.escape(body.text or "", quote=False)]
    parts += [etree.tostring(child, method="html", encoding="unicode") for child in body]
    return "".join(parts).strip().replace("</wbr>", "")  # libxml2 does not know it as void


def mend_link(link: Element) -> None:
    """Write the address as the standard wants it, or take one away that leads nowhere."""
    address = link.get("href")
    if address is None:
        return
    mended = well_formed(address)
    if mended is None:
        del link.attrib["href"]
    else:
        link.set("href", mended)


def _link(link: Element) -> None:
    mend_link(link)
    if says_its_address(link):
        add_class(link, "bare")


def says_its_address(link: Element) -> bool:
    """Whether the link's text is where it leads, so that a print need not write it out again."""
    said = "".join(map(str, link.itertext())).strip().rstrip("/")
    address = (link.get("href") or "").rstrip("/")
    return bool(said) and address.partition("://")[2] == said.rpartition("://")[2]


def _sized(element: Element, characters: int, name: str) -> None:
    """The class ``name`` for an element with more text than so many characters."""
    if len(" ".join(tree.plain_text(element).split())) > characters:
        add_class(element, name)


def _anchor(heading: Element, words: Catalogue) -> None:
    """A link to the section beside its heading: without text, so the text stays the author's."""
    section = heading.getparent()
    if section is None or not section.get("id"):
        return
    label = f"{words['permalink']}: {tree.plain_text(heading)}"
    link = tree.make("a", "", class_="anchor", href=f"#{section.get('id')}", aria_label=label)
    link.tail, heading.tail = heading.tail, None
    heading.addnext(link)


def _columns(code: Element) -> int:
    return max((len(line) for line in "".join(map(str, code.itertext())).splitlines()), default=0)


def _reachable(element: Element, label: str) -> None:
    """A region with a name that the tab key reaches, so that arrow keys can scroll it."""
    element.set("tabindex", "0")
    element.set("role", "region")
    element.set("aria-label", label)


def _table_label(box: Element, words: Catalogue, number: int) -> str:
    label = f"{words['table']} {number}"
    caption = box.find("table/caption")
    return label if caption is None else f"{label}: {tree.plain_text(caption)}"


def _wide_formula(formula: Element) -> None:
    """Let the keyboard reach a displayed formula that may have to scroll."""
    host = wide_formula(formula)
    if host is not None and len(formula.get("alttext") or "") > SHORT_FORMULA:
        host.set("tabindex", "0")
