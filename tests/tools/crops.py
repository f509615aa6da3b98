"""Small pieces of pages of the sample publication and of specimens, for ``docs/print.md``.

A piece is found by words that stand in it, so it is still there when pages break elsewhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

SCALE = 110 / 72
"""Pixels a pt."""
SIDE = 14.0
"""What is shown left and right of the text, in pt."""
FRAME, EDGE = "#c9c6be", 1
HEAD, BASELINE, HALF, TINT = 27 * 72 / 25.4, 10.9, 14.5 / 2, "#c3dcf2"
"""The head of a page, how far below it its first line stands, half a line (pt); the ink."""


class Piece(NamedTuple):
    """A strip as wide as the text: from ``above`` pt over the words to ``below`` pt under them;
    with ``grid``, the lines on which text stands."""

    file: str
    words: str
    above: float
    below: float
    grid: bool = False


SQUARE, TURKISH = "square-root-in-your-paper-tray", "tr/ekrandan-kagida"
PICTURES: dict[str, tuple[Piece, ...]] = {
    "print-title": (Piece(SQUARE, "Why one ratio runs", 74, 103),),
    "print-rhythm": (Piece(SQUARE, "The output shows", 12, 118, grid=True),),
    "print-quotes": (
        Piece("english", "Bring 12", 5, 39),
        Piece("german", "Bringen", 5, 39),
        Piece("french", "Apportez", 5, 24),
        Piece("turkish", "12 kopya", 5, 24),
    ),
    "print-notes": (
        Piece("notes", "A reader who meets", 5, 39),
        Piece("notes", "On paper a link", 5, 24),
        Piece("notes", "In the PDF the", 14, 10),
    ),
    "print-small-caps": (
        Piece(SQUARE, "Measures", 9, 11),
        Piece(SQUARE, "Fit to page", 26, 42),
        Piece(TURKISH, "Baskıdan önce", 26, 28),
    ),
    "print-figures": (Piece(SQUARE, "Letter is 6", 5, 27),
                      Piece(SQUARE, "Short (mm)", 8, 104)),
    "print-table": (Piece(TURKISH, "Nerede kullan", 40, 76),),
    "print-code": (Piece(SQUARE, "def a_series", 44, 90),),
    "print-large": (Piece(f"{SQUARE}-large-print", "Why one ratio runs", 104, 396),),
}  # fmt: skip


def picture(pieces: tuple[Piece, ...], built: Path) -> Image.Image:
    """The pieces one under the other, each in a thin frame."""
    strips = [_strip(piece, built) for piece in pieces]
    gap = round(6 * SCALE)
    size = max(strip.width for strip in strips), sum(strip.height + gap for strip in strips) - gap
    whole = Image.new("RGB", size, "white")
    top = 0
    for strip in strips:
        whole.paste(strip, (0, top))
        top += strip.height + gap
    return whole


def _strip(piece: Piece, built: Path) -> Image.Image:
    pdf = pypdfium2.PdfDocument(built / f"{piece.file}.pdf")
    for page in pdf:
        place = _place(page, piece.words)
        if place is not None:
            break
    else:
        raise LookupError(f"{piece.words!r} is not in {piece.file}")
    left, right = _sides(page)
    height = page.get_height()
    box = (left - SIDE, height - place - piece.above, right + SIDE, height - place + piece.below)
    shown = page.render(scale=SCALE).to_pil().convert("RGB")
    if piece.grid:
        shown = ImageChops.darker(shown, _grid(shown.size))
    cut = shown.crop(tuple(round(edge * SCALE) for edge in box))
    framed = Image.new("RGB", (cut.width + 2 * EDGE, cut.height + 2 * EDGE), FRAME)
    framed.paste(cut, (EDGE, EDGE))
    return framed


def _grid(size: tuple[int, int]) -> Image.Image:
    """The lines of the grid of half lines, from the first one of a page of A4 on."""
    made = Image.new("RGB", size, "white")
    drawn, place = ImageDraw.Draw(made), HEAD + BASELINE
    while place * SCALE < made.height:
        drawn.line((0, round(place * SCALE), made.width, round(place * SCALE)), fill=TINT)
        place += HALF
    return made


def _place(page: pypdfium2.PdfPage, words: str) -> float | None:
    """The upper edge of the words, in pt from the page's foot."""
    text = page.get_textpage()
    found = text.search(words).get_next()
    return None if found is None else float(text.get_charbox(found[0])[3])


def _sides(page: pypdfium2.PdfPage) -> tuple[float, float]:
    """The left and the right edge of all text on the page, in pt."""
    text = page.get_textpage()
    rects = [text.get_rect(n) for n in range(text.count_rects())]
    return min(rect[0] for rect in rects), max(rect[2] for rect in rects)
