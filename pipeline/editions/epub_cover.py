"""A cover drawn for the post: title, author, accent colour, and the post's picture if there is one.

The drawing is a mask of one channel that two colours are laid into, so a cover costs a few dozen
milliseconds and a few dozen kilobytes. At 100 × 160 px, a shop's thumbnail, the title still reads.
"""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline import fonts, words
from pipeline.config import Settings
from pipeline.convert.typography import typeset
from pipeline.editions.colours import Colour, contrast, mix, parse
from pipeline.editions.pdf.glyphs import in_words
from pipeline.fonts.installed import MATH_FONT
from pipeline.model import Asset, Document, Metadata

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1000, 1600
MARGIN = 96
MEASURE = WIDTH - 2 * MARGIN
PICTURE = 640
"""Height of the band that the post's picture fills."""
LIGHT: Colour = (255, 254, 251)
DARK: Colour = (26, 26, 26)
LEVELS = 16
"""Shades between ground and text: enough for smooth edges, and four bits a pixel."""
SIZES = (136, 126, 118, 106, 94, 84, 74, 66, 58, 50)
"""Sizes in px that the title is tried at, the largest that fits is taken."""

MOST_NAMES = 4
"""Authors named below one another where one line cannot hold them."""


def cover(document: Document, settings: Settings) -> Asset:
    """The cover as PNG (typographic) or JPEG (with the picture), ``WIDTH`` × ``HEIGHT``."""
    ground = parse(settings.look.accent)
    ink = LIGHT if contrast(LIGHT, ground) >= contrast(DARK, ground) else DARK
    picture = _picture(document.cover)
    mask = _drawing(_as_set(document.record, settings), settings, PICTURE if picture else 0)
    out = io.BytesIO()
    if picture is None:
        _coloured(mask, ground, ink).save(out, "PNG", bits=4, compress_level=4)
        return Asset("cover.png", "image/png", out.getvalue(), WIDTH, HEIGHT)
    page = _coloured(mask, ground, ink).convert("RGB")
    page.paste(picture, (0, 0))
    page.save(out, "JPEG", quality=78, optimize=False)
    return Asset("cover.jpg", "image/jpeg", out.getvalue(), WIDTH, HEIGHT)


def _as_set(record: Metadata, settings: Settings) -> Metadata:
    """The record with its titles as the title block prints them."""
    if not settings.text.typography:
        return record
    subtitle = record.subtitle and typeset(record.subtitle, record.language)
    return replace(record, title=typeset(record.title, record.language), subtitle=subtitle)


def _coloured(mask: Image, ground: Colour, ink: Colour) -> Image:
    """The mask's shades as a palette from ground to ink."""
    shades = [mix(ground, ink, step / (LEVELS - 1)) for step in range(LEVELS)]
    page = mask.point([round(value * (LEVELS - 1) / 255) for value in range(256)])
    page.putpalette([channel for shade in shades for channel in shade])
    return page


def _picture(asset: Asset | None) -> Image | None:
    """The post's picture cut to the band, from its middle; None if it cannot be read."""
    if asset is None or asset.media_type == "image/svg+xml":
        return None
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(asset.data)) as opened:
            opened.draft("RGB", (WIDTH, PICTURE))
            flat = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None
    if flat.mode == "RGBA":
        paper = Image.new("RGBA", flat.size, (*LIGHT, 255))
        flat = Image.alpha_composite(paper, flat).convert("RGB")
    return ImageOps.fit(flat, (WIDTH, PICTURE), method=Image.Resampling.BILINEAR)


