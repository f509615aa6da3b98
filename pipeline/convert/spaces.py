"""The spaces at which no line may end: ``J. S. Bach``, ``No. 5``, ``10 km``, ``4 October``.

A rule is a pattern with one group, the blanks that are held. What is held by a no-break space is
still one space between the same words. Doing it twice changes nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from pipeline import words

NO_BREAK = "\u00a0"
THIN = "\u202f"
"""Narrow no-break space."""

UNITS = """
% ‰ °C °F K kB KB MB GB TB PB KiB MiB GiB TiB bit byte bytes kbit/s Mbit/s Gbit/s kbps Mbps Gbps
MB/s GB/s Hz kHz MHz GHz nm µm μm mm cm dm m km m² km² m³ km/h m/s mi ft mg g kg t ml cl l L s ms
µs μs ns min h W kW MW kWh V mV mA Ah mAh J kJ N Pa hPa bar dB px pt dpi ppi fps rpm € EUR USD TL ₺
""".split()
"""A number keeps these with it."""

BEFORE_NUMBERS: dict[str, str] = {
    "": "No Nos Nr p pp vol fig",
    "de": "S Bd Bde Abb Tab Kap Abs Art Nrn Anm Gl Hs Bl",
    "en": "Vol Vols vols Fig Figs figs ch chs Ch sec Sec eq Eq art Art para ca c ed v vv l ll n nn",
    "es": "pág págs núm núms cap art fig",
    "fr": "chap art fig t éd ch",
    "it": "pag cap art fig",
    "nl": "blz hfdst art afb",
    "tr": "s ss c no md Md sf Böl Şek",
}
"""Abbreviations, without their full stop, that a number follows; those under "" in any language."""
BEFORE_NAMES: dict[str, str] = {
    "": "Dr Prof St",
    "de": "Hr Fr Hl",
    "en": "Mr Mrs Ms Mx Rev Gen Col Capt Lt Hon Sr",
    "fr": "MM",
    "tr": "Doç Av Yrd",
}
"""Titles, without their full stop, that a name follows."""
PHRASES: dict[str, tuple[str, ...]] = {
    "de": ("z. B.", "d. h.", "u. a.", "u. U.", "o. Ä.", "i. d. R.", "z. T.", "v. Chr.", "n. Chr."),
    "en": ("i. e.", "e. g."),
}
"""Abbreviations of several words, which stay on one line."""
LONELY: dict[str, str] = {
    "cs": "kvszaouiKVSZAOUI", "sk": "kvszaouiKVSZAOUI", "pl": "aiouwzAIOUWZ",
}  # fmt: skip
"""Words of one letter that do not end a line."""

_BLANKS = r"([ \t\n]+)"
_CAPITAL = "[A-ZÀ-ÖØ-ÞĆČĎĐĞİŁŃŇŘŚŠŞŤŹŻŽΑ-ΩА-ЯЁ]"
COMMON: tuple[str, ...] = (
    rf"(?<=\d){_BLANKS}(?=(?:{'|'.join(map(re.escape, UNITS))})(?![\w/°-]))",
    rf"(?<![\w.]){_CAPITAL}\.{_BLANKS}(?={_CAPITAL}(?:\.|[^\W\d_]|['’]))",
    rf"[§¶№]{_BLANKS}(?=\d)",
    rf"n°{_BLANKS}(?=\d)",
    rf"[€$£¥₺]{_BLANKS}(?=\d)",
    rf"(?<![\d.,])\d{{1,3}}{_BLANKS}(?=\d{{3}}(?!\d))",
    rf"(?<=\d){_BLANKS}(?=[×x][ \t\n\u00a0]\d)",
    rf"(?<=\d[ \t\n\u00a0][×x]){_BLANKS}(?=\d)",
    rf"(?<=[^\W\d_]){_BLANKS}(?=[IVX]{{2,7}}(?!\w))",
)
"""Units, initials, signs before numbers, groups of digits, measures, ``Louis XIV``."""
FRENCH = re.compile(r"(?<=\S)[ \t\n]+(?=»|[!?]+(?![=\w])|[;:](?=\s|$))|(?<=«)[ \t\n]+(?=\S)")


def held(text: str, language: str) -> dict[int, str]:
    """What the characters at these places become, by the habits of ``language`` (BCP 47)."""
    done: dict[int, str] = {}
    spoken = words.primary(language)
    if spoken == "fr":
        for found in FRENCH.finditer(text):
            space = NO_BREAK if text[found.end()] == ":" else THIN
            done.update(_become(found.span(), space))
    for found in _rules(spoken).finditer(text):
        done.update(_become(found.span(found.lastindex or 0), NO_BREAK))
    return done


def _become(span: tuple[int, int], space: str) -> dict[int, str]:
    start, end = span
    return {start: space, **dict.fromkeys(range(start + 1, end), "")}


@lru_cache(maxsize=32)
def _rules(language: str) -> re.Pattern[str]:
    """All rules of a language as one pattern: a match's last group is what it holds."""
    numbers = f"{BEFORE_NUMBERS['']} {BEFORE_NUMBERS.get(language, '')}".split()
    names = f"{BEFORE_NAMES['']} {BEFORE_NAMES.get(language, '')}".split()
    rules = [
        *COMMON,
        rf"(?<![\w.])(?:{_any(numbers)})\.{_BLANKS}(?=\d|[IVXLC]+\b)",
        rf"(?<![\w.])(?:{_any(names)})\.{_BLANKS}(?={_CAPITAL})",
        *_dates(language),
    ]
    for phrase in PHRASES.get(language, ()):
        parts = phrase.split()
        rules += [
            rf"(?<![\w.]){re.escape(part)}{_BLANKS}(?={re.escape(following)})"
            for part, following in pairwise(parts)
        ]
    if language in LONELY:
        rules.append(rf"(?<![\w'’.-])[{LONELY[language]}]{_BLANKS}(?=\w)")
    return re.compile("|".join(rules))


def _dates(language: str) -> tuple[str, ...]:
    """A day stays with its month, on either side of it."""
    months = words.months(language)
    if not months:
        return ()
    month = rf"(?:{_any(months)})(?!\w)"
    day = r"(?<![\w.,:/-])\d{1,2}(?:st|nd|rd|th|er|\.|º)?"
    return (
        rf"{day}{_BLANKS}(?=(?:de[ \u00a0])?{month})",
        rf"(?<!\w){month}\.?{_BLANKS}(?=\d{{1,2}}(?:st|nd|rd|th)?(?![\w.:/-]\d|\d))",
    )


def _any(choices: tuple[str, ...] | list[str]) -> str:
    return "|".join(map(re.escape, sorted(choices, key=lambda word: (-len(word), word))))
