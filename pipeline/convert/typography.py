"""Quotes, apostrophes and dashes in the post's language, over whole paragraphs of the tree.

Only text that is language is touched: never code, math, keys, addresses, ``--options`` or the
primes of 5'10". Doing it twice changes nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.convert import tree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_THIN = "\u202f"

QUOTES: dict[str, tuple[str, str, str, str]] = {
    "en": ("“", "”", "‘", "’"),
    "cs": ("„", "“", "‚", "‘"),
    "da": ("»", "«", "›", "‹"),
    "de": ("„", "“", "‚", "‘"),
    "es": ("«", "»", "“", "”"),
    "fi": ("”", "”", "’", "’"),
    "fr": ("«" + _THIN, _THIN + "»", "“", "”"),
    "it": ("«", "»", "“", "”"),
    "ja": ("“", "”", "‘", "’"),
    "nl": ("“", "”", "‘", "’"),
    "pl": ("„", "”", "‚", "’"),
    "pt": ("“", "”", "‘", "’"),
    "ru": ("«", "»", "„", "“"),
    "sv": ("”", "”", "’", "’"),
    "tr": ("“", "”", "‘", "’"),
    "uk": ("«", "»", "„", "“"),
}
"""Double and single marks, opening and closing; a language that is not here gets English ones."""

# Elements that end a run of text: what stands before cannot quote what stands after.
_INLINE = frozenset(
    """a abbr b bdi bdo cite code del dfn em i img ins kbd mark math q s samp small span strong
    sub sup time u var""".split()
)
_LITERAL = tree.OPAQUE
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.|mailto:)\S+|\S+@\S+\.\w+", re.I)
_OBJECT = "\ufffc"  # stands for a formula, a code span, a picture
_OPENERS = frozenset(" \t\n\u00a0\u202f([{<-–—/“‘«„‚»›|+=*_:;,.…")


@dataclass(slots=True)
class _Piece:
    element: Element
    tail: bool
    start: int
    text: str


def set_type(body: Element, language: str) -> None:
    """Set the text under ``body`` in place, by the habits of ``language`` (a BCP 47 tag)."""
    runs: list[list[_Piece | str]] = [[]]
    _gather(body, runs)
    marks = QUOTES.get(language.split("-")[0].lower(), QUOTES["en"])
    for run in runs:
        text = "".join(piece if isinstance(piece, str) else piece.text for piece in run)
        if not any(c in text for c in "\"'") and "--" not in text:
            continue
        _put_back(run, _dashes(text, _quotes(text, marks)))


def _gather(element: Element, runs: list[list[_Piece | str]]) -> None:
    name = tree.local(element)
    if name in _LITERAL or name == "math" or name == "img" or _is_bare_address(element):
        runs[-1].append(_OBJECT)
    else:
        block = name not in _INLINE
        if block:
            runs.append([])
        if element.text:
            runs[-1].append(_Piece(element, False, 0, element.text))
        for child in element:
            _gather(child, runs)
            if child.tail:
                runs[-1].append(_Piece(child, True, 0, child.tail))
        if block:
            runs.append([])


def _is_bare_address(element: Element) -> bool:
    """A link that shows its own address, a note's number, a backlink."""
    if element.tag != "a":
        return False
    names = tree.classes(element)
    return "footnote-ref" in names or "footnote-back" in names or bool(_ADDRESS.fullmatch(element.text or ""))


def _quotes(text: str, marks: tuple[str, str, str, str]) -> dict[int, str]:
    """What each straight quote of the run becomes, by its place."""
    result: dict[int, str] = {}
    literal = [found.span() for found in _ADDRESS.finditer(text)]
    depth = 0
    for index, character in enumerate(text):
        if character not in "\"'" or any(a <= index < b - 1 for a, b in literal):
            continue
        before = text[index - 1] if index else " "
        after = text[index + 1] if index + 1 < len(text) else " "
        if character == '"':
            opens = _opens(before, after, depth > 0)
            if not opens and not depth and before.isdigit():
                continue  # inches: 5'10"
            result[index] = marks[0] if opens else marks[1]
            depth = depth + 1 if opens else max(0, depth - 1)
        elif before.isdigit() and (after.isdigit() or after in '"”'):
            continue  # feet
        elif before.isalnum() or before == _OBJECT:
            result[index] = "’" if after.isalnum() or not _is_open_single(text, result, index, marks) else marks[3]
        elif after.isdigit() or not _closes_later(text, index):
            result[index] = "’" if after.isalnum() else (marks[3] if before not in " \n" else "'")
        else:
            result[index] = marks[2] if _opens(before, after, False) else marks[3]
    return {place: mark for place, mark in result.items() if mark not in ("'", '"')}


def _opens(before: str, after: str, inside: bool) -> bool:
    if after.isspace() or after == "":
        return False
    if before in _OPENERS or before == _OBJECT and not inside:
        return not (inside and before in ".,;:…" )
    return before in "\"'"


def _is_open_single(text: str, done: dict[int, str], index: int, marks: tuple[str, ...]) -> bool:
    """A single quotation was opened in this run and not closed yet."""
    opened = sum(1 for place, mark in done.items() if place < index and mark == marks[2])
    closed = sum(
        1 for place, mark in done.items()
        if place < index and mark == marks[3] and not text[place + 1 : place + 2].isalnum()
    )  # fmt: skip
    return opened > closed


def _closes_later(text: str, index: int) -> bool:
    """Another straight single quote ends a word further on: a pair, not an apostrophe."""
    return re.search(r"[^\s(]'(?!\w)", text[index + 1 :]) is not None


_DASH = re.compile(r"(?<=[^\s-])([ \t\n\u00a0]+)(-{2,3})(?=[ \t\n\u00a0]+[^\s-])")


def _dashes(text: str, done: dict[int, str]) -> dict[int, str]:
    """`` -- `` becomes an en dash, `` --- `` an em dash; nothing that is glued to a word."""
    for found in _DASH.finditer(text):
        start, end = found.span(2)
        done[start] = "–" if end - start == 2 else "—"
        for place in range(start + 1, end):
            done[place] = ""
    return done


def _put_back(run: list[_Piece | str], done: dict[int, str]) -> None:
    start = 0
    for piece in run:
        if isinstance(piece, str):
            start += len(piece)
            continue
        end = start + len(piece.text)
        if any(start <= place < end for place in done):
            text = "".join(done.get(start + i, c) for i, c in enumerate(piece.text))
            if piece.tail:
                piece.element.tail = text
            else:
                piece.element.text = text
        start = end
