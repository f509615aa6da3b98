"""Which optional face covers what ours lack: facts about scripts and signs."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cache

CJK = "Debian's fonts-noto-cjk"
EMOJI = "Debian's fonts-noto-color-emoji"

SCRIPTS: dict[str, str] = {
    "Japanese": CJK,
    "Han": CJK,
    "Korean": CJK,
    "Bopomofo": CJK,
    "Arabic": "the Python package fontpkg-amiri",
    "Hebrew": "the Python package fontpkg-heebo",
    "Bengali": "the Python package fontpkg-hind-siliguri",
    "Devanagari": "the Python package fontpkg-noto-sans-devanagari",
    "Khmer": "the Python package fontpkg-noto-sans-khmer",
    "Tamil": "the Python package fontpkg-noto-sans-tamil",
    "Telugu": "the Python package fontpkg-noto-sans-telugu",
    "Thai": "the Python package fontpkg-noto-sans-thai",
}
"""Script to the package whose faces cover it."""

_EMOJI = """
20E3 2600-2604 2611 2614-2615 2618 261D 2620 2622-2623 2626 262A 262E-262F 2638-263A 2648-2653
267B 267F 2692-2697 2699 269B-269C 26A0-26A1 26A7 26AA-26AB 26B0-26B1 26BD-26BE 26C4-26C5 26C8
26CE-26CF 26D1 26D3-26D4 26E9-26EA 26F0-26F5 26F7-26FA 26FD 2705 2708-270D 270F 2712 2714 2716
271D 2721 2728 2733-2734 2744 2747 274C 274E 2753-2755 2757 2763-2764 2795-2797 27A1 27B0 27BF
2B05-2B07 2B1B-2B1C 2B50 2B55 1F004 1F0CF 1F170-1F171 1F17E-1F17F 1F18E 1F191-1F19A 1F1E6-1F1FF
1F201-1F202 1F21A 1F22F 1F232-1F23A 1F250-1F251 1F300-1F321 1F324-1F393 1F396-1F397 1F399-1F39B
1F39E-1F3F0 1F3F3-1F3F5 1F3F7-1F4FD 1F4FF-1F53D 1F549-1F54E 1F550-1F567 1F56F-1F570 1F573-1F57A
1F587 1F58A-1F58D 1F590 1F595-1F596 1F5A4-1F5A5 1F5A8 1F5B1-1F5B2 1F5BC 1F5C2-1F5C4 1F5D1-1F5D3
1F5DC-1F5DE 1F5E1 1F5E3 1F5E8 1F5EF 1F5F3 1F5FA-1F64F 1F680-1F6C5 1F6CB-1F6D2 1F6D5-1F6D7
1F6DC-1F6E5 1F6E9 1F6EB-1F6EC 1F6F0 1F6F3-1F6FC 1F7E0-1F7EB 1F7F0 1F90C-1F93A 1F93C-1F945
1F947-1F9FF 1FA70-1FA7C 1FA80-1FA88 1FA90-1FABD 1FABF-1FAC5 1FACE-1FADB 1FAE0-1FAE8 1FAF0-1FAF8
"""
_EAST_ASIAN = """
1100-11FF 2E80-9FFF A960-A97F AC00-D7FF F900-FAFF FE10-FE19 FE30-FE6F FF00-FFEF 16FE0-18DFF
1B000-1B16F 1F200 1F210-1F219 1F21B-1F22E 1F230-1F231 1F23B 1F240-1F248 20000-323AF
"""
_CJK_SIGNS = "2027 2042 2160-216B 2170-217B 271A 273F-2740 2756 2B95 1F100-1F1AC"
"""Signs outside the blocks of the script that the CJK face has as well."""


def is_east_asian(character: str) -> bool:
    """Whether the character is of the Chinese, Japanese and Korean blocks, their signs included."""
    return ord(character) >= 0x1100 and _within(_EAST_ASIAN, character)


def of_symbol(character: str) -> str | None:
    """The package whose face covers the sign; None if no optional face is known to."""
    if _within(_EMOJI, character):
        return EMOJI
    if is_east_asian(character) or _within(_CJK_SIGNS, character):
        return CJK
    return None


GENERIC = frozenset(
    """LETTER SYLLABLE SYLLABLES VOWEL SIGN CHARACTER DIGIT CONSONANT MARK UNIFIED COMPATIBILITY
    NUMBER CAPITAL SMALL EXTENDED""".split()
)
EAST_ASIAN_NAMES = (("HIRAGANA", "Japanese"), ("KATAKANA", "Japanese"), ("HANGUL", "Korean"),
                    ("BOPOMOFO", "Bopomofo"), ("CJK", "Han"))  # fmt: skip


def script(character: str) -> str | None:
    """The script's name, as the character's own name begins: ``Han``, ``Arabic``.

    None for signs that several scripts share.
    """
    name = unicodedata.name(character, "")
    if is_east_asian(character):
        return next((found for part, found in EAST_ASIAN_NAMES if part in name), None)
    head = []
    known = name.replace("-", " ").partition(" ")[0].title()
    if known in SCRIPTS:  # its marks and digits too: ARABIC FATHATAN, ARABIC-INDIC DIGIT ONE
        return known
    for word in name.split():
        if word in GENERIC or "-" in word:
            break
        head.append(word.title())
    return " ".join(head) or "unknown"


def scripts(run: str) -> tuple[str, ...]:
    """The scripts of a run's letters, each once; kana makes its Han Japanese, Hangul Korean."""
    letters = [c for c in run if c.isalpha()] or [c for c in run if is_letter(c)]
    names = dict.fromkeys(name for c in letters if (name := script(c)))
    if not names.keys().isdisjoint(("Japanese", "Korean")):
        names.pop("Han", None)
    return tuple(names) or ("Han",)


def is_letter(character: str) -> bool:
    """A letter, a digit of a script of its own, or what is put to one; the box of a keycap is
    none of them."""
    kind = unicodedata.category(character)
    return (kind[0] in "LM" and character != "\u20e3") or (
        kind == "Nd" and script(character) in SCRIPTS
    )


def _within(table: str, character: str) -> bool:
    starts, ends = _ranges(table)
    place = bisect_right(starts, ord(character)) - 1
    return place >= 0 and ord(character) <= ends[place]


@cache
def _ranges(table: str) -> tuple[list[int], list[int]]:
    pairs = [(first, last or first) for first, _, last in (p.partition("-") for p in table.split())]
    return [int(first, 16) for first, _ in pairs], [int(last, 16) for _, last in pairs]
