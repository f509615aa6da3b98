"""The record in the head of an HTML file, for people's tools: browsers, Zotero, search, previews.

Four vocabularies say the same: plain HTML, Dublin Core, Highwire's ``citation_…`` and Open Graph
as ``meta`` elements, and schema.org's BlogPosting as JSON-LD.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urljoin

from pipeline import words
from pipeline.config import Settings
from pipeline.editions.accessibility import Accessibility
from pipeline.model import Document, Metadata, Person

WORDS_A_MINUTE = 220

Tag = tuple[str, str, str]
"""``name`` or ``property``, the key, the content."""


def reading_minutes(document: Document) -> int:
    """Reading time in whole minutes, one at least."""
    return max(1, round(document.words / WORDS_A_MINUTE))


def meta_tags(document: Document, settings: Settings) -> tuple[Tag, ...]:
    """The ``meta`` elements, in order; what the record does not know is left out."""
    record = document.record
    pairs = (*_plain(record), *_dublin_core(record), *_highwire(record))
    tags = [("name", key, content) for key, content in pairs if content]
    tags += [("property", key, content) for key, content in _open_graph(document, settings)]
    return tuple(tag for tag in tags if tag[2])


def _iso(record: Metadata) -> str:
    return words.iso(record.published) if record.published else ""


def _plain(record: Metadata) -> list[tuple[str, str]]:
    return [
        ("description", record.description or ""),
        *(("author", person.name) for person in record.authors),
        ("keywords", ", ".join((*record.categories, *record.tags))),
    ]


def _dublin_core(record: Metadata) -> list[tuple[str, str]]:
    return [
        ("DC.title", record.title),
        *(("DC.creator", person.name) for person in record.authors),
        ("DC.date", _iso(record)),
        ("DC.language", record.language),
        ("DC.description", record.description or ""),
        *(("DC.subject", term) for term in (*record.categories, *record.tags)),
        ("DC.identifier", record.absolute_url or record.identifier),
        ("DC.publisher", record.publisher or ""),
        ("DC.rights", record.rights or ""),
        ("DC.type", "Text"),
        ("DC.format", "text/html"),
    ]


def _highwire(record: Metadata) -> list[tuple[str, str]]:
    day = words.day(record.published).strftime("%Y/%m/%d") if record.published else ""
    return [
        ("citation_title", record.title),
        *(("citation_author", person.name) for person in record.authors),
        ("citation_publication_date", day),
        ("citation_language", record.language),
        ("citation_publisher", record.publisher or ""),
        *(("citation_keywords", term) for term in record.tags),
        ("citation_public_url", record.absolute_url or ""),
    ]


def _open_graph(document: Document, settings: Settings) -> list[tuple[str, str]]:
    record = document.record
    modified = words.iso(record.modified) if record.modified else ""
    return [
        ("og:type", "article"),
        ("og:title", record.title),
        ("og:description", record.description or ""),
        ("og:url", record.absolute_url or ""),
        ("og:locale", record.language.replace("-", "_")),
        ("og:site_name", settings.title or ""),
        ("og:image", _image_address(document, settings)),
        ("article:published_time", _iso(record)),
        ("article:modified_time", modified),
        *(("article:author", person.url or "") for person in record.authors),
        *(("article:section", category) for category in record.categories),
        *(("article:tag", tag) for tag in record.tags),
    ]


def _image_address(document: Document, settings: Settings) -> str:
    """Where the record's image is on the web, if the record or ``base_url`` can tell."""
    image = document.record.image
    if image is None or "://" in image.path:
        return image.path if image else ""
    if settings.base_url and document.cover is not None and image.path.startswith("/"):
        return urljoin(settings.base_url, image.path)
    return ""


def json_ld(document: Document, settings: Settings, said: Accessibility) -> str:
    """The record as a schema.org BlogPosting, safe to stand in a ``script`` element."""
    fields = {key: value for key, value in _posting(document, settings, said).items() if value}
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _posting(document: Document, settings: Settings, said: Accessibility) -> dict[str, Any]:
    record = document.record
    blog = {"@type": "Blog", "name": settings.title} if settings.title else None
    series = {"@type": "CreativeWorkSeries", "name": record.series} if record.series else None
    rights = record.rights or ""
    return {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "identifier": record.identifier,
        "headline": record.title,
        "alternativeHeadline": record.subtitle,
        "author": [_person(person) for person in record.authors],
        "datePublished": _iso(record),
        "dateModified": words.iso(record.modified) if record.modified else None,
        "inLanguage": record.language,
        "description": record.description,
        "keywords": list(record.tags),
        "articleSection": list(record.categories),
        "url": record.absolute_url,
        "mainEntityOfPage": record.absolute_url,
        "image": _image_address(document, settings),
        "isPartOf": [part for part in (blog, series) if part],
        "copyrightNotice": rights,
        "license": rights if "://" in rights and " " not in rights else None,
        "publisher": (
            {"@type": "Organization", "name": record.publisher} if record.publisher else None
        ),
        "wordCount": document.words,
        "timeRequired": f"PT{reading_minutes(document)}M",
        "accessMode": list(said.modes),
        "accessModeSufficient": [
            {"@type": "ItemList", "itemListElement": mode.split(",")} for mode in said.sufficient
        ],
        "accessibilityFeature": list(said.features),
        "accessibilityHazard": list(said.hazards),
        "accessibilitySummary": said.summary,
    }


def _person(person: Person) -> dict[str, str]:
    family, comma, given = person.file_as.partition(", ")
    fields = {
        "@type": "Person",
        "name": person.name,
        "familyName": family if comma else "",
        "givenName": given,
        "alternateName": person.handle or "",
        "url": person.url or "",
    }
    return {key: value for key, value in fields.items() if value}
