"""Which faces there are, and from which variable font, at which place of its axes, each is made."""

from __future__ import annotations

from dataclasses import dataclass

RECIPE = 7
"""Raised when the cache comes out differently than before: older caches are then left alone."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One static face: its name and style here, and where it is cut from the variable font."""

    role: str
    family: str
    weight: int
    italic: bool
    package: str
    file: str
    size: float | None = None
    """Optical size in pt, for a font that has the axis."""

    @property
    def style(self) -> str:
        """``Regular``, ``Italic``, ``SemiBold``, ``SemiBold Italic``."""
        words = ([] if self.weight == 400 else [WEIGHTS[self.weight]]) + ["Italic"] * self.italic
        return " ".join(words) or "Regular"

    @property
    def postscript(self) -> str:
        """The PostScript name, unique to the face: also the name of its file."""
        return f"{self.family}-{self.style}".replace(" ", "")


WEIGHTS = {400: "Regular", 600: "SemiBold", 700: "Bold"}

_SERIF = ("fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf")
_SERIF_ITALIC = ("fontpkg_source_serif_4", "SourceSerif4-Italic[opsz,wght].ttf")
_SANS = ("fontpkg_source_sans_3", "SourceSans3[wght].ttf")
_SANS_ITALIC = ("fontpkg_source_sans_3", "SourceSans3-Italic[wght].ttf")
_MONO = ("fontpkg_source_code_pro", "SourceCodePro[wght].ttf")
_MONO_ITALIC = ("fontpkg_source_code_pro", "SourceCodePro-Italic[wght].ttf")
_LEGIBLE = "fontpkg_atkinson_hyperlegible"

CUTS: tuple[Cut, ...] = (
    Cut("serif", "Galley Serif", 400, False, *_SERIF, size=10.5),
    Cut("serif", "Galley Serif", 400, True, *_SERIF_ITALIC, size=10.5),
    Cut("serif", "Galley Serif", 600, False, *_SERIF, size=10.5),
    Cut("serif", "Galley Serif", 600, True, *_SERIF_ITALIC, size=10.5),
    Cut("serif-display", "Galley Serif Display", 400, False, *_SERIF, size=36),
    Cut("serif-caption", "Galley Serif Caption", 400, False, *_SERIF, size=8),
    Cut("serif-caption", "Galley Serif Caption", 400, True, *_SERIF_ITALIC, size=8),
    Cut("serif-caption", "Galley Serif Caption", 600, False, *_SERIF, size=8),
    Cut("serif-caption", "Galley Serif Caption", 600, True, *_SERIF_ITALIC, size=8),
    Cut("sans", "Galley Sans", 400, False, *_SANS),
    Cut("sans", "Galley Sans", 400, True, *_SANS_ITALIC),
    Cut("sans", "Galley Sans", 600, False, *_SANS),
    Cut("sans", "Galley Sans", 600, True, *_SANS_ITALIC),
    Cut("mono", "Galley Mono", 400, False, *_MONO),
    Cut("mono", "Galley Mono", 400, True, *_MONO_ITALIC),
    Cut("mono", "Galley Mono", 600, False, *_MONO),
    Cut("legible", "Galley Legible", 400, False, _LEGIBLE, "AtkinsonHyperlegible-Regular.ttf"),
    Cut("legible", "Galley Legible", 400, True, _LEGIBLE, "AtkinsonHyperlegible-Italic.ttf"),
    Cut("legible", "Galley Legible", 700, False, _LEGIBLE, "AtkinsonHyperlegible-Bold.ttf"),
    Cut("legible", "Galley Legible", 700, True, _LEGIBLE, "AtkinsonHyperlegible-BoldItalic.ttf"),
)
"""Every face of ours. The style sheets say 600 for bold; a family without it gives its 700.

The caption cut is for what stands at 9 pt and less: it is wider, sturdier and has more room
between its letters. The legible face is Atkinson Hyperlegible, which tells I, l and 1 apart.
"""
