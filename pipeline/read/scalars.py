"""Scalars: what a bare word of front matter means, for YAML, TOML and JSON alike.

A number is one only if it is written back the same: ``007``, ``1.10``, ``12:30:00`` and
``1_000`` stay text, as an editor who gives them as a title or a version means them. ``no`` and
``on`` stay text too (Norwegian is a language).
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
DATE_TIME = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d{1,6})\d*)?"
    r"(?:[ \t]*([Zz]|[+-]\d\d?(?::?\d\d)?))?"
)
WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
DIGITS = 18


def resolve(raw: str) -> Any:
    """The value of a plain YAML scalar: null, a truth, a number, a moment, else the text."""
    if raw in WORDS or raw.lower() in WORDS:
        return WORDS[raw.lower()]
    if not raw[0].isdigit() and raw[0] not in "-+":
        return raw
    value = number(raw)
    return timestamp(raw) if value is raw else value


def number(raw: str) -> Any:
    """The integer or decimal that is written exactly so, else the text."""
    if len(raw) > DIGITS or not raw.isascii():
        return raw
    for kind in (int, float):
        try:
            value = kind(raw)
        except ValueError:
            continue
        if str(value) == raw and raw.lstrip("-")[:1].isdigit():
            return value
    return raw


def timestamp(raw: str) -> Any:
    """The date or datetime that is written in YAML's form (ISO 8601), else the text."""
    try:
        if found := DATE.fullmatch(raw):
            return dt.date(*map(int, found.groups()))
        if found := DATE_TIME.fullmatch(raw):
            return _datetime(*found.groups())
    except (ValueError, OverflowError):
        return raw
    return raw


def _datetime(*parts: str | None) -> dt.datetime:
    year, month, day, hour, minute, second = (int(part or 0) for part in parts[:6])
    fraction = int((parts[6] or "0").ljust(6, "0"))
    zone = offset(parts[7]) if parts[7] else None
    return dt.datetime(year, month, day, hour, minute, second, fraction, zone)


def offset(text: str) -> dt.timezone:
    """``Z``, ``+03:00``, ``-0400``, ``+3`` as a zone. Raises ValueError past 24 hours."""
    if text in ("Z", "z"):
        return dt.UTC
    digits = text[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    if int(minutes) > 59:
        raise ValueError(text)
    span = dt.timedelta(hours=int(hours), minutes=int(minutes))
    return dt.timezone(-span if text[0] == "-" else span)
