"""A house's accent colour made fit to read, on white and on a dark screen (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

Colour = tuple[int, int, int]

CONTRAST = 4.6
"""A little over the 4.5 that text needs, so that rounding never falls below it."""


def readable(accent: str, background: str) -> str:
    """``accent`` itself if text in it reads on ``background``, else the nearest shade that does.

    Both are ``#rgb`` or ``#rrggbb``; the shade is mixed with black or white in steps of 1/32.
    """
    colour, ground = parse(accent), parse(background)
    end: Colour = (0, 0, 0) if luminance(ground) > 0.18 else (255, 255, 255)
    for step in range(33):
        mixed = mix(colour, end, step / 32)
        if contrast(mixed, ground) >= CONTRAST:
            return "#{:02x}{:02x}{:02x}".format(*mixed)
    return "#{:02x}{:02x}{:02x}".format(*end)


def parse(text: str) -> Colour:
    """The three channels, 0 to 255."""
    digits = text.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """``share`` of the second colour in the first."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def luminance(colour: Colour) -> float:
    """Relative luminance, 0 (black) to 1 (white), as WCAG defines it."""
    linear = [
        c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4
        for c in colour
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: Colour, second: Colour) -> float:
    """Contrast ratio, 1 to 21."""
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)
