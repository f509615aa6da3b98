"""The table of places: where each edition repeats a field of the record, and what must stand there.

Every place is named as its standard names it. The record is the one of ``manifest.json``; what a
place has to say is computed from that alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.audit import epub_card, html_card, pdf_card
from pipeline.audit.said import Said, Texts, texts

Record = Mapping[str, Any]
Way = Literal["same", "moment", "set", "claim"]
"""How two values are compared: text for text, as points in time, without regard to order, or as a
claim that an edition need not make (a plain PDF is no archive's file)."""


@dataclass(frozen=True, slots=True)
class Place:
    """``field`` of the record, the ``name`` of the place, and what ought to stand in it."""

    field: str
    name: str
    expected: Callable[[Record], Texts]
    way: Way = "same"


def _of(key: str) -> Callable[[Record], Texts]:
    return lambda record: texts(record.get(key))


def _each(key: str) -> Callable[[Record], Texts]:
    """A part of each author; ``-`` where an author has none."""
    return lambda record: tuple(person[key] or "-" for person in record["authors"])


def _names(record: Record) -> Texts:
    """Family and given name, where ``file_as`` has them apart."""
    parts = (person["file_as"] for person in record["authors"])
    return tuple(part if ", " in part else "-" for part in parts)


def _authors_line(record: Record) -> Texts:
    return texts(", ".join(person["name"] for person in record["authors"]))


def _urls(record: Record) -> Texts:
    return tuple(person["url"] for person in record["authors"] if person["url"])


def _subjects(record: Record) -> Texts:
    return tuple(dict.fromkeys((*record["categories"], *record["tags"])))


def _terms(record: Record) -> Texts:
    """Tags, then categories, each once, as a set of comma-separated words is compared."""
    return tuple(sorted({part.strip() for term in _subjects(record) for part in term.split(",")}))


def _address(record: Record) -> Texts:
    url = record.get("url")
    return (url,) if url and not url.startswith("/") else ()


def _identity(record: Record) -> Texts:
    return _address(record) or texts(record["identifier"])


def _day(record: Record) -> Texts:
    return texts((record.get("published") or "")[:10].replace("-", "/"))


def _changed(record: Record) -> Texts:
    """An e-book must say when it changed: what has no such date was published then."""
    return texts(record.get("modified") or record.get("published"))


def _locale(record: Record) -> Texts:
    return texts(record["language"].replace("-", "_"))


def _licence(record: Record) -> Texts:
    rights = record.get("rights") or ""
    return (rights,) if "://" in rights and " " not in rights else ()


def _whole(record: Record) -> Texts:
    return (pdf_card.canonical(record),)


HTML = (
    Place("title", "title element", _of("title")),
    Place("title", "og:title", _of("title")),
    Place("title", "DC.title", _of("title")),
    Place("title", "citation_title", _of("title")),
    Place("title", "JSON-LD headline", _of("title")),
    Place("subtitle", "JSON-LD alternativeHeadline", _of("subtitle")),
    Place("author", "author", _each("name")),
    Place("author", "DC.creator", _each("name")),
    Place("author", "citation_author", _each("name")),
    Place("author", "article:author", _urls),
    Place("author", "JSON-LD author", _each("name")),
    Place("author", "JSON-LD author handle", _each("handle")),
    Place("author", "JSON-LD author url", _each("url")),
    Place("author", "JSON-LD author names", _names),
    Place("published", "article:published_time", _of("published"), "moment"),
    Place("published", "DC.date", _of("published"), "moment"),
    Place("published", "citation_publication_date", _day),
    Place("published", "JSON-LD datePublished", _of("published"), "moment"),
    Place("modified", "article:modified_time", _of("modified"), "moment"),
    Place("modified", "JSON-LD dateModified", _of("modified"), "moment"),
    Place("language", "html lang", _of("language")),
    Place("language", "DC.language", _of("language")),
    Place("language", "citation_language", _of("language")),
    Place("language", "og:locale", _locale),
    Place("language", "JSON-LD inLanguage", _of("language")),
    Place("description", "description", _of("description")),
    Place("description", "og:description", _of("description")),
    Place("description", "DC.description", _of("description")),
    Place("description", "JSON-LD description", _of("description")),
    Place("tags", "article:tag", _of("tags")),
    Place("tags", "citation_keywords", _of("tags")),
    Place("tags", "JSON-LD keywords", _of("tags")),
    Place("tags", "keywords", _terms, "set"),
    Place("tags", "DC.subject", _subjects, "set"),
    Place("categories", "article:section", _of("categories")),
    Place("categories", "JSON-LD articleSection", _of("categories")),
    Place("series", "JSON-LD series", _of("series")),
    Place("url", "canonical", _address),
    Place("url", "og:url", _address),
    Place("url", "citation_public_url", _address),
    Place("url", "JSON-LD url", _address),
    Place("url", "JSON-LD mainEntityOfPage", _address),
    Place("url", "DC.identifier", _identity),
    Place("identifier", "JSON-LD identifier", _of("identifier")),
    Place("rights", "DC.rights", _of("rights")),
    Place("rights", "JSON-LD copyrightNotice", _of("rights")),
    Place("rights", "JSON-LD license", _licence),
    Place("publisher", "DC.publisher", _of("publisher")),
    Place("publisher", "citation_publisher", _of("publisher")),
    Place("publisher", "JSON-LD publisher", _of("publisher")),
)

EPUB = (
    Place("title", "dc:title", _of("title")),
    Place("subtitle", "dc:title (subtitle)", _of("subtitle")),
    Place("author", "dc:creator", _each("name")),
    Place("author", "dc:creator file-as", _each("file_as")),
    Place("author", "dc:creator role", lambda record: ("aut",) * len(record["authors"])),
    Place("published", "dc:date", _of("published"), "moment"),
    Place("modified", "dcterms:modified", _changed, "moment"),
    Place("language", "dc:language", _of("language")),
    Place("language", "xml:lang", _of("language")),
    Place("description", "dc:description", _of("description")),
    Place("tags", "dc:subject", _subjects, "set"),
    Place("series", "belongs-to-collection", _of("series")),
    Place("url", "dc:source", _address),
    Place("identifier", "dc:identifier", _of("identifier")),
    Place("rights", "dc:rights", _of("rights")),
    Place("publisher", "dc:publisher", _of("publisher")),
)

PDF = (
    Place("title", "Info Title", _of("title")),
    Place("title", "XMP dc:title", _of("title")),
    Place("author", "Info Author", _authors_line),
    Place("author", "XMP dc:creator", _each("name")),
    Place("published", "Info CreationDate", _of("published"), "moment"),
    Place("published", "XMP xmp:CreateDate", _of("published"), "moment"),
    Place("published", "XMP dc:date", _of("published"), "moment"),
    Place("modified", "Info ModDate", _of("modified"), "moment"),
    Place("modified", "XMP xmp:ModifyDate", _of("modified"), "moment"),
    Place("language", "Lang", _of("language")),
    Place("language", "XMP dc:language", _of("language")),
    Place("description", "Info Subject", _of("description")),
    Place("description", "XMP dc:description", _of("description")),
    Place("tags", "Info Keywords", _terms, "set"),
    Place("tags", "XMP pdf:Keywords", _terms, "set"),
    Place("tags", "XMP dc:subject", _subjects, "set"),
    Place("url", "XMP dc:identifier", _identity),
    Place("rights", "XMP dc:rights", _of("rights")),
    Place("publisher", "XMP dc:publisher", _of("publisher")),
    Place("accessibility", "XMP pdfuaid:part", lambda record: ("1",)),
    Place("accessibility", "XMP pdfaid:part", lambda record: ("3",), "claim"),
    Place("accessibility", "XMP pdfaid:conformance", lambda record: ("A",), "claim"),
    Place("record", "record.json", _whole),
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: how it is read, its places, and how it names accessibility terms."""

    read: Callable[[bytes], Said]
    places: tuple[Place, ...]
    vocabulary: str | None = None


KINDS: dict[str, Kind] = {
    "html": Kind(html_card.read, HTML, "JSON-LD {}"),
    "epub": Kind(epub_card.read, EPUB, "schema:{}"),
    "pdf": Kind(pdf_card.read, PDF),
}
"""By the extension of the edition's file."""

COMMAS = frozenset(("keywords", "Info Keywords", "XMP pdf:Keywords"))
"""Places that hold a list in one text, parted by commas."""


def apart(name: str, found: Iterable[str]) -> Texts:
    """What stands in a place, a list in one text taken apart."""
    if name not in COMMAS:
        return tuple(found)
    return tuple(part.strip() for text in found for part in text.split(",") if part.strip())
