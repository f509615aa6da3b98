"""Draw the sample publication's two pictures: ``python -m tests.tools.draw_samples``.

Plain geometry in the palette of the shipped theme, 1400 px wide, so that the repository needs no
picture whose origin is in doubt.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from pipeline import fonts

IMAGES = Path(__file__).resolve().parents[2] / "source" / "static" / "images"
PAPER, INK, ACCENT, GREY = "#fbfaf6", "#1a1a1a", "#7a2e1d", "#b9b6ae"
SCALE = 3
"""Drawn larger and reduced, for smooth edges."""


def _font(size: int) -> ImageFont.FreeTypeFont:
    face = next(f for f in fonts.library().faces if f.role == "sans" and not f.italic)
    return ImageFont.truetype(str(face.file), size * SCALE)


def a_series() -> Image.Image:
    """A1 landscape cut into A2, A3 … by halving the rest again and again."""
    width, height, edge = 1400, 990, 12
    image = Image.new("RGB", (width * SCALE, height * SCALE), PAPER)
    draw = ImageDraw.Draw(image)
    box = [edge, edge, width - edge, height - edge]
    tints = ["#f4f2ec", "#ece8dd", "#e4ddcc", "#dbd0ba", "#cfbfa3", "#c0a98a"]
    for step, tint in enumerate(tints):
        x0, y0, x1, y1 = box
        across = x1 - x0 > y1 - y0
        if across:
            sheet, box = [x0, y0, (x0 + x1) / 2, y1], [(x0 + x1) / 2, y0, x1, y1]
        else:
            sheet, box = [x0, y0, x1, (y0 + y1) / 2], [x0, (y0 + y1) / 2, x1, y1]
        _sheet(draw, sheet, tint, f"A{step + 2}", max(20, 92 - step * 13))
    _sheet(draw, box, "#ffffff", "", 10)
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _sheet(draw: ImageDraw.ImageDraw, box: list[float], tint: str, name: str, size: int) -> None:
    scaled = [value * SCALE for value in box]
    draw.rectangle(scaled, fill=tint, outline=INK, width=2 * SCALE)
    middle = ((scaled[0] + scaled[2]) / 2, (scaled[1] + scaled[3]) / 2)
    draw.text(middle, name, fill=INK, font=_font(size), anchor="mm")


def folded_sheet() -> Image.Image:
    """A sheet folded once, standing like a card, with lines where the text would be."""
    width, height = 1400, 788
    image = Image.new("RGB", (width * SCALE, height * SCALE), PAPER)
    draw = ImageDraw.Draw(image)

    def polygon(points: list[tuple[float, float]], fill: str) -> None:
        draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill, outline=INK, width=6)

    polygon([(700, 110), (1090, 180), (1090, 690), (700, 640)], "#ece8dd")
    polygon([(700, 110), (310, 180), (310, 690), (700, 640)], "#ffffff")
    for row in range(9):
        y = 250 + row * 42
        end = 640 if row % 4 != 3 else 520
        colour, weight = (ACCENT, 9) if row == 0 else (GREY, 5)
        stop_x = end if row else 540
        start, stop = (360, y), (stop_x, y - (stop_x - 360) * 0.16)
        draw.line([(v[0] * SCALE, v[1] * SCALE) for v in (start, stop)], colour, weight * SCALE)
    return image.resize((width, height), Image.Resampling.LANCZOS)


def main() -> None:
    """Write both pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name, image in (("a-series", a_series()), ("folded-sheet", folded_sheet())):
        image.quantize(64).save(IMAGES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
