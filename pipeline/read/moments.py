"""Moments: the many ways in which posts write a date, and the date in a file's name."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipeline.model import Moment
from pipeline.read.scalars import offset

NUMERIC = re.compile(
    r"(?P<year>\d{4})(?P<between>[-/.])(?P<month>\d\d?)(?P=between)(?P<day>\d\d?)"
    r"(?:(?:[Tt]|,?\s+)(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d+))?)?"
    r"\s*(?P<half>[AaPp][Mm])?\s*(?P<zone>[Zz]|UTC|GMT|[+-]\d\d?(?::?\d\d)?)?(?:\s*\[?(?P<place>[A-Za-z]+/[A-Za-z_/]+)\]?)?)?"
)
COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
DAY_FIRST = re.compile(r"(\d\d?)([./-])(\d\d?)\2(\d{4})")
NAMED = (
    re.compile(
        r"(?:\w+,?\s+)?(?P<day>\d\d?)(?:st|nd|rd|th|\.)?\s+(?:of\s+|de\s+)?"
        r"(?P<month>[^\W\d_]+)\.?,?\s+(?:de\s+)?(?P<year>\d{4})(?P<rest>.*)"
    ),
    re.compile(
        r"(?:\w+,?\s+)?(?P<month>[^\W\d_]+)\.?\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+"
        r"(?P<year>\d{4})(?P<rest>.*)"
    ),
)
CLOCK = re.compile(
    r"[,\s]+(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"\s*(?P<half>[AaPp][Mm])?\s*(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?"
)
MONTHS = (  # English, Turkish, German, French, Spanish; three letters are enough where they differ
    "jan oca ene january januar janvier enero ocak jänner",
    "feb şub fév fevr february februar février febrero şubat",
    "mar mär mart march märz mars marzo",
    "apr nis avr abr april nisan avril abril",
    "may mai mayıs mayo",
    "jun haz juin june juni haziran junio",
    "jul tem juil july juli juillet julio temmuz",
    "aug ağu aoû ago august août agosto ağustos",
    "sep sept eyl september septembre septiembre eylül",
    "oct okt eki october oktober octobre octubre ekim",
    "nov kas november novembre noviembre kasım",
    "dec dez déc dic ara december dezember décembre diciembre aralık",
)
MONTH_NUMBER = {name: number for number, names in enumerate(MONTHS, 1) for name in names.split()}
IN_NAME = re.compile(r"(?<!\d)(\d{4})[-_](\d\d?)[-_](\d\d?)(?!\d)")
COMPACT_IN_NAME = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?=[-_. ]|$)")


def moment(value: Any, zone: ZoneInfo) -> Moment | None:
    """The value as a date, or as a datetime with a zone (``zone`` if it names none); None if it
    cannot be read as one day: ``10/04/2024`` is two days, ``2024-10`` thirty-one."""
    if isinstance(value, dt.datetime):
        return _zoned(value, zone)
    if isinstance(value, dt.date):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or len(value) > 100:
        return None
    text = value.strip().strip("\"'").strip()
    try:
        return _numeric(text, zone) or _day_first(text) or _named(text, zone)
    except (ValueError, OverflowError):
        return None


def in_file_name(stem: str) -> dt.date | None:
    """The day that a file's name carries (``2024-10-04-title``, ``230-2025-03-11-title``)."""
    for found in (*IN_NAME.finditer(stem), *filter(None, [COMPACT_IN_NAME.match(stem)])):
        try:
            return dt.date(*map(int, found.groups()))
        except ValueError:
            continue
    return None


def _zoned(value: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """With a fixed offset of whole minutes: what every format can write, and compares well."""
    span = (value if value.tzinfo else value.replace(tzinfo=zone)).utcoffset() or dt.timedelta()
    minutes = dt.timedelta(minutes=round(span.total_seconds() / 60))
    return value.replace(tzinfo=dt.timezone(minutes) if minutes else dt.UTC, fold=0)


def _numeric(text: str, zone: ZoneInfo) -> Moment | None:
    if found := COMPACT.fullmatch(text):
        return dt.date(*map(int, found.groups()))
    found = NUMERIC.fullmatch(text)
    if not found:
        return None
    place = _place(found["place"]) if found["place"] else zone
    return _moment(found, int(found["month"]), found, place, found["fraction"])


def _place(name: str) -> ZoneInfo:
    """The zone of that name. Raises ValueError if there is none."""
    try:
        return ZoneInfo(name)
    except (OSError, ZoneInfoNotFoundError) as error:
        raise ValueError(name) from error


def _moment(
    day: re.Match[str],
    month: int,
    clock: re.Match[str] | None,
    zone: ZoneInfo,
    fraction: str | None = None,
) -> Moment:
    date = dt.date(int(day["year"]), month, int(day["day"]))
    if clock is None or clock["hour"] is None:
        return date
    hour, half = int(clock["hour"]), (clock["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    time = dt.time(
        hour,
        int(clock["minute"]),
        int(clock["second"] or 0),
        int((fraction or "0")[:6].ljust(6, "0")),
    )
    named = clock["zone"]
    fixed = None if not named else dt.UTC if named[0] in "UG" else offset(named)
    return _zoned(dt.datetime.combine(date, time, fixed), zone)


def _day_first(text: str) -> dt.date | None:
    """``04.10.2024`` (dots: day first), and with slashes only what cannot be two days."""
    found = DAY_FIRST.fullmatch(text)
    if not found:
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if found[2] == "." or first > 12 or first == second:
        return dt.date(year, second, first)
    return dt.date(year, first, second) if second > 12 else None


def _named(text: str, zone: ZoneInfo) -> Moment | None:
    for form in NAMED:
        found = form.fullmatch(text)
        month = MONTH_NUMBER.get(found["month"].lower()) if found else None
        if found and month:
            clock = CLOCK.fullmatch(found["rest"].rstrip())
            if found["rest"].strip() and clock is None:
                return None
            return _moment(found, month, clock, zone)
    return None
