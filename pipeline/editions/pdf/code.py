"""Code lines that are too long are turned here, not by the layout: so each turn gets its mark.

The face is monospaced, so the characters that fit a line are known. A line is turned after a
space if there is one in its second half, else after a sign such as ``/`` or ``,``, else at the
edge; what follows starts with a mark that is drawn, not typed, so no text is added to the code.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from xml.etree import ElementTree as ET

SIZE = 8.6
"""Type size of code blocks, in pt."""
ADVANCE = 0.6
"""Width of a character of the code face, in em."""
FRAME = 15.6
"""Padding and rule of a block, in pt."""
MARK = 2
"""Characters that the turn mark takes."""
SIGNS = "/,;:&|=)]}.-_"
FEWEST = 16


@dataclass(slots=True)
class Piece:
    """A stretch of text in the tree: ``element.text``, or the tail of ``element``."""

    element: ET.Element
    parent: ET.Element
    tail: bool
    text: str
    start: int


def turn_long_lines(block: ET.Element, width: float, size: float = SIZE) -> None:
    """Break the lines of a ``<pre>`` that do not fit ``width`` pt at a type ``size`` in pt, and
    mark the turns."""
    fitting = max(FEWEST, int((width - FRAME) / (ADVANCE * size)))
    pieces = _pieces(block)
    text = "".join(piece.text for piece in pieces)
    if max(map(len, text.split("\n"))) <= fitting and "\t" not in text:
        return
    turns = _turns(text, fitting)
    for piece in reversed(pieces):
        inside = [at - piece.start for at in turns if piece.start < at <= _end(piece)]
        if inside:
            _split(piece, inside)


def _pieces(block: ET.Element) -> list[Piece]:
    found: list[Piece] = []
    length = 0

    def add(element: ET.Element, parent: ET.Element, text: str | None, tail: bool) -> None:
        nonlocal length
        if text:
            found.append(Piece(element, parent, tail, text, length))
            length += len(text)

    def walk(element: ET.Element) -> None:
        add(element, element, element.text, tail=False)
        for child in element:
            walk(child)
            add(child, element, child.tail, tail=True)

    walk(block)
    return found


def _end(piece: Piece) -> int:
    return piece.start + len(piece.text)


def _turns(text: str, fitting: int) -> list[int]:
    """Offsets into ``text`` at which a new line must begin."""
    turns = []
    offset = 0
    for line in text.split("\n"):
        start, room = 0, fitting
        while _width(line[start:]) > room:
            turn = start + _best(line[start:], room)
            turns.append(offset + turn)
            start, room = turn, fitting - MARK
        offset += len(line) + 1
    return turns


def _width(line: str) -> int:
    return len(line.expandtabs(4))


def _best(line: str, room: int) -> int:
    """How many characters of ``line`` to leave before the turn."""
    while _width(line[:room]) > room:
        room -= 1
    half = room // 2
    for signs in (" ", SIGNS):
        found = max(line.rfind(sign, half, room) for sign in signs)
        if found >= 0:
            return found + 1
    return max(room, 1)


def _split(piece: Piece, places: list[int]) -> None:
    """Cut the piece's text at ``places``, a line end and a mark between the parts."""
    cuts = [0, *places, len(piece.text)]
    parts = [piece.text[a:b] for a, b in itertools.pairwise(cuts)]
    head, rest = parts[0] + "\n", parts[1:]
    if piece.tail:
        index = list(piece.parent).index(piece.element) + 1
        piece.element.tail = head
    else:
        index = 0
        piece.element.text = head
    for number, part in enumerate(rest):
        mark = ET.Element("span", {"class": "turn"})
        mark.tail = part + ("\n" if number < len(rest) - 1 else "")
        piece.parent.insert(index + number, mark)
