"""Readers: how the value of a key becomes a field of the record, one function a field.

Each is given the value, the table's name of its key and the settings, and returns the field's
value (None if there is none in it) and whether nothing of what was written is lost by that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipeline.config import Settings
from pipeline.model import Moment, Person
from pipeline.read import languages, moments, slugs, values
from pipeline.read.marks import Cleaner, plain
from pipeline.read.people import people

Reader = Callable[[Any, str, Settings], tuple[Any, bool]]


def _text(clean: Cleaner) -> Reader:
    def read(value: Any, name: str, settings: Settings) -> tuple[str | None, bool]:
        if isinstance(value, list):  # Quarto and pandoc allow a list of lines
            parts = [values.as_text(entry) for entry in value]
            text = None if None in parts else " ".join(part or "" for part in parts)
        else:
            text = values.as_text(value)
        return (clean(text) or None if text else None), text is not None

    return read


def _description(value: Any, name: str, settings: Settings) -> tuple[str | None, bool]:
    if isinstance(value, str) and values.PICTURE_NAME.fullmatch(value.strip()):
        return None, False  # some themes name an image "teaser"
    return _text(plain)(value, name, settings)


def _authors(value: Any, name: str, settings: Settings) -> tuple[tuple[Person, ...], bool]:
    return people(value)


def _moment(value: Any, name: str, settings: Settings) -> tuple[Moment | None, bool]:
    found = moments.moment(value, settings.zone)
    return found, found is not None or values.truth(value) is not None


def _language(value: Any, name: str, settings: Settings) -> tuple[str | None, bool]:
    text, whole = values.label(value)
    tag = languages.language_tag(text) if text else None
    return tag, whole and tag is not None


def _labels(value: Any, name: str, settings: Settings) -> tuple[tuple[str, ...], bool]:
    last = name.rpartition(".")[2]
    return values.labels(value, spaced=last in ("tags", "categories", "editions"))


def _label(value: Any, name: str, settings: Settings) -> tuple[str | None, bool]:
    return values.label(value)


def _url(value: Any, name: str, settings: Settings) -> tuple[str | None, bool]:
    text = value if isinstance(value, str) else None
    address = slugs.address(text, settings.base_url) if text else None
    return address, address is not None


def _slug(value: Any, name: str, settings: Settings) -> tuple[str | None, bool]:
    text = values.as_text(value)
    slug = slugs.from_key(text) if text else None
    return slug, slug is not None


def _image(value: Any, name: str, settings: Settings) -> tuple[Any, bool]:
    return values.picture(value, name)


def _draft(value: Any, name: str, settings: Settings) -> tuple[bool | None, bool]:
    if name in ("status", "post-status"):
        return values.state(value)
    truth = values.truth(value)
    if name == "published":  # Jekyll's truth; elsewhere a date, which is another field's
        return (None if truth is None else not truth), True
    return truth, truth is not None


READERS: dict[str, Reader] = {
    "title": _text(plain),
    "subtitle": _text(plain),
    "authors": _authors,
    "published": _moment,
    "modified": _moment,
    "language": _language,
    "description": _description,
    "tags": _labels,
    "categories": _labels,
    "series": _label,
    "url": _url,
    "slug": _slug,
    "image": _image,
    "rights": _label,
    "publisher": _label,
    "draft": _draft,
    "aliases": _labels,
    "editions": _labels,
}

UNREAD: dict[str, tuple[str, str]] = {
    "title": ("this is no title", "write it as one line of text"),
    "authors": ("no author's name can be read from this", "write  author: Given Family"),
    "published": ("this is no date that can be read", "write it as 2024-10-04"),
    "modified": ("this is no date that can be read", "write it as 2024-10-04"),
    "language": ("this is no language", "write a tag such as en, tr or pt-BR"),
    "tags": ("these are no tags", "write  tags: [one, two]"),
    "categories": ("these are no categories", "write  categories: [one, two]"),
    "slug": (
        "this cannot name files; the url or the file name does",
        "leave out / and :placeholders",
    ),
    "draft": ("this is neither true nor false", "write  draft: true  or  draft: false"),
}
"""What is said (R022) of keys that gave their field nothing; other fields are let pass."""