def _drawing(record: Metadata, settings: Settings, top: int) -> Image:
    """The words, white on black: category, title, rule, subtitle, authors, publication."""
    from PIL import Image, ImageDraw

    page = Image.new("L", (WIDTH, HEIGHT), 0)
    pen = _Pen(ImageDraw.Draw(page), record.language)
    foot = _foot(pen, record, settings)
    y = top + MARGIN
    for category in record.categories[:1]:
        font = _font("sans", 600, 40, category)
        pen.line(y, _wrapped(pen.shown(category, font), font)[0], 205, font, "a")
        y += 84
    font, lines, step = _title(record.title, foot - y - 200, pen)
    for line in lines:
        pen.line(y, line, 255, font, "a")
        y += step
    y += 48
    left = WIDTH - MARGIN - 150 if pen.backwards else MARGIN
    pen.draw.rectangle((left, y, left + 150, y + 7), fill=255)
    if record.subtitle and y + 110 < foot:
        font = _font("serif", 400, 46, record.subtitle, italic=True)
        for line in _wrapped(pen.shown(record.subtitle, font), font)[: (foot - y - 60) // 60]:
            pen.line(y + 50, line, 235, font, "t")
            y += 60
    return page


def _foot(pen: _Pen, record: Metadata, settings: Settings) -> int:
    """Authors and publication, from the foot upwards; returns the height where they begin."""
    y = HEIGHT - MARGIN
    if settings.title:
        font = _font("sans", 400, 38, settings.title)
        pen.line(y, _wrapped(pen.shown(settings.title, font), font)[0], 205, font, "b")
        y -= 66
    names = tuple(person.name for person in record.authors)
    phrase = words.join_names(names, record.language)
    font = _font("sans", 600, 56, phrase)
    lines = [phrase] if font.width(phrase) <= MEASURE else list(names[:MOST_NAMES])
    for line in reversed(lines):
        pen.line(y, pen.shown(line, font), 255, font, "b")
        y -= 72
    return y


class _Font:
    """A face at a size, with what it can show."""

    __slots__ = ("face", "pil")

    def __init__(self, face: fonts.Face, pil: FreeTypeFont) -> None:
        self.face = face
        self.pil = pil

    def width(self, text: str) -> float:
        return float(self.pil.getlength(text))


class _Pen:
    """Sets lines at the margin where those of the language begin."""

    __slots__ = ("backwards", "draw", "language")

    def __init__(self, draw: ImageDraw, language: str) -> None:
        self.draw = draw
        self.language = language
        self.backwards = words.catalogue(language).direction == "rtl"

    def line(self, y: int, text: str, fill: int, font: _Font, edge: str) -> None:
        """One line; ``edge`` is the letter of Pillow's anchors for what of it stands at ``y``."""
        x, side = (WIDTH - MARGIN, "r") if self.backwards else (MARGIN, "l")
        self.draw.text((x, y), text, fill=fill, font=font.pil, anchor=side + edge)

    def shown(self, text: str, font: _Font) -> str:
        """The text, what the face has no glyph for in words: a cover shows no empty boxes."""
        lacking = frozenset(c for c in text if not (c.isspace() or font.face.covers(c)))
        visible = frozenset(c for c in lacking if not fonts.is_invisible(c))
        plain = "".join(c for c in text if c not in lacking - visible)
        return " ".join(in_words(plain, visible, self.language).split())


def _font(role: str, weight: int, size: int, text: str, *, italic: bool = False) -> _Font:
    """The face of ours, or a fallback that shows more of the text."""
    from PIL import ImageFont

    library = fonts.library()
    spare = (face for face in library.fallbacks if face.family != MATH_FONT[0])
    candidates = (library.face(role, weight, italic), *spare)
    face = max(candidates, key=lambda one: sum(map(one.covers, text)))
    return _Font(face, ImageFont.truetype(face.file, size))


def _title(title: str, room: int, pen: _Pen) -> tuple[_Font, list[str], int]:
    """The largest size at which the title fits, its lines, and the distance between them."""
    for size in SIZES:
        font = _font("serif-display", 400, size, title)
        lines = _wrapped(pen.shown(title, font), font)
        step = round(size * 1.16) if font.face.role != "fallback" else sum(font.pil.getmetrics())
        fits = all(font.width(line) <= MEASURE for line in lines)
        if fits and len(lines) * step <= room:
            break
    lines = [part for line in lines for part in _cut(line, font)]
    return font, lines[: max(1, room // step)], step


def _wrapped(text: str, font: _Font) -> list[str]:
    """Lines no wider than the measure, save for a single word that is."""
    lines: list[str] = []
    for word in text.split():
        if lines and font.width(f"{lines[-1]} {word}") <= MEASURE:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def _cut(line: str, font: _Font) -> list[str]:
    """A line wider than the measure in parts that are not: even the longest word is read whole."""
    parts = [""]
    for character in line:
        if font.width(parts[-1] + character) > MEASURE:
            parts.append("")
        parts[-1] += character
    return parts
