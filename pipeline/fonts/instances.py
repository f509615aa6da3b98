"""Cuts static faces from variable fonts, under names that are ours.

The SIL Open Font License lets a modified version be made and spread, but not under a name that
the copyright line reserves ("with Reserved Font Name ‘Source’"); an instance is a modified
version. So every name that presents the face is replaced, while copyright (0), trademark (7)
and licence (13, 14) stay as their makers wrote them.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.fonts import letters
from pipeline.fonts.recipe import Cut

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

Ranges = tuple[tuple[int, int], ...]
"""Code points as inclusive ranges, ascending."""

PRESENTING = (1, 3, 4, 6, 16, 17, 18, 20, 21, 22, 25)
"""Name records by which a program shows or finds a font (OpenType, table 'name')."""


def cut(variable: Path, spec: Cut) -> tuple[bytes, Ranges]:
    """The static face of ``spec`` as a TrueType file, and the characters it covers."""
    font = _open(_pinned(variable, {"wght": float(spec.weight), "opsz": spec.size}))
    version = _version(font)
    letters.complete(font)
    _rename(font, spec.family, spec.style, spec.postscript, version)
    _say_style(font, spec)
    return _bytes(font), _coverage(font)


def cut_optional(variable: Path, weight: int, stem: str) -> tuple[bytes, Ranges, str]:
    """A face of any other package: its file, coverage and family name (ours where reserved)."""
    font = _open(_pinned(variable, {"wght": float(weight)}))
    family = str(font["name"].getBestFamilyName() or stem)
    if "reserved font name" in str(font["name"].getDebugName(0) or "").lower():
        family = f"Galley {re.sub('[^0-9]', '', stem) or 'Extra'}"
    style = "Regular" if weight == 400 else "SemiBold"
    _rename(font, family, style, f"{family}-{style}".replace(" ", ""), _version(font))
    return _bytes(font), _coverage(font), family


def coverage_of(path: Path) -> Ranges:
    """The characters that a font file (or the first face of a collection) covers."""
    from fontTools.ttLib import TTFont

    with TTFont(path, fontNumber=0, lazy=True) as font:
        return _coverage(font)


def _pinned(variable: Path, places: dict[str, float | None]) -> bytes:
    """The font with every axis pinned: where ``places`` says, else at its default."""
    import uharfbuzz

    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(variable)))
    if not face.axis_infos:
        return variable.read_bytes()
    wanted = uharfbuzz.SubsetInput()
    wanted.keep_everything()
    for axis in face.axis_infos:
        place = places.get(axis.tag)
        if place is None:
            wanted.pin_axis_to_default(face, axis.tag)
        else:
            place = min(max(place, axis.min_value), axis.max_value)
            wanted.pin_axis_location(face, axis.tag, place)
    return bytes(uharfbuzz.subset(face, wanted).blob.data)


def _open(data: bytes) -> TTFont:
    from fontTools.ttLib import TTFont

    return TTFont(BytesIO(data), recalcTimestamp=False, recalcBBoxes=False, lazy=True)


def _version(font: TTFont) -> str:
    match = re.search(r"\d+\.\d+", str(font["name"].getDebugName(5) or ""))
    return match.group() if match else "1.000"


def _rename(font: TTFont, family: str, style: str, postscript: str, version: str) -> None:
    """Replace the presenting names; leave one Windows record of each, as all readers want."""
    table: Any = font["name"]
    ribbi = style in ("Regular", "Italic", "Bold", "Bold Italic")
    rest = [word for word in style.split() if word != "Italic"]
    table.names = [
        record
        for record in table.names
        if record.platformID == 3 and record.nameID not in PRESENTING and record.nameID != 2
    ]
    names = {
        1: family if ribbi else " ".join([family, *rest]),
        2: style if ribbi else ("Italic" if "Italic" in style else "Regular"),
        3: f"{version};GALLEY;{postscript}",
        4: f"{family} {style}",
        6: postscript,
        16: family,
        17: style,
        25: family.replace(" ", ""),
    }
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)
    for tag in ("STAT", "DSIG"):
        if tag in font:
            del font[tag]


def _say_style(font: TTFont, spec: Cut) -> None:
    """Weight and slant where fontconfig and the browsers look for them."""
    os2: Any = font["OS/2"]
    head: Any = font["head"]
    os2.usWeightClass = spec.weight
    italic, bold, regular = 1, 1 << 5, 1 << 6
    os2.fsSelection &= ~(italic | bold | regular)
    os2.fsSelection |= italic if spec.italic else 0
    os2.fsSelection |= bold if spec.weight == 700 else 0
    os2.fsSelection |= regular if spec.style == "Regular" else 0
    head.macStyle = (1 if spec.weight == 700 else 0) | (2 if spec.italic else 0)


def _coverage(font: TTFont) -> Ranges:
    ranges: list[list[int]] = []
    for point in sorted(font.getBestCmap()):
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return tuple((first, last) for first, last in ranges)


def _bytes(font: TTFont) -> bytes:
    out = BytesIO()
    font.save(out, reorderTables=False)
    return out.getvalue()
