"""Links on paper: each has a number, and its address is printed in full at the end.

An address that is linked to again keeps its number. A mail address that stands in the text as it
is needs no note: there is nothing to add to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from pipeline.model import Diagnostic, Document

HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
SPOKEN = re.compile(r"(?:mailto|tel):", re.IGNORECASE)
"""Schemes of addresses that are printed without them."""

OPENING, JOINER = "\u200b", "\u2060"
"""A zero width space lets a line end, a word joiner does not; neither has a glyph."""
BEFORE = re.compile(r"(?<=[^/:\s])(?=[.,_~?#%&=+@-].{5})")
AFTER = re.compile(r"(?<=[/:])(?=[^/:\s])")
HYPHEN = re.compile(r"-(?=\S)")


@dataclass(frozen=True, slots=True)
class Address:
    """Where links lead: the number of their note, the address, and how it is printed."""

    number: int
    href: str
    printed: str

    @property
    def breakable(self) -> str:
        """The printed address with the places marked at which a line may end."""
        return breakable(self.printed)


def breakable(address: str) -> str:
    """The address with line ends allowed after slashes and before other signs, as the Chicago
    Manual has it; never after a hyphen, which would read as the line's."""
    opened = AFTER.sub(OPENING, BEFORE.sub(OPENING, address))
    return HYPHEN.sub(f"-{JOINER}", opened)


def numbered(document: Document) -> tuple[Document, tuple[Address, ...]]:
    """The document with a superior number behind each link out of it, and the addresses in
    their order."""
    root = ET.fromstring(f"<div>{document.body}</div>")  # noqa: S314 - sanitized by convert
    found: dict[str, Address] = {}
    form = "[{}]" if 'class="noteref"' in document.body else "{}"
    for parent, link, heading in tuple(_links(root)):
        href = link.get("href", "")
        shown, text = printed(href), "".join(link.itertext())
        if text.strip() in (href, shown):
            _let_break(link)
            if SPOKEN.match(href):
                continue
        address = found.setdefault(href, Address(len(found) + 1, href, shown))
        if heading is not None and "data-label" not in heading.attrib:
            heading.set("data-label", " ".join("".join(heading.itertext()).split()))
        _put_behind(parent, link, _note(address.number, form))
    if not found:
        return document, ()
    parts = [escape(root.text or ""), *(ET.tostring(child, "unicode") for child in root)]
    return replace(document, body="".join(parts)), tuple(found.values())


def printed(href: str) -> str:
    """The address as it is read: mail addresses and telephone numbers without their scheme."""
    scheme = SPOKEN.match(href)
    if scheme is None:
        return href
    return unquote(href[scheme.end() :].partition("?")[0])


Place = tuple[ET.Element, ET.Element, ET.Element | None]
"""A link out of the document, its parent, and the heading that it stands in."""


def _links(root: ET.Element) -> Iterator[Place]:
    """The links in the order in which they are read: those of a note where it is called."""
    notes = {f"#{item.get('id')}": item for item in root.iter("li") if item.get("id")}
    read: set[ET.Element] = set()

    def walk(
        element: ET.Element, parent: ET.Element, heading: ET.Element | None
    ) -> Iterator[Place]:
        if element in read:
            return
        if element.tag in HEADINGS:
            heading = element
        href, role = element.get("href", ""), element.get("role")
        if role == "doc-noteref" and href in notes and notes[href] not in read:
            yield from walk(notes[href], root, None)
            read.add(notes[href])
        elif element.tag == "a" and href and not href.startswith("#") and not role:
            yield parent, element, heading
        for child in element:
            yield from walk(child, element, heading)

    yield from walk(root, root, None)


def _let_break(link: ET.Element) -> None:
    for element in link.iter():
        if element.text:
            element.text = breakable(element.text)
        if element is not link and element.tail:
            element.tail = breakable(element.tail)


def _note(number: int, form: str) -> ET.Element:
    """The superior number. A joiner keeps it on the line of what it belongs to."""
    note = ET.Element("sup", {"class": "link-number"})
    link = ET.SubElement(note, "a", {"href": f"#link-{number}"})
    link.text = JOINER + form.format(number)
    return note


def _put_behind(parent: ET.Element, link: ET.Element, note: ET.Element) -> None:
    note.tail, link.tail = link.tail, None
    parent.insert(list(parent).index(link) + 1, note)


def too_long(
    addresses: tuple[Address, ...], codes: Mapping[Any, object], path: str
) -> tuple[Diagnostic, ...]:
    """A remark for each address that no QR code can hold."""
    return tuple(
        Diagnostic(
            "E231", "info",
            f"address {address.number} is too long for a QR code: {address.href[:60]}…",
            path, None, "it is printed without one; link to a shorter address",
        )
        for address in addresses
        if address.number not in codes
    )  # fmt: skip
