"""What differs between two versions of a line, and characters that one does not see made visible.

Every line of a post goes through here on its way into a page. Characters that HTML does not allow,
and those that turn the order of letters around, are shown by name: a line must not look like
another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple


class Piece(NamedTuple):
    """A stretch of a line. ``marked``: it differs from the other side; ``sign``: the text is the
    name of a character, or stands for one, and is not in the line itself."""

    text: str
    marked: bool = False
    sign: bool = False


Line = tuple[Piece, ...]

WORDS = 400
"""Beyond so many words two lines are not compared word by word: the time for it grows with the
square."""

_PART = re.compile(r"\w+|\s|[^\w\s]")
_NAMES = {
    "\t": "TAB", "\n": "\u21b5", "\u00a0": "NBSP", "\u00ad": "SHY", "\u200b": "ZWSP",
    "\u200e": "LRM", "\u200f": "RLM", "\u202f": "NNBSP", "\u2060": "WJ", "\ufeff": "BOM",
}  # fmt: skip
_FORBIDDEN = "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef" + "".join(
    chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)
)
_TURNING = "\u2028\u2029\u202a-\u202e\u2066-\u2069"
_UNSEEN = "\t\n\u00a0\u00ad\u1680\u2000-\u200b\u200e\u200f\u202f\u205f\u2060\u3000\ufeff"
_ALWAYS = re.compile(f"[{_FORBIDDEN}{_TURNING}]")
_WHERE_MARKED = re.compile(f"[{_FORBIDDEN}{_TURNING}{_UNSEEN}]")


def plain(text: str) -> Line:
    """A line that is the same on both sides."""
    return tuple(_seen(text, marked=False))


def whole(text: str) -> Line:
    """A line that stands on one side only; an empty one is no pieces."""
    return tuple(_seen(text, marked=True))


def compared(old: str, new: str) -> tuple[Line, Line]:
    """Both lines with what differs marked."""
    if old == new:
        return plain(old), plain(new)
    before, after = _PART.findall(old), _PART.findall(new)
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    middle = before[start : len(before) - end], after[start : len(after) - end]
    left: list[Piece] = []
    right: list[Piece] = []
    for a, b, same in _stretches(*middle):
        left += _seen(a, marked=not same)
        right += _seen(b, marked=not same)
    head = plain("".join(before[:start]))
    tail = plain("".join(before[len(before) - end :]) if end else "")
    return (*head, *left, *tail), (*head, *right, *tail)


def _shared(one: list[str], other: list[str]) -> int:
    """How many parts both begin with."""
    for number, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return number
    return min(len(one), len(other))


def _stretches(before: list[str], after: list[str]) -> Iterator[tuple[str, str, bool]]:
    """Old and new text in turn, and whether they are the same."""
    if max(len(before), len(after)) > WORDS or not before or not after:
        yield "".join(before), "".join(after), False
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        yield "".join(before[a:b]), "".join(after[c:d]), kind == "equal"


def _seen(text: str, marked: bool) -> Iterator[Piece]:
    """The text in pieces, what cannot be seen by its name. Blanks are shown where nothing but
    blanks differs."""
    odd = _WHERE_MARKED if marked else _ALWAYS
    if marked and text.strip(" ") == "":
        if text:
            yield Piece("\u00b7" * len(text), marked, sign=True)
        return
    position = 0
    for match in odd.finditer(text):
        if match.start() > position:
            yield Piece(text[position : match.start()], marked)
        yield Piece(name(match[0]), marked, sign=True)
        if match[0] == "\n":
            yield Piece("\n", marked)
        position = match.end()
    if position < len(text):
        yield Piece(text[position:], marked)


def name(character: str) -> str:
    """The short name of a character that is not seen, else its number in Unicode."""
    return _NAMES.get(character, f"U+{ord(character):04X}")


def tidy(text: str) -> str:
    """Text for a place that takes no pieces (a title, a reason): without what HTML forbids and
    without turns of direction."""
    return _ALWAYS.sub("\ufffd", text.replace("\n", " ").replace("\r", " "))


def escaped(text: str) -> str:
    """The same for a text in quotes: such characters by their numbers, as TOML has them."""
    return _ALWAYS.sub(lambda match: f"\\U{ord(match[0]):08X}", text)
