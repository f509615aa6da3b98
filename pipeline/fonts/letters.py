"""Letters that a face lacks, put together from a base and a mark that it has.

Atkinson Hyperlegible has every letter of Turkish but the capital I with a dot: a face from which
one letter is missing would take it from another family, in the middle of a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

LETTERS: tuple[tuple[str, str, str, str], ...] = (("İ", "I", "dotaccent", "Zdotaccent"),)
"""A letter, the glyphs of its base and its mark, and a glyph in which the mark stands as high."""


def complete(font: TTFont) -> None:
    """Add the letters of the table to a TrueType font that lacks them and has their parts."""
    if "glyf" not in font:
        return
    outlines: Any = font["glyf"]
    for letter, base, mark, like in LETTERS:
        parts = {base, mark, like} <= set(outlines.keys())
        if parts and ord(letter) not in font.getBestCmap() and outlines[like].isComposite():
            _add(font, letter, base, mark, outlines[like].components[-1].y)


def _add(font: TTFont, letter: str, base: str, mark: str, rise: int) -> None:
    """``rise`` is how far the mark is lifted, in units of the font; it is centred on the base."""
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    outlines: Any = font["glyf"]
    metrics: Any = font["hmtx"]
    below, above = outlines[base], outlines[mark]
    aside = (below.xMin + below.xMax - above.xMin - above.xMax) // 2
    pen = TTGlyphPen(outlines)
    pen.addComponent(base, (1, 0, 0, 1, 0, 0))
    pen.addComponent(mark, (1, 0, 0, 1, aside, rise))
    name = f"uni{ord(letter):04X}"
    glyph = pen.glyph()
    outlines[name] = glyph
    glyph.recalcBounds(outlines)
    metrics[name] = metrics[base]
    tables: Any = font["cmap"]
    for table in tables.tables:
        if table.isUnicode():
            table.cmap[ord(letter)] = name
