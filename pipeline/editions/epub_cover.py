"""A cover drawn for the post: title, author, accent colour, and the post's picture if there is one.

The drawing is a mask of one channel that two colours are laid into, so a cover costs a few dozen
milliseconds and a few dozen kilobytes. At 100 × 160 px, a shop's thumbnail, the title still reads.
"""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipeline import fonts, words
from pipeline.config import Settings
from pipeline.convert.typography import typeset
from pipeline.editions.colours import Colour, contrast, mix, parse
from pipeline.model import Asset, Document, Metadata

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1000, 1600
MARGIN = 96
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
            flat = opened.convert("RGBA") if "A" in opened.getbands() else opened.convert("RGB")
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
    pen = ImageDraw.Draw(page)
    foot = _foot(pen, record, settings)
    y = top + MARGIN
    for category in record.categories[:1]:
        font = _font("sans", 600, 40, category)
        line = _wrapped(_shown(category, font), font)[0]
        pen.text((MARGIN, y), line, fill=205, font=font.pil, anchor="la")
        y += 84
    font, lines, step = _title(record.title, foot - y - 200)
    for line in lines:
        pen.text((MARGIN, y), line, fill=255, font=font.pil, anchor="la")
        y += step
    y += 48
    pen.rectangle((MARGIN, y, MARGIN + 150, y + 7), fill=255)
    if record.subtitle and y + 110 < foot:
        font = _font("serif", 400, 46, record.subtitle, italic=True)
        for line in _wrapped(_shown(record.subtitle, font), font)[: (foot - y - 60) // 60]:
            pen.text((MARGIN, y + 50), line, fill=235, font=font.pil, anchor="lt")
            y += 60
    return page


def _foot(pen: Any, record: Metadata, settings: Settings) -> int:
    """Authors and publication, from the foot upwards; returns the height where they begin."""
    y = HEIGHT - MARGIN
    if settings.title:
        font = _font("sans", 400, 38, settings.title)
        line = _wrapped(_shown(settings.title, font), font)[0]
        pen.text((MARGIN, y), line, fill=205, font=font.pil, anchor="lb")
        y -= 66
    names = tuple(person.name for person in record.authors)
    phrase = words.join_names(names, record.language)
    font = _font("sans", 600, 56, phrase)
    lines = [phrase] if font.width(phrase) <= WIDTH - 2 * MARGIN else list(names[:MOST_NAMES])
    for line in reversed(lines):
        pen.text((MARGIN, y), _shown(line, font), fill=255, font=font.pil, anchor="lb")
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


def _font(role: str, weight: int, size: int, text: str, *, italic: bool = False) -> _Font:
    """The face of ours, or a fallback that shows more of the text."""
    from PIL import ImageFont

    library = fonts.library()
    candidates = (library.face(role, weight, italic), *library.fallbacks)
    face = max(candidates, key=lambda one: sum(map(one.covers, text)))
    return _Font(face, ImageFont.truetype(face.file, size))


def _shown(text: str, font: _Font) -> str:
    """The text without what the face has no glyph for: a cover shows no empty boxes."""
    return " ".join("".join(c for c in text if c == " " or font.face.covers(c)).split())


def _title(title: str, room: int) -> tuple[_Font, list[str], int]:
    """The largest size at which the title fits, its lines, and the distance between them."""
    for size in SIZES:
        font = _font("serif-display", 400, size, title)
        lines = _wrapped(_shown(title, font), font)
        step = round(size * 1.16)
        fits = all(font.width(line) <= WIDTH - 2 * MARGIN for line in lines)
        if fits and len(lines) * step <= room:
            break
    return font, lines[: max(1, room // step)], step


def _wrapped(text: str, font: _Font) -> list[str]:
    """Lines no wider than the measure, save for a single word that is."""
    lines: list[str] = []
    for word in text.split():
        if lines and font.width(f"{lines[-1]} {word}") <= WIDTH - 2 * MARGIN:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]
