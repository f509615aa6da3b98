"""The map ``handout:`` of the front matter: what a post wants of its handout.

It stays in the record's ``extra`` as the post has it, so the record keeps its shape; here it is
read, once for what is odd about it and once for the edition.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from pipeline import variants
from pipeline.diagnostics import suggestion
from pipeline.model import Diagnostic, Metadata, Source
from pipeline.read import values
from pipeline.read.keys import folded
from pipeline.read.marks import plain
from pipeline.read.taking import line_of
from pipeline.variants import Options

KEY = "handout"
OPTIONS = ("fit", "notes", "qr", "duplex", "type_size")
"""Options of the edition that a post may choose for itself."""
SWITCHES = ("qr", "duplex")
NAMES = ("summary", "terms", *OPTIONS)
OTHER_NAMES = {"keyterms": "terms", "glossary": "terms"}
MEANS: dict[str, dict[bool, str]] = {
    "notes": {True: "lines", False: "none"},
    "fit": {False: "no"},
}
"""What YAML's ``yes`` and ``no`` mean where words are wanted."""


@dataclass(frozen=True, slots=True)
class Handout:
    """``summary`` is a paragraph, or some points; ``terms`` are pairs of a key term and what it
    means (which may be empty); ``options`` are the edition's that the post chooses."""

    summary: tuple[str, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    options: Options = field(default_factory=Options)


Oddity = tuple[str, str, str]
"""The key, what is wrong with it, what to do."""


def of(record: Metadata) -> Handout:
    """What the post says of its handout, without what cannot be used."""
    return _read(record.extra.get(KEY))[0]


def version(record: Metadata) -> str | None:
    """The post's ``version``, if it is one word or number: ``3``, ``2.1``, ``v4``."""
    text = plain(values.as_text(record.extra.get("version")) or "")
    return text if text and len(text) <= 20 else None


def complaints(extra: Mapping[str, Any], source: Source) -> tuple[Diagnostic, ...]:
    """A warning (R024) for each key of the map that cannot be used."""
    if extra.get(KEY) is None:
        return ()
    start = line_of(source, KEY)
    return tuple(
        Diagnostic("R024", "warning", f"handout{key and '.'}{key}: {wrong}", source.path,
                   _line(source, start, key), hint)
        for key, wrong, hint in _read(extra[KEY])[1]
    )  # fmt: skip


def _line(source: Source, start: int | None, key: str) -> int | None:
    """The line of the key in the map, the map's own if it is not found."""
    if start is None or source.front_format is None:
        return start
    first = source.body_line - (source.front_format != "json") - source.front_text.count("\n")
    lines = source.front_text.split("\n")
    for number in range(max(start - first, 0), len(lines)):
        if re.search(rf"""["'.]?\b{re.escape(key)}["']?\s*[:=]""", lines[number]) and key:
            return first + number
    return start


def _read(value: Any) -> tuple[Handout, list[Oddity]]:
    if value is None:
        return Handout(), []
    if not isinstance(value, Mapping):
        hint = "write keys under it, such as  fit: 2 sheets; the handout itself comes with -e"
        return Handout(), [("", "this is no map", hint)]
    odd: list[Oddity] = []
    found: dict[str, Any] = {}
    chosen: dict[str, Any] = {}
    for key, inner in value.items():
        name = _name(str(key))
        if inner is None:
            continue
        if name is None:
            odd.append((str(key), "no such key", suggestion(str(key), list(NAMES))))
        elif name in OPTIONS:
            _choose(name, inner, chosen, str(key), odd)
        else:
            read = _points(inner) if name == "summary" else _terms(inner)
            if read:
                found[name] = read
            else:
                odd.append((str(key), "there is nothing to print in it", "write text or a list"))
    return Handout(**found, options=Options(**chosen)), odd


def _name(key: str) -> str | None:
    short = folded(key.replace(" ", ""))
    known = {folded(name): name for name in NAMES} | OTHER_NAMES
    return known.get(short)


def _choose(name: str, value: Any, chosen: dict[str, Any], key: str, odd: list[Oddity]) -> None:
    """Take an option's value if the edition can use it."""
    meant = _meant(name, value)
    if name in SWITCHES and not isinstance(meant, bool):
        odd.append((key, f"{value!r} is neither true nor false", "write true or false"))
        return
    try:
        options = msgspec.convert({name: meant}, Options)
    except msgspec.ValidationError:
        odd.append((key, f"{value!r} cannot be read", "docs/handouts.md shows each key"))
        return
    wrong = variants.complaint(options)
    if wrong:
        odd.append((key, wrong[0].partition(": ")[2], wrong[1]))
    else:
        chosen[name] = meant


def _meant(name: str, value: Any) -> Any:
    """The value as the option has it: a truth in any spelling, a number that was meant as text."""
    if name == "type_size":
        return value
    truth = values.truth(value)
    if name in SWITCHES:
        return truth
    if truth in MEANS.get(name, {}) and truth is not None:
        return MEANS[name][truth]
    text = values.as_text(value)
    return value if text is None else " ".join(text.split())


def _points(value: Any) -> tuple[str, ...]:
    entries = value if isinstance(value, list) else [value]
    texts = (plain(values.as_text(entry) or "") for entry in entries)
    return tuple(text for text in texts if text)


def _terms(value: Any) -> tuple[tuple[str, str], ...]:
    """Terms with their meanings: a map, or a list of texts (``Term: meaning``) and of maps."""
    if isinstance(value, Mapping):
        pairs = [(str(term), values.as_text(meaning) or "") for term, meaning in value.items()]
    elif isinstance(value, list):
        pairs = [pair for entry in value for pair in _entry(entry)]
    else:
        pairs = _entry(value)
    cleaned = ((plain(term), plain(meaning)) for term, meaning in pairs)
    return tuple(pair for pair in cleaned if pair[0])


def _entry(entry: Any) -> list[tuple[str, str]]:
    if isinstance(entry, Mapping):
        named = {folded(str(key)): values.as_text(inner) or "" for key, inner in entry.items()}
        if "term" in named:
            return [(named["term"], named.get("meaning") or named.get("definition") or "")]
        return [(str(term), values.as_text(meaning) or "") for term, meaning in entry.items()]
    term, _, meaning = (values.as_text(entry) or "").partition(": ")
    return [(term, meaning)]
