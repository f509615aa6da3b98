"""Fills the cache: our cuts first, then the optional faces that cover more than ours."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

from pipeline.diagnostics import fault
from pipeline.fonts.installed import Package
from pipeline.fonts.instances import Ranges, coverage_of, cut, cut_optional
from pipeline.fonts.recipe import CUTS

OPTIONAL_WEIGHTS = (400, 600)


def make_faces(
    installed: tuple[Package, ...], system: tuple[tuple[str, str, int, int], ...], work: Path
) -> list[dict[str, Any]]:
    """Write every face into ``work``; the index entries of what was written."""
    folders = {package.name: Path(package.folder) for package in installed}
    entries = []
    for spec in CUTS:
        variable = folders[spec.package] / "files" / spec.file
        try:
            data, coverage = cut(variable, spec)
        except (OSError, RuntimeError, ValueError) as error:
            raise fault(
                "E102",
                f"{variable.name} cannot be cut: {error}",
                hint=f"install {spec.package.replace('_', '-')} anew",
            ) from error
        name = f"{spec.postscript}.ttf"
        (work / name).write_bytes(data)
        entries.append(
            _entry(spec.role, spec.family, spec.weight, spec.italic, name, data, coverage)
        )
    ours = {spec.package for spec in CUTS}
    known = [coverage for entry in entries for coverage in [tuple(entry["coverage"])]]
    points = _points(known)
    for package in installed:
        if package.name not in ours:
            entries += _optional(package, work, points)
    return entries + [_linked(*font[:3], work=work) for font in system]


def _optional(package: Package, work: Path, known: set[int]) -> list[dict[str, Any]]:
    """Regular and semibold of another package, if it has a character that ours lack."""
    upright = [
        path
        for path in sorted(Path(package.folder, "files").glob("*.ttf"))
        if "Italic" not in path.name
    ]
    if not upright or not _points([_flat(coverage_of(upright[0]))]) - known:
        return []
    entries = []
    for weight in OPTIONAL_WEIGHTS:
        data, coverage, family = cut_optional(_of_weight(upright, weight), weight, package.name)
        name = f"{package.name}-{weight}.ttf"
        (work / name).write_bytes(data)
        entries.append(_entry("fallback", family, weight, False, name, data, coverage))
    return entries


STATIC = {400: ("Regular", "Medium", "Light"), 600: ("SemiBold", "Bold", "Medium")}
"""Names of static fonts, in the order in which they will do for a weight."""


def _of_weight(fonts: list[Path], weight: int) -> Path:
    """The variable font of a package, or of its static ones that of the weight."""
    for style in STATIC[weight]:
        for font in fonts:
            if font.stem.endswith(f"-{style}"):
                return font
    return fonts[0]


def _linked(family: str, path: str, size: int, *, work: Path) -> dict[str, Any]:
    """A system font, taken as it is: a link to it stands among our files."""
    name = Path(path).name
    (work / name).symlink_to(path)
    weight = 700 if "Bold" in name else 400
    flat = _flat(coverage_of(Path(path)))
    return {
        "role": "fallback", "family": family, "weight": weight, "italic": False,
        "file": name, "bytes": size, "coverage": flat,
    }  # fmt: skip


def _entry(
    role: str, family: str, weight: int, italic: bool, name: str, data: bytes, coverage: Ranges
) -> dict[str, Any]:
    return {
        "role": role, "family": family, "weight": weight, "italic": italic,
        "file": name, "bytes": len(data), "coverage": _flat(coverage),
    }  # fmt: skip


def _flat(ranges: Ranges) -> tuple[int, ...]:
    return tuple(point for pair in ranges for point in pair)


def _points(flats: list[tuple[int, ...]]) -> set[int]:
    return {
        point
        for flat in flats
        for first, last in list(pairwise(flat))[::2]
        for point in range(first, last + 1)
    }
