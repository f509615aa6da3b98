"""The record as the metadata of an EPUB 3.3 package document."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import words
from pipeline.editions import conformance, identifiers
from pipeline.editions.accessibility import Accessibility
from pipeline.editions.epub_package import XML_LANG, Meta
from pipeline.model import Document, Metadata, Person


def metadata(
    document: Document, said: Accessibility, *, fonts: bool, paged: bool, conforms: bool
) -> tuple[Meta, ...]:
    """Every element but the identifier and ``dcterms:modified``, which the package sets itself.

    ``fonts``: whether faces lie in the book, so that their licence has to be named; ``paged``:
    whether the book has the page numbers of the PDF, which is named then; ``conforms``: whether
    every check of :mod:`.conformance` passed.
    """
    record = document.record
    return tuple(
        meta
        for part in (
            _titles(record),
            _creators(record.authors),
            _plain(record),
            _series(record),
            _accessibility(said, record.language),
            _claim() if conforms else (),
            _pages(document) if paged else (),
            _links(fonts),
        )
        for meta in part
    )


def _refined(target: str, key: str, value: str, *more: tuple[str, str]) -> Meta:
    return Meta("meta", value, (("refines", f"#{target}"), ("property", key), *more))


def _titles(record: Metadata) -> Iterator[Meta]:
    yield Meta("dc:title", record.title, (("id", "title"),))
    yield _refined("title", "title-type", "main")
    if record.subtitle:
        yield Meta("dc:title", record.subtitle, (("id", "subtitle"),))
        yield _refined("subtitle", "title-type", "subtitle")


def _creators(authors: tuple[Person, ...]) -> Iterator[Meta]:
    for number, person in enumerate(authors, 1):
        uid = f"creator-{number}"
        yield Meta("dc:creator", person.name, (("id", uid),))
        yield _refined(uid, "role", "aut", ("scheme", "marc:relators"))
        yield _refined(uid, "file-as", person.file_as)


def _plain(record: Metadata) -> Iterator[Meta]:
    yield Meta("dc:language", record.language)
    published = words.iso(record.published) if record.published else None
    for name, text in (
        ("dc:date", published),
        ("dc:description", record.description),
        ("dc:source", record.absolute_url),
        ("dc:publisher", record.publisher),
        ("dc:rights", record.rights),
    ):
        if text:
            yield Meta(name, text)
    for term in dict.fromkeys((*record.categories, *record.tags)):
        yield Meta("dc:subject", term)


def _series(record: Metadata) -> Iterator[Meta]:
    if record.series:
        yield Meta("meta", record.series, (("id", "series"), ("property", "belongs-to-collection")))
        yield _refined("series", "collection-type", "series")


def _accessibility(said: Accessibility, language: str) -> Iterator[Meta]:
    for key, values in (
        ("accessMode", said.modes),
        ("accessModeSufficient", said.sufficient),
        ("accessibilityFeature", said.features),
        ("accessibilityHazard", said.hazards),
    ):
        for value in values:
            yield Meta("meta", value, (("property", f"schema:{key}"),))
    spoken = words.catalogue(language).spoken
    foreign = ((XML_LANG, spoken),) if spoken != words.primary(language) else ()
    yield Meta("meta", said.summary, (("property", "schema:accessibilitySummary"), *foreign))


def _claim() -> Iterator[Meta]:
    """The claim of conformance (EPUB Accessibility 1.1, 4.2), with who looked."""
    claim = (("id", "conformance"), ("property", "dcterms:conformsTo"))
    yield Meta("meta", conformance.CLAIM, claim)
    yield _refined("conformance", "a11y:certifiedBy", conformance.CERTIFIER)


def _pages(document: Document) -> Iterator[Meta]:
    """Whose pages the page list has (EPUB Accessibility 1.1, 2.4.1)."""
    source = identifiers.of_edition(document, "pdf")
    yield Meta("meta", source, (("property", "pageBreakSource"),))


def _links(fonts: bool) -> Iterator[Meta]:
    yield Meta("meta", "", (("name", "cover"), ("content", "cover-img")))
    if fonts:
        licence = (("rel", "dcterms:license"), ("href", "fonts/OFL.txt"))
        yield Meta("link", "", (*licence, ("media-type", "text/plain")))
