"""Writing: the record as JSON values, and as front matter that reads back the same.

The three writers are ours because no standard module writes TOML, PyYAML's writer costs its
import and wraps lines, and all three should look alike. Text is quoted wherever a reader of
YAML 1.1 or 1.2 could see anything but text in it.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from pipeline.model import FrontMatterFormat, Metadata, Person
from pipeline.read.marks import UNPRINTABLE, plain, tidy, written
from pipeline.read.people import file_as, people

BARE_TEXT = re.compile(r"(?:[^\W\d_]|/(?=\w))[\w .,()'/+&–—’…!?-]*")
BARE_KEY = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)
WORDS = frozenset("true false yes no on off null y n".split())
SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def as_json(record: Metadata) -> dict[str, Any]:
    """The canonical record: its fields in their order, moments as ISO 8601 text, all JSON-safe."""
    return {field.name: _json_value(getattr(record, field.name)) for field in fields(record)}


def front_matter(record: Metadata, form: FrontMatterFormat | None) -> str:
    """The record under its canonical keys, fences and a last newline included; YAML if ``form``
    is None. Reading it in the same place gives an equal record. Values that the post did not
    say itself (its path, the house) are written out: the text then stands by itself."""
    keys = {**_canonical(record), **record.extra}
    if form == "toml":
        given = {key: value for key, value in keys.items() if value is not None}
        lines = [f"{_key(key)} = {_inline(value)}" for key, value in given.items()]
        return "\n".join(["+++", *lines, "+++", ""])
    if form == "json":
        import json

        text = json.dumps(_json_value(keys), ensure_ascii=False, indent=2)
        return UNPRINTABLE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text) + "\n"
    return "\n".join(["---", *_yaml_map(keys, ""), "---", ""])


def _canonical(record: Metadata) -> dict[str, Any]:
    """The record's fields under the keys of ``keys.KEYS``, absent ones left out."""
    image = record.image
    picture = image and (
        {"path": image.path, "alt": written(image.alt, plain)} if image.alt else image.path
    )
    keys = {
        "title": written(record.title, plain),
        "subtitle": record.subtitle and written(record.subtitle, plain),
        "author": _authors(record.authors),
        "date": record.published,
        "modified": record.modified,
        "language": record.language,
        "description": record.description and written(record.description, plain),
        "tags": _labels(record.tags),
        "categories": _labels(record.categories),
        "series": record.series and written(record.series, tidy),
        "url": record.url,
        "slug": record.slug,
        "image": picture,
        "rights": record.rights and written(record.rights, tidy),
        "publisher": record.publisher and written(record.publisher, tidy),
        "draft": record.draft,
        "aliases": _labels(record.aliases),
        "editions": _labels(record.editions),
    }
    return {key: value for key, value in keys.items() if value is not None and value != []}


def _labels(texts: tuple[str, ...]) -> list[str]:
    return [written(text, tidy) for text in texts]


def _authors(authors: tuple[Person, ...]) -> Any:
    """One plain name as text, several as a list; a map for what a name alone does not say."""
    if len(authors) == 1 and people(authors[0].name) == (authors, True):
        return authors[0].name
    return [_author(person) for person in authors]


def _author(person: Person) -> Any:
    if people([person.name]) == ((person,), True):
        return person.name
    parts = {
        "name": person.name,
        "file_as": person.file_as if person.file_as != file_as(person.name) else None,
        "handle": person.handle,
        "url": person.url,
    }
    return {key: written(text, tidy) for key, text in parts.items() if text}


def _json_value(value: Any) -> Any:
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): _json_value(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_json_value(inner) for inner in value]
    if hasattr(value, "__dataclass_fields__"):
        return {field.name: _json_value(getattr(value, field.name)) for field in fields(value)}
    return value


def _yaml_map(keys: Mapping[str, Any], indent: str) -> list[str]:
    lines: list[str] = []
    for key, value in keys.items():
        head = f"{indent}{_key(key)}:"
        if isinstance(value, Mapping) and value:
            lines += [head, *_yaml_map(value, indent + "  ")]
        elif isinstance(value, (list, tuple)) and value:
            lines += [head, *_yaml_list(value, indent + "  ")]
        else:
            lines.append(f"{head} {_yaml_scalar(value)}")
    return lines


def _yaml_list(values: list[Any] | tuple[Any, ...], indent: str) -> list[str]:
    """Items under dashes; a map or list in an item begins on the dash's line."""
    lines: list[str] = []
    for value in values:
        inner: list[str] = []
        if isinstance(value, Mapping) and value:
            inner = _yaml_map(value, indent + "  ")
        elif isinstance(value, (list, tuple)) and value:
            inner = _yaml_list(value, indent + "  ")
        else:
            lines.append(f"{indent}- {_yaml_scalar(value)}")
        if inner:
            lines += [f"{indent}- {inner[0].lstrip(' ')}", *inner[1:]]
    return lines


def _yaml_scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, str) and BARE_TEXT.fullmatch(value) and value.lower() not in WORDS:
        return value if not value.endswith(" ") else _quoted(value)
    return _inline(value)


def _inline(value: Any) -> str:
    """A value on one line, in TOML's spelling, which YAML reads too but for maps."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, Mapping):
        pairs = (f"{_key(key)} = {_inline(inner)}" for key, inner in value.items())
        return "{" + ", ".join(pair for pair in pairs) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_inline(inner) for inner in value) + "]"
    if isinstance(value, (int, float)):
        return str(value)
    return _quoted("" if value is None else str(value))


def _key(key: str) -> str:
    return key if BARE_KEY.fullmatch(key) and key.lower() not in WORDS else _quoted(key)


def _quoted(text: str) -> str:
    """In double quotes, with the escapes that YAML and TOML share; what cannot be seen on the
    page is escaped too."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(sign: str) -> str:
    if sign in SHORT:
        return SHORT[sign]
    if sign == " " or sign.isprintable() or unicodedata.category(sign) == "Co":
        return sign
    number = ord(sign)
    return f"\\u{number:04X}" if number < 0x10000 else f"\\U{number:08X}"
