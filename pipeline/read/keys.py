"""The table of front matter keys: which ones a field of the record is read from, in order.

The first name of a row is the canonical one: ``front_matter`` writes it, and it wins over the
others. Names are compared without case, ``-`` and ``_``. A dotted name looks inside a map, which
stays in ``extra`` as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

KEYS: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline", "post-title"),
    "subtitle": ("subtitle", "subheading", "tagline"),
    "authors": (
        "author",
        "authors",
        "by",
        "byline",
        "creator",
        "post-author",
        "writer",
        "params.author",
        "params.authors",
    ),
    "published": (
        "date",
        "publish-date",
        "published",
        "published-date",
        "pubdate",
        "date-published",
        "published-at",
        "published-on",
        "post-date",
        "issued",
        "created",
        "created-at",
        "date-created",
        "publication-date",
        "pub-datetime",
        "posted",
        "posted-on",
    ),
    "modified": (
        "modified",
        "lastmod",
        "last-modified-at",
        "last-modified",
        "modified-date",
        "date-modified",
        "modified-at",
        "updated",
        "updated-at",
        "updated-date",
        "date-updated",
        "last-updated",
        "last-update",
        "revised",
        "post-modified",
        "mod-datetime",
        "edited",
    ),
    "language": ("language", "lang", "locale", "language-code"),
    "description": (
        "description",
        "summary",
        "excerpt",
        "abstract",
        "deck",
        "dek",
        "teaser",
        "post-excerpt",
        "custom-excerpt",
        "meta-description",
        "og-description",
        "seo-description",
        "seo.description",
        "params.description",
    ),
    "tags": ("tags", "tag", "keywords", "keyword", "labels", "taxonomies.tags", "params.tags"),
    "categories": ("categories", "category", "taxonomies.categories", "params.categories"),
    "series": ("series", "taxonomies.series", "params.series"),
    "url": (
        "url",
        "permalink",
        "link",
        "canonical",
        "canonical-url",
        "canonical-link",
        "blogger-orig-url",
    ),
    "slug": ("slug", "post-name", "basename"),
    "image": (
        "image",
        "featured-image",
        "feature-image",
        "cover-image",
        "cover",
        "hero-image",
        "header-image",
        "banner",
        "hero",
        "illustration",
        "thumbnail",
        "thumb",
        "og-image",
        "images",
        "featured",
        "header.image",
        "header.overlay-image",
        "header.teaser",
        "params.image",
        "params.cover",
        "extra.image",
        "main-image",
        "social-image",
        "resources",
    ),
    "rights": ("rights", "copyright", "license", "licence"),
    "publisher": ("publisher",),
    "draft": ("draft", "published", "status", "post-status"),
    "aliases": ("aliases", "redirect-from"),
    "editions": ("editions",),
}

CANONICAL = frozenset(names[0] for names in KEYS.values())
"""The keys that ``front_matter`` writes; no key of ``extra`` ever has such a name."""

ELSEWHERE = "layout type weight linktitle translationkey toc comments sidebar"
"""Keys of no field that still tell front matter from prose."""


def folded(key: str) -> str:
    """The form in which keys are compared."""
    return key.replace("-", "").replace("_", "").lower()


KNOWN = frozenset([folded(name) for names in KEYS.values() for name in names] + ELSEWHERE.split())


def candidates(
    field: str, front: Mapping[str, Any], index: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, str, Any]]:
    """What the front matter offers for a field, best first: table name, its own key, value.

    The key is empty when the value was found inside a map.
    """
    for name in KEYS[field]:
        outer, dot, inner = name.partition(".")
        for key in index.get(folded(outer), ()):
            value = front[key]
            if not dot:
                yield name, key, value
            elif isinstance(value, Mapping):
                for part in value:
                    if folded(part) == folded(inner):
                        yield name, "", value[part]


def key_index(front: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The front matter's own keys by folded name; the canonical spelling stands first."""
    index: dict[str, tuple[str, ...]] = {}
    for key in front:
        have = index.get(folded(key), ())
        index[folded(key)] = (key, *have) if key in CANONICAL else (*have, key)
    return index
