"""What a sheet needs that is handed out in a room, as options of every edition made of pages.

- :mod:`.links` numbers the links and lists their addresses, for readers who cannot click.
- :mod:`.qr` draws the codes that bring a telephone there.
- :mod:`.space` rules the room for the reader's own notes.
- :mod:`.fit` finds the largest type with which the post keeps to so many pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipeline import words
from pipeline.editions.pdf.handout import links, qr
from pipeline.model import Diagnostic, Document
from pipeline.read import handout as front

if TYPE_CHECKING:
    from pipeline.editions.entries import Edition

POST = "post"
"""The name of the code that leads to the post itself."""


@dataclass(frozen=True, slots=True)
class Extras:
    """The document with its links numbered, what templates are told besides, and the codes."""

    document: Document
    context: Mapping[str, Any]
    files: Mapping[str, tuple[bytes, str]] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()


def extras(document: Document, edition: Edition) -> Extras:
    """What the edition's options ask for, the same for every size of type."""
    options, record = edition.options, document.record
    said = front.of(record)
    addresses: tuple[links.Address, ...] = ()
    if options.links == "notes":
        document, addresses = links.numbered(document)
    codes = _codes(addresses, record.absolute_url) if options.qr else {}
    spoken = words.catalogue(record.language)
    return Extras(
        document,
        {
            "addresses": addresses,
            "links_title": spoken["links_here" if front.KEY in edition.folders else "links"],
            "codes": codes,
            "home": links.breakable(record.absolute_url or ""),
            "summary": said.summary,
            "terms": said.terms,
            "version": front.version(record),
            "folio": spoken["page_of"].replace("{page}", "\0").partition("\0"),
        },
        {code.address: (code.svg, "image/svg+xml") for code in codes.values()},
        links.too_long(addresses, codes, document.source_path) if options.qr else (),
    )


def _codes(addresses: tuple[links.Address, ...], post: str | None) -> dict[Any, qr.Code]:
    """The codes of the addresses by their numbers, and the post's own."""
    wanted: dict[Any, str] = {address.number: address.href for address in addresses}
    if post:
        wanted[POST] = post
    made = {name: qr.code(text, f"asset:qr-{name}") for name, text in wanted.items()}
    return {name: code for name, code in made.items() if code is not None}
