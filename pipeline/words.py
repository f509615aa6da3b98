"""The words that editions print, one catalogue a language, and dates and name lists by Babel.

A catalogue is ``pipeline/locale/<language>.toml``. A language without one prints English words
around its text, but its dates, lists and direction are its own.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.model import Moment

LOCALE = Path(__file__).parent / "locale"
FALLBACK = "en"

RIGHT_TO_LEFT = frozenset(("ar", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"))
"""Primary subtags of languages whose usual script runs from right to left."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The printed words of one language. ``catalogue["contents"]`` is the word for it."""

    language: str
    """BCP 47 tag of the post."""
    spoken: str
    """The language that the words are in: the post's, or English where there is no catalogue."""
    texts: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        """The words for ``key``; raises ``KeyError`` for a key that no catalogue has."""
        return self.texts[key]

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``, for HTML's ``dir``."""
        return "rtl" if primary(self.language) in RIGHT_TO_LEFT else "ltr"


def primary(language: str) -> str:
    """The primary language subtag: ``pt`` of ``pt-BR``."""
    return language.replace("_", "-").split("-")[0].lower()


def languages() -> tuple[str, ...]:
    """The languages that have a catalogue."""
    return tuple(sorted(path.stem for path in LOCALE.glob("*.toml")))


@lru_cache(maxsize=64)
def catalogue(language: str) -> Catalogue:
    """The words for a BCP 47 language tag; what a catalogue lacks is taken from English."""
    texts = dict(_read(FALLBACK))
    spoken = primary(language)
    if spoken != FALLBACK and (LOCALE / f"{spoken}.toml").is_file():
        texts.update(_read(spoken))
    else:
        spoken = FALLBACK
    return Catalogue(language, spoken, texts)


@lru_cache(maxsize=8)
def _read(language: str) -> Mapping[str, str]:
    texts: Mapping[str, str] = tomllib.loads((LOCALE / f"{language}.toml").read_text("utf-8"))
    return texts


def iso(moment: Moment) -> str:
    """The moment as ISO 8601: ``2024-10-04`` or ``2024-10-04T10:08:14+03:00``. HTML takes three
    digits of a second's fraction at most."""
    if isinstance(moment, dt.datetime) and moment.microsecond:
        return moment.isoformat(timespec="milliseconds")
    return moment.isoformat()


def day(moment: Moment) -> dt.date:
    """The calendar day that the source wrote, in its own zone."""
    return moment.date() if isinstance(moment, dt.datetime) else moment


def format_date(moment: Moment, language: str) -> str:
    """The day in the long form of the language: ``4 October 2024``, ``4 Ekim 2024``.

    Plain ``en`` names no country, so the order that none misreads is used; ``en-US`` and every
    other tag follow CLDR's long form. A language that CLDR lacks gets ISO 8601.
    """
    from babel import Locale, UnknownLocaleError
    from babel.dates import format_date as babel_date

    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return day(moment).isoformat()
    pattern = "d MMMM y" if language == "en" else "long"
    return babel_date(day(moment), pattern, locale=locale)


@lru_cache(maxsize=16)
def months(language: str) -> tuple[str, ...]:
    """The names of the months as dates have them, long and short; none for a language that CLDR
    lacks."""
    from babel import Locale, UnknownLocaleError

    try:
        formats = Locale.parse(language.replace("-", "_")).months["format"]
    except (UnknownLocaleError, ValueError):
        return ()
    names = (*formats["wide"].values(), *formats["abbreviated"].values())
    return tuple(dict.fromkeys(name for name in names if not name.isdigit()))


def join_names(names: tuple[str, ...], language: str) -> str:
    """The names as one phrase of the language: ``A``, ``A and B``, ``A, B, and C``."""
    if len(names) < 2:
        return "".join(names)
    from babel import Locale, UnknownLocaleError
    from babel.lists import format_list

    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return ", ".join(names)
    return format_list(names, style="standard", locale=locale)
