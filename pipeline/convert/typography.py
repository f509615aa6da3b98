"""Quotes, apostrophes, dashes and spaces that hold, over whole paragraphs of the tree, in the
post's language.

Only text that is language is touched: never code, math, keys, addresses, ``--options`` or the
primes of 5'10". Doing it twice changes nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pipeline.convert import spaces, tree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class Marks(NamedTuple):
    """The quotation marks of a language, outer and inner."""

    open: str
    close: str
    open_inner: str
    close_inner: str


QUOTES: dict[str, Marks] = {
    "en": Marks("“", "”", "‘", "’"),
    "cs": Marks("„", "“", "‚", "‘"),
    "da": Marks("»", "«", "›", "‹"),
    "de": Marks("„", "“", "‚", "‘"),
    "es": Marks("«", "»", "“", "”"),
    "fi": Marks("”", "”", "’", "’"),
    "fr": Marks("«" + spaces.THIN, spaces.THIN + "»", "“", "”"),
    "it": Marks("«", "»", "“", "”"),
    "pl": Marks("„", "”", "‚", "’"),
    "pt": Marks("“", "”", "‘", "’"),
    "ru": Marks("«", "»", "„", "“"),
    "sv": Marks("”", "”", "’", "’"),
    "tr": Marks("“", "”", "‘", "’"),
    "uk": Marks("«", "»", "„", "“"),
}
"""A language that is not here gets the English marks."""

APOSTROPHE = "’"

# Elements within a line; every other one ends a run of text: no quotation goes across it.
_INLINE = frozenset(
    """a abbr b bdi bdo cite code del dfn em i img input ins kbd label mark math q s samp small span
    strong sub sup time u var""".split()
)
_ADDRESS = re.compile(
    r"(?:https?|ftp|file)://\S+|www\.\S+|mailto:\S+|[^\s@]{1,64}@[^\s@]{1,255}\.\w+", re.I
)
_OBJECT = "\ufffc"  # stands for a formula, a code span, a picture
_OPENERS = frozenset(" \t\n\u00a0\u202f([{<-–—/“‘«„‚»›|+=*_")
_DASH = re.compile(r"(?<=[^\s-])([ \t\n\u00a0]+)(-{2,3})(?=[ \t\n\u00a0]+[^\s-])")
_PAIRED = re.compile(r"[^\s(]'(?!\w)")


@dataclass(slots=True)
class _Piece:
    element: Element
    tail: bool
    text: str


def set_type(body: Element, language: str) -> None:
    """Set the text under ``body`` in place, by the habits of ``language`` (a BCP 47 tag)."""
    runs: list[list[_Piece | str]] = [[]]
    _gather(body, runs)
    for run in runs:
        text = "".join(piece if isinstance(piece, str) else piece.text for piece in run)
        if changes := _changes(text, language):
            _put_back(run, changes)


def typeset(text: str, language: str) -> str:
    """Plain text, such as a title, set by the habits of ``language``."""
    changes = _changes(text, language)
    return "".join(changes.get(index, character) for index, character in enumerate(text))


def _changes(text: str, language: str) -> dict[int, str]:
    """What the characters at these places become."""
    changes = spaces.held(text, language)
    if "--" in text:
        changes.update(_dashes(text))
    if '"' in text or "'" in text:
        marks = QUOTES.get(language.partition("-")[0].lower(), QUOTES["en"])
        changes.update(_quotes(text, marks))
    return changes


def _gather(element: Element, runs: list[list[_Piece | str]]) -> None:
    """Split the text under ``element`` into runs, each of the pieces of one paragraph."""
    name = tree.local(element)
    if name in tree.OPAQUE or name in ("math", "img") or _is_literal_link(element):
        runs[-1].append(_OBJECT)
        return
    inline = name in _INLINE
    if not inline:
        runs.append([])
    if element.text:
        runs[-1].append(_Piece(element, False, element.text))
    for child in element:
        _gather(child, runs)
        if child.tail:
            runs[-1].append(_Piece(child, True, child.tail))
    if not inline:
        runs.append([])


def _is_literal_link(element: Element) -> bool:
    """A link that shows its own address, or leads to a note or back."""
    if element.tag != "a":
        return False
    names = tree.classes(element)
    if "noteref" in names or "backlink" in names:
        return True
    return _ADDRESS.fullmatch(element.text or "") is not None


def _quotes(text: str, marks: Marks) -> dict[int, str]:
    """What each straight quote of the run becomes, by its place."""
    done: dict[int, str] = {}
    literal = [found.span() for found in _ADDRESS.finditer(text)]
    outer = inner = 0  # how many quotations are open
    for index, character in enumerate(text):
        if character not in "\"'" or any(a <= index < b - 1 for a, b in literal):
            continue
        before = text[index - 1] if index else " "
        after = text[index + 1] if index + 1 < len(text) else " "
        if character == '"':
            if _opens(before, after, done.get(index - 1)):
                done[index], outer = marks.open, outer + 1
            elif outer or not before.isdigit():  # else inches: 5'10"
                done[index], outer = marks.close, max(0, outer - 1)
        elif before.isdigit() and (after.isdigit() or after in '"”″'):
            continue  # feet
        elif _opens(before, after, done.get(index - 1)) and _is_paired(text, index):
            done[index], inner = marks.open_inner, inner + 1
        elif inner and not after.isalnum():
            done[index], inner = marks.close_inner, inner - 1
        elif before != " " or after.isalnum():
            done[index] = APOSTROPHE
    return done


def _opens(before: str, after: str, mark: str | None) -> bool:
    """A quote between these two characters opens; ``mark`` is what the one before has become."""
    if after.isspace() or after in ").,;:!?]}":
        return False
    return before in _OPENERS or (before in "\"'" and mark is not None and mark != APOSTROPHE)


def _is_paired(text: str, index: int) -> bool:
    """A single quote that ends a word follows, and this is no ’90s or ’n’."""
    rest = text[index + 1 : index + 400]
    return _PAIRED.search(rest) is not None and re.match(r"\d0s\b|n'\s", rest) is None


def _dashes(text: str) -> dict[int, str]:
    """`` -- `` becomes an en dash, `` --- `` an em dash; nothing that is glued to a word."""
    done: dict[int, str] = {}
    for found in _DASH.finditer(text):
        start, end = found.span(2)
        done[start] = "–" if end - start == 2 else "—"
        done.update((place, "") for place in range(start + 1, end))
    return done


def _put_back(run: list[_Piece | str], changes: dict[int, str]) -> None:
    start = 0
    for piece in run:
        if isinstance(piece, str):
            start += len(piece)
            continue
        places = range(start, start + len(piece.text))
        text = "".join(changes.get(i, c) for i, c in zip(places, piece.text, strict=True))
        if text != piece.text and piece.tail:
            piece.element.tail = text
        elif text != piece.text:
            piece.element.text = text
        start = places.stop
