"""What an HTML edition says of itself: ``meta`` elements, links, language, JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pipeline.audit import content
from pipeline.audit.said import Said, collected

PLAIN = (
    "identifier headline alternativeHeadline datePublished dateModified inLanguage description "
    "keywords articleSection url mainEntityOfPage copyrightNotice license accessMode "
    "accessibilityFeature accessibilityHazard accessibilitySummary"
).split()
"""Properties of the BlogPosting whose value is a text or a list of texts."""


def read(data: bytes) -> Said:
    """The places of an HTML file. Raises ``ValueError`` if it is none of ours."""
    from lxml import etree, html

    try:
        tree = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError) as error:
        raise ValueError(f"it is no HTML: {error}") from error
    pairs = (*_head(tree), *_structured(tree))
    return Said(collected(pairs), content.of((tree,), navigable=bool(tree.findall(".//nav"))))


def _head(tree: Any) -> Iterator[tuple[str, Any]]:
    yield "title element", "".join(tree.xpath("//head/title//text()"))
    yield "html lang", tree.get("lang")
    for link in tree.iterfind(".//head/link[@rel='canonical']"):
        yield "canonical", link.get("href")
    for meta in tree.iterfind(".//head/meta"):
        name = meta.get("name") or meta.get("property")
        if name:
            yield name, meta.get("content")


def _structured(tree: Any) -> Iterator[tuple[str, Any]]:
    scripts = tree.xpath("//script[@type='application/ld+json']")
    if len(scripts) != 1:
        raise ValueError(f"it has {len(scripts)} JSON-LD scripts, not one")
    post = json.loads(scripts[0].text or "{}")
    for key in PLAIN:
        yield f"JSON-LD {key}", post.get(key)
    for person in _list(post.get("author")):
        yield "JSON-LD author", person.get("name")
        yield "JSON-LD author handle", person.get("alternateName") or "-"
        yield "JSON-LD author url", person.get("url") or "-"
        names = (person.get("familyName"), person.get("givenName"))
        yield "JSON-LD author names", ", ".join(filter(None, names)) or "-"
    yield "JSON-LD publisher", (post.get("publisher") or {}).get("name")
    for part in _list(post.get("isPartOf")):
        if part.get("@type") == "CreativeWorkSeries":
            yield "JSON-LD series", part.get("name")
    for mode in _list(post.get("accessModeSufficient")):
        yield "JSON-LD accessModeSufficient", ",".join(mode.get("itemListElement", ()))


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
