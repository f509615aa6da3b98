"""The package of an e-book: what EbookLib makes of it, and what is then put right.

EbookLib writes the package document, the container and the NCX. Its limits are cured here:
content documents and the navigation document pass through unchanged, errors are raised, the
package says its language, the NCX has the printed pages (:mod:`.epub_ncx`), and the zip is written
anew, sorted and with fixed times.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline import words
from pipeline.editions.epub_ncx import with_pages
from pipeline.model import Metadata, Moment

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip entry can bear; all of ours bear it."""
STORED = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".woff2")
"""Formats that are packed already."""
FOLDER = "EPUB"
PACKAGE = f"{FOLDER}/content.opf"
NCX = f"{FOLDER}/toc.ncx"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the e-book. ``reading`` places it in the reading order; ``properties`` are the
    manifest's."""

    uid: str
    file_name: str
    media_type: str
    data: bytes
    properties: tuple[str, ...] = ()
    reading: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """An entry of the table of contents."""

    title: str
    address: str
    children: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Meta:
    """An element of the package's metadata: ``dc:…`` by name, else a ``meta`` with attributes."""

    name: str
    text: str
    attributes: tuple[tuple[str, str], ...] = ()


def written(
    record: Metadata,
    modified: dt.datetime,
    metadata: Iterable[Meta],
    items: Iterable[Item],
    points: Iterable[Point],
    pages: tuple[Point, ...],
    licence: str,
) -> bytes:
    """The e-book's bytes: the same for the same arguments. ``pages`` are the printed pages."""
    from ebooklib import epub

    direction = words.catalogue(record.language).direction
    book = epub.EpubBook()
    book.metadata = {}
    book.set_identifier(record.identifier)
    book.title, book.language = record.title, record.language
    if direction == "rtl":
        book.set_direction(direction)
    for meta in metadata:
        _add_metadata(book, meta)
    for item in items:
        _add_item(book, epub, item)
    if licence:
        book.add_item(epub.EpubItem("licences", f"{FOLDER}/fonts/OFL.txt", "text/plain",
                                    licence.encode(), manifest=False))  # fmt: skip
    book.toc = [_link(epub, point, f"nav-{n}") for n, point in enumerate(points, 1)]
    book.add_item(epub.EpubNcx())
    out = io.BytesIO()
    epub.write_epub(
        out, book,
        {"mtime": modified, "raise_exceptions": True, "compresslevel": 0,
         "play_order": {"enabled": True, "start_from": 1}},
    )  # fmt: skip
    cures = {
        PACKAGE: lambda data: _with_language(data, record.language, direction),
        NCX: lambda data: with_pages(data, pages, record.language),
    }
    return repacked(out.getvalue(), cures)


def _add_metadata(book: Any, meta: Meta) -> None:
    prefix, _, name = meta.name.rpartition(":")
    namespace = "DC" if prefix == "dc" else None
    book.add_metadata(namespace, name, printable(meta.text) or None, dict(meta.attributes))


def _add_item(book: Any, epub: Any, item: Item) -> None:
    if "cover-image" in item.properties:
        made = epub.EpubCover(item.uid, item.file_name)
        made.media_type, made.content = item.media_type, item.data
    else:
        made = epub.EpubItem(item.uid, item.file_name, item.media_type, item.data)
        made.properties = list(item.properties)
    book.add_item(made)
    if item.reading:
        book.spine.append(made)


def _link(epub: Any, point: Point, uid: str) -> Any:
    link = epub.Link(point.address, point.title, uid)
    if not point.children:
        return link
    below = [_link(epub, child, f"{uid}-{n}") for n, child in enumerate(point.children, 1)]
    return (epub.Section(point.title, point.address), below)


def printable(text: str) -> str:
    """The text without the control characters that XML cannot hold."""
    return "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))


def in_utc(moment: Moment | None, fallback: dt.datetime) -> dt.datetime:
    """The moment in UTC; a plain date is that day's first second."""
    if moment is None:
        moment = fallback
    if isinstance(moment, dt.datetime):
        return moment.astimezone(dt.UTC)
    return dt.datetime(moment.year, moment.month, moment.day, tzinfo=dt.UTC)


def repacked(data: bytes, cures: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """The zip with ``mimetype`` first and stored, the rest sorted, every time the same; ``cures``
    are what becomes of files, by name.

    Raises ``ValueError`` for a name that would leave the book or is there twice: EbookLib would
    write both.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        if len(set(names)) != len(names) or any(".." in n.split("/") for n in names):
            raise ValueError(f"an e-book cannot hold these names: {names}")
        for name in sorted(names, key=lambda n: (n != "mimetype", n)):
            content = old.read(name)
            if name in cures:
                content = cures[name](content)
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            packed = name != "mimetype" and not name.endswith(STORED)
            method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            new.writestr(entry, content, method, 9)
    return out.getvalue()


def _with_language(package: bytes, language: str, direction: str) -> bytes:
    from lxml import etree

    root = etree.fromstring(package)
    root.set(XML_LANG, language)
    root.set("dir", direction)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)
