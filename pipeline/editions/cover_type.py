"""Lines of a cover: faces that can show the words, even lines, and long words divided."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline import fonts
from pipeline.editions.cover_plan import Piece
from pipeline.editions.pdf.glyphs import in_words
from pipeline.fonts.installed import MATH_FONT

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

LEADING = 1.16
"""From line to line in sizes of the type, for faces of ours."""
VOWELS = "aeiouyäöüáéíóúâêîôûàèìòùåæøıœãõ"
SYLLABLE = re.compile(rf"(?<=\w\w)(?=[^\W\d_{VOWELS}][{VOWELS}])", re.IGNORECASE)
"""Where a word of a language without patterns may be divided: before a consonant and its vowel."""


@dataclass(frozen=True, slots=True)
class Shaped:
    """A face in a size, and the language in which it shapes text."""

    pil: FreeTypeFont
    language: str | None

    def width(self, text: str) -> float:
        """Width of the text in px."""
        return float(self.pil.getlength(text, language=self.language))


@dataclass(frozen=True, slots=True)
class Block:
    """A piece set in a size: its lines and the distance between them. ``whole`` is false if words
    had to be cut, or left out."""

    piece: Piece
    shaped: Shaped
    size: int
    lines: tuple[str, ...]
    step: int
    whole: bool = True

    @property
    def height(self) -> int:
        """From the top of the first line to the foot of the last, in px."""
        return self.step * len(self.lines)


def block(piece: Piece, size: int, measure: int, language: str, *, even: bool = True) -> Block:
    """The piece in that size, in lines no wider than ``measure``; for a trial they need not be
    ``even``, which takes time and changes neither their number nor their height."""
    face = _face(piece)
    shaped = Shaped(_opened(face.file, size), _shaping(language))
    step = round(size * LEADING) if face.role != "fallback" else sum(shaped.pil.getmetrics())
    words = _shown(piece.text, face, language).split(" ")
    parts = [part for word in words for part in _parts(word, shaped, measure, language)]
    cut = any(part.endswith("\0") for part in parts)
    lines = _even(parts, shaped, measure) if even else _wrapped(parts, shaped, measure)
    if len(lines) > piece.lines:
        lines = [*lines[: piece.lines - 1], _ended(lines[piece.lines - 1], shaped, measure)]
        cut = True
    return Block(
        piece, shaped, size, tuple(line.replace("\0", "-") for line in lines), step, not cut
    )


def _face(piece: Piece) -> fonts.Face:
    """The face that the piece asks for, or a fallback that shows more of its text."""
    library = fonts.library()
    spare = (face for face in library.fallbacks if face.family != MATH_FONT[0])
    candidates = (_nearest(library, piece), *spare)
    return max(candidates, key=lambda one: sum(map(one.covers, piece.text)))


def _nearest(library: fonts.Library, piece: Piece) -> fonts.Face:
    weight = 600 if piece.weight > 500 else 400
    for wanted in ((weight, piece.italic), (weight, False), (400, piece.italic), (400, False)):
        try:
            return library.face(piece.face, *wanted)
        except KeyError:
            continue
    raise KeyError(piece.face)


@lru_cache(maxsize=64)
def _opened(file: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(file, size)


def _shaping(language: str) -> str | None:
    """The language to shape in: without one HarfBuzz takes that of the machine's locale, and in
    Turkish an ``i`` is another letter. None where Pillow shapes nothing."""
    from PIL import features

    return language if features.check_feature("raqm") else None


def _shown(text: str, face: fonts.Face, language: str) -> str:
    """The text, what the face has no glyph for in words: a cover shows no empty boxes."""
    lacking = frozenset(c for c in text if not (c.isspace() or face.covers(c)))
    visible = frozenset(c for c in lacking if not fonts.is_invisible(c))
    plain = "".join(c for c in text if c not in lacking - visible)
    return re.sub(r"[^\S\u00a0]+", " ", in_words(plain, visible, language)).strip()


def _even(parts: list[str], shaped: Shaped, measure: int) -> list[str]:
    """As few lines as fit, and these as even as can be: the narrowest measure for that number."""
    lines = _wrapped(parts, shaped, measure)
    low, high = measure // 3, measure
    while high - low > 4:
        middle = (low + high) // 2
        tried = _wrapped(parts, shaped, middle)
        if len(tried) == len(lines) and all(shaped.width(line) <= middle for line in tried):
            lines, high = tried, middle
        else:
            low = middle
    return lines


def _wrapped(parts: list[str], shaped: Shaped, measure: int) -> list[str]:
    """Lines no wider than the measure. A part that ends in NUL is followed by more of its word."""
    lines: list[str] = []
    for part in parts:
        if lines and not lines[-1].endswith("\0"):
            joined = f"{lines[-1]} {part}"
            if shaped.width(joined.replace("\0", "-")) <= measure:
                lines[-1] = joined
                continue
        lines.append(part)
    return lines or [""]


def _parts(word: str, shaped: Shaped, measure: int, language: str) -> list[str]:
    """A word wider than the measure in parts that are not, all but the last ending in NUL."""
    parts = []
    while shaped.width(word) > measure:
        head = _head(word, shaped, measure, language)
        parts.append(word[:head] + "\0")
        word = word[head:]
    return [*parts, word]


def _head(word: str, shaped: Shaped, measure: int, language: str) -> int:
    """How many letters of the word stand on the first line: as syllables go, if one fits."""
    fits = next(
        n for n in range(len(word), 0, -1) if n == 1 or shaped.width(word[:n] + "-") <= measure
    )
    places = [
        place for place in _syllables(word, language) if 1 < place <= min(fits, len(word) - 2)
    ]
    return max(places, default=fits)


def _syllables(word: str, language: str) -> list[int]:
    import pyphen

    known = pyphen.language_fallback(language)
    if known is not None:
        return list(map(int, pyphen.Pyphen(lang=known).positions(word)))
    return [found.start() for found in SYLLABLE.finditer(word)]


def _ended(line: str, shaped: Shaped, measure: int) -> str:
    line = line.rstrip("\0")
    while line and shaped.width(f"{line}…") > measure:
        line = line[:-1].rstrip()
    return f"{line}…"
