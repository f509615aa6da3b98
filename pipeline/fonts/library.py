"""The faces at hand, and which characters they cover."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from pipeline.diagnostics import fault
from pipeline.fonts import cache
from pipeline.fonts.installed import Package, packages, system_fonts
from pipeline.fonts.recipe import CUTS, RECIPE
from pipeline.model import Diagnostic

Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Face:
    """A static face. ``role`` is one of the ``CUTS`` (``serif``, ``sans``, ``mono``, …), or
    ``fallback`` for an optional face that stands in for characters ours lack. ``file`` is an
    absolute path; ``coverage`` the characters as inclusive ranges of code points."""

    role: str
    family: str
    weight: int
    italic: bool
    file: str
    coverage: Ranges

    def covers(self, character: str) -> bool:
        """Whether the face has a glyph for the character."""
        return _inside(self.coverage, ord(character))


@dataclass(frozen=True, slots=True)
class Library:
    """All faces of this machine; ``fontconfig`` is a configuration file that knows only them."""

    faces: tuple[Face, ...]
    fontconfig: str
    coverage: Ranges
    diagnostics: tuple[Diagnostic, ...] = ()

    def face(self, role: str, weight: int = 400, italic: bool = False) -> Face:
        """The face of ours with this role and style; KeyError if there is none."""
        for face in self.faces:
            if (face.role, face.weight, face.italic) == (role, weight, italic):
                return face
        raise KeyError((role, weight, italic))

    @property
    def fallbacks(self) -> tuple[Face, ...]:
        """The optional faces, in the order in which they are asked."""
        return tuple(face for face in self.faces if face.role == "fallback")

    def uncovered(self, text: str) -> tuple[str, ...]:
        """The characters of the text that no face covers, each once, by code point.

        Characters that show nothing (controls, joiners, variation selectors, the soft hyphen)
        need no glyph and are never among them.
        """
        return tuple(
            character
            for character in sorted(set(text))
            if not _inside(self.coverage, ord(character)) and not is_invisible(character)
        )

    def covers(self, text: str) -> bool:
        """Whether every visible character of the text has a glyph in some face."""
        return not self.uncovered(text)


INVISIBLE: Ranges = (
    (0x00, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C),
    (0x180B, 0x180F), (0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0xE0000, 0xE0FFF),
)  # fmt: skip
"""Controls and Unicode's Default_Ignorable_Code_Point, so far as text has them."""


def is_invisible(character: str) -> bool:
    """Whether the character is one that shows nothing, with or without a glyph."""
    return _inside(INVISIBLE, ord(character))


@lru_cache(maxsize=1)
def library() -> Library:
    """The faces, from the cache; made first if this is the first run or a package has changed.

    Raises ``Fault`` E102 when a font package is missing or holds no font that can be read.
    """
    installed = packages()
    key = _key(installed)
    here, diagnostics = cache.folder(
        f"fonts-{key}",
        lambda folder: _index(folder) is not None,
        lambda work, final: _make(installed, work, final),
    )
    index = _index(here)
    if index is None:
        raise fault("E102", "the faces could not be made", hint="run `make setup` again")
    return _library(here, index, diagnostics)


def _library(here: Path, index: dict[str, Any], diagnostics: tuple[Diagnostic, ...]) -> Library:
    faces = tuple(
        Face(
            entry["role"], entry["family"], entry["weight"], entry["italic"],
            str(here / entry["file"]), _pairs(entry["coverage"]),
        )
        for entry in index["faces"]
    )  # fmt: skip
    return Library(faces, str(here / "fonts.conf"), _pairs(index["coverage"]), diagnostics)


def _pairs(flat: list[int]) -> Ranges:
    return tuple(zip(flat[::2], flat[1::2], strict=True))


def _key(installed: tuple[Package, ...]) -> str:
    parts = [f"recipe {RECIPE}"]
    parts += [f"{package.name} {package.version} {package.folder}" for package in installed]
    parts += [" ".join(map(str, font)) for font in system_fonts()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _index(folder: Path) -> dict[str, Any] | None:
    """The folder's index, or None if it or a face that it names is missing or cut short."""
    try:
        index: dict[str, Any] = msgspec.json.decode((folder / "index.json").read_bytes())
        for entry in index["faces"]:
            if (folder / entry["file"]).stat().st_size != entry["bytes"]:
                return None
    except (OSError, msgspec.DecodeError, KeyError, TypeError):
        return None
    return index


def _make(installed: tuple[Package, ...], work: Path, final: Path) -> None:
    """Fill the folder ``work``, which will stand at ``final``: faces, index, fontconfig file."""
    folders = {package.name: package.folder for package in installed}
    missing = sorted({spec.package for spec in CUTS} - folders.keys())
    if missing:
        names = " ".join(name.replace("_", "-") for name in missing)
        raise fault("E102", f"font packages are missing: {names}", hint="run `make setup`")
    from pipeline.fonts.making import make_faces

    entries = make_faces(installed, system_fonts(), work)
    covered = _flat(_merged(pair for entry in entries for pair in _pairs(entry["coverage"])))
    index = {"faces": entries, "coverage": covered}
    (work / "index.json").write_bytes(msgspec.json.encode(index))
    (work / "fonts.conf").write_text(_fontconfig(final), encoding="utf-8")


def _merged(pairs: Iterable[tuple[int, int]]) -> Ranges:
    merged: list[tuple[int, int]] = []
    for first, last in sorted(pairs):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def _flat(ranges: Ranges) -> list[int]:
    return [point for pair in ranges for point in pair]


def _inside(ranges: Ranges, point: int) -> bool:
    place = bisect_right(ranges, (point, 0x110000)) - 1
    return place >= 0 and ranges[place][0] <= point <= ranges[place][1]


_RATIO = (
    '<divide><name target="pattern">pixelsize</name><name target="font">pixelsize</name></divide>'
)
SCALED = (
    '  <match target="font">\n    <test name="outline"><bool>false</bool></test>\n'
    '    <edit name="matrix" mode="assign"><times><name>matrix</name><matrix>'
    f"{_RATIO}<double>0</double><double>0</double>{_RATIO}</matrix></times></edit>\n"
    f'    <edit name="size" mode="assign"><divide><name>size</name>{_RATIO}</divide></edit>\n'
    "  </match>\n"
)
"""Bitmaps are drawn at the size of the text about them."""


EMOJI = (
    '  <alias binding="strong"><family>emoji</family><prefer><family>Noto Color Emoji</family>'
    "</prefer></alias>\n"
)
"""Pango asks this family for what Unicode presents as emoji (UTS 51): the heart that a text face
has as well, and the digit of a keycap with its box."""
KANA = (
    '  <match target="scan">\n    <test name="family"><string>STIX Two Math</string></test>\n'
    '    <edit name="charset" mode="assign"><minus><name>charset</name><charset><range>'
    "<int>0x3040</int><int>0x30FF</int></range></charset></minus></edit>\n  </match>\n"
)
"""The face of formulas has a single kana, which would stand out of every line of Japanese."""


def _fontconfig(folder: Path) -> str:
    """A configuration with our folder alone, so a missing glyph never takes a system face.

    The first rule is for the emoji, which are bitmaps of one size: without it they come out in
    theirs, ten times as large as the line.
    """
    from xml.sax.saxutils import escape

    place = escape(str(folder))
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
        f"<fontconfig>\n  <dir>{place}</dir>\n  <cachedir>{place}/fontconfig</cachedir>\n"
        f"{SCALED}{EMOJI}{KANA}</fontconfig>\n"
    )
