"""A cover drawn for the post: title, author, accent colour, and the post's picture if there is one.

The template ``epub/cover.toml`` says what stands on it (:mod:`.cover_plan`). The drawing is a mask
of one channel that two colours are laid into, so a cover costs a few dozen milliseconds and a few
dozen kilobytes. At 100 × 160 px, a shop's thumbnail, title and authors still read.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline import words
from pipeline.editions.colours import Colour, contrast, mix, parse
from pipeline.editions.cover_plan import Piece, Plan
from pipeline.editions.cover_type import Block, block
from pipeline.model import Asset, Document

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH, HEIGHT = 1000, 1600
LIGHT: Colour = (255, 254, 251)
DARK: Colour = (26, 26, 26)
LEVELS = 16
"""Shades between ground and text: enough for smooth edges, and four bits a pixel."""
GAP = 60
"""The least room between what stands at the top and what stands at the foot, in px."""


def cover(document: Document, plan: Plan) -> Asset:
    """The cover as PNG (typographic) or JPEG (with the picture), ``WIDTH`` × ``HEIGHT``."""
    ground = parse(plan.ground)
    light = contrast(LIGHT, ground) >= contrast(DARK, ground)
    ink = parse(plan.ink) if plan.ink else LIGHT if light else DARK
    height, blocks, foot = arranged(plan, document.record.language, _is_picture(document.cover))
    picture = _picture(document.cover, height) if height else None
    if height and picture is None:
        height, blocks, foot = arranged(plan, document.record.language, pictured=False)
    pen = _Pen(plan, document.record.language)
    page = _coloured(pen.drawing(height, blocks, foot), ground, ink)
    out = io.BytesIO()
    if picture is None:
        page.save(out, "PNG", bits=4, compress_level=4)
        return Asset("cover.png", "image/png", out.getvalue(), WIDTH, HEIGHT)
    whole = page.convert("RGB")
    whole.paste(picture, (0, 0))
    whole.save(out, "JPEG", quality=78, optimize=False)
    return Asset("cover.jpg", "image/jpeg", out.getvalue(), WIDTH, HEIGHT)


Setting = tuple[int, tuple[Block, ...], tuple[Block, ...]]
"""The picture's height, and what stands at the top and at the foot."""


def arranged(plan: Plan, language: str, pictured: bool) -> Setting:
    """The first arrangement in which every piece has its good size; else the one in which the
    sizes are largest. The picture gives way first, then what can be spared."""
    measure = WIDTH - 2 * plan.margin
    foot = tuple(_fitting(piece, measure, language, HEIGHT) for piece in plan.foot)
    below = _depth(foot) + plan.margin + GAP
    best: tuple[int, Setting] | None = None
    for all_of_it in (True, False):
        pieces = [piece for piece in plan.top if all_of_it or not piece.spare]
        for height in plan.picture if pictured else (0,):
            room = HEIGHT - height - plan.margin - below
            top = _set(pieces, room, measure, language)
            good = all(one.size >= one.piece.least for one in top) and _depth(top) <= room
            if good:
                return height, top, foot
            size = max((one.size for one in top if one.piece.least), default=0)
            if best is None or size > best[0]:
                best = size, (height, top, foot)
    assert best is not None  # a plan has a height, or no picture
    return best[1]


def _set(pieces: Iterable[Piece], room: int, measure: int, language: str) -> tuple[Block, ...]:
    """The pieces in the largest sizes that fit together: those with a ``least`` take what the
    others leave."""
    made = {piece: _fitting(piece, measure, language, room) for piece in pieces if not piece.least}
    left = room - _depth(made.values())
    return tuple(made.get(p) or _fitting(p, measure, language, left) for p in pieces)


def _fitting(piece: Piece, measure: int, language: str, room: int) -> Block:
    """The piece in its largest size with which it is whole and no higher than ``room``; else in
    the largest in which no word but a divided one suffers; else in its smallest, cut to fit."""
    fits = []
    for size in piece.sizes:
        tried = block(piece, size, measure, language, even=False)
        if tried.height + piece.space <= room:
            fits.append(tried)
            if tried.whole:
                break
    good = [one for one in fits if one.whole or one.size >= piece.least]
    return block(piece, (good or fits or [tried])[-1].size, measure, language)


def _depth(blocks: Iterable[Block]) -> int:
    return sum((b.piece.rule[1] if b.piece.rule else b.height) + b.piece.space for b in blocks)


def _coloured(mask: Image, ground: Colour, ink: Colour) -> Image:
    """The mask's shades as a palette from ground to ink."""
    shades = [mix(ground, ink, step / (LEVELS - 1)) for step in range(LEVELS)]
    page = mask.point([round(value * (LEVELS - 1) / 255) for value in range(256)])
    page.putpalette([channel for shade in shades for channel in shade])
    return page


def _is_picture(asset: Asset | None) -> bool:
    return asset is not None and asset.media_type != "image/svg+xml"


def _picture(asset: Asset | None, height: int) -> Image | None:
    """The post's picture cut to the band, from its middle; None if it cannot be read."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(asset.data if asset else b"")) as opened:
            opened.draft("RGB", (WIDTH, height))
            flat = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None
    if flat.mode == "RGBA":
        paper = Image.new("RGBA", flat.size, (*LIGHT, 255))
        flat = Image.alpha_composite(paper, flat).convert("RGB")
    return ImageOps.fit(flat, (WIDTH, height), method=Image.Resampling.BILINEAR)


class _Pen:
    """Draws blocks at the margin where lines of the language begin, white on black."""

    __slots__ = ("backwards", "draw", "margin", "page")

    def __init__(self, plan: Plan, language: str) -> None:
        from PIL import Image, ImageDraw

        self.page = Image.new("L", (WIDTH, HEIGHT), 0)
        self.draw = ImageDraw.Draw(self.page)
        self.margin = plan.margin
        self.backwards = words.catalogue(language).direction == "rtl"

    def drawing(self, top: int, blocks: Iterable[Block], foot: tuple[Block, ...]) -> Image:
        """The mask: blocks below ``top``, and those that end at the foot."""
        limit = HEIGHT - self.margin - _depth(foot)
        y = top + self.margin
        for one in blocks:
            y = self._block(one, y, limit)
        y = limit
        for one in foot:
            y = self._block(one, y, HEIGHT)
        return self.page

    def _block(self, one: Block, y: int, limit: int) -> int:
        """Draw it from ``y`` on, no line of it past ``limit``; where the next one begins."""
        fill = round(255 * min(max(one.piece.shade, 0), 1))
        x, side = (WIDTH - self.margin, "r") if self.backwards else (self.margin, "l")
        if one.piece.rule is not None:
            width, height = one.piece.rule
            left = x - width if self.backwards else x
            self.draw.rectangle((left, y, left + width, y + height - 1), fill=fill)
            return y + height + one.piece.space
        for number, line in enumerate(one.lines):
            if y + (number + 1) * one.step <= limit:
                at, shaped = (x, y + number * one.step), one.shaped
                self.draw.text(
                    at, line, fill, shaped.pil, anchor=f"{side}a", language=shaped.language
                )
        return y + one.height + one.piece.space
