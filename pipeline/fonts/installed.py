"""Which font packages and optional system fonts this machine has, found without importing them."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

SYSTEM_FONTS: tuple[tuple[str, str], ...] = (
    ("Noto Sans CJK", "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    ("Noto Sans CJK", "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"),
    ("Noto Sans CJK", "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc"),
    ("Noto Color Emoji", "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"),
    ("Noto Color Emoji", "/usr/share/fonts/google-noto-color-emoji-fonts/NotoColorEmoji.ttf"),
)
"""Fonts that Debian's fonts-noto-cjk and fonts-noto-color-emoji (and Fedora's) install."""


@dataclass(frozen=True, slots=True)
class Package:
    """An installed ``fontpkg-*`` package (or the library that cuts its fonts)."""

    name: str
    version: str
    folder: str


def packages() -> tuple[Package, ...]:
    """The installed font packages, sorted by name; the first on ``sys.path`` wins."""
    found: dict[str, Package] = {}
    for place in sys.path:
        try:
            names = os.listdir(place or ".")
        except OSError:
            continue
        versions = dict(_version(name) for name in names if name.endswith(".dist-info"))
        for name in names:
            if name in versions and name.startswith("fontpkg_") and name not in found:
                found[name] = Package(name, versions[name], str(Path(place, name)))
    return tuple(found[name] for name in sorted(found))


def _version(dist_info: str) -> tuple[str, str]:
    name, _, version = dist_info.removesuffix(".dist-info").partition("-")
    return name.lower().replace("-", "_").replace(".", "_"), version


MATH_FONT = ("STIX Two Math", "ziamath/fonts/STIXTwoMath-Regular.ttf")
"""The face that draws the formulas: in text it stands in for the signs of mathematics."""


def system_fonts() -> tuple[tuple[str, str, int, int], ...]:
    """``(family, path, size, mtime in ns)`` of the optional fonts that are there as files."""
    found = []
    family, tail = MATH_FONT
    beside = [(family, os.path.join(place, tail)) for place in sys.path]
    for family, path in (*[font for font in beside if os.path.isfile(font[1])][:1], *SYSTEM_FONTS):
        try:
            state = os.stat(path)
        except OSError:
            continue
        found.append((family, path, state.st_size, state.st_mtime_ns))
    return tuple(found)
