"""The licence texts that go with the faces wherever these are embedded as files."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from pipeline.fonts.installed import MATH_FONT, packages
from pipeline.fonts.recipe import CUTS

TERMS = "This Font Software is licensed under the SIL Open Font License"
"""How the text begins that is the same for all fonts under that licence."""
MATH_COPYRIGHT = (
    "Copyright 2001-2020 The STIX Fonts Project Authors (https://github.com/stipub/stixfonts)\n"
    "STIX Fonts and STIX Two are trademarks of The Institute of Electrical and Electronics "
    "Engineers, Inc."
)
"""What the font for mathematics says of itself; the package that brings it has no such file."""


def licences(embedded: Collection[str]) -> tuple[tuple[str, str], ...]:
    """``(families, text of the SIL Open Font License)``, one for each package that the
    ``embedded`` families are of.

    The copyright line of the font itself, with its reserved name, stands before a text whose own
    line omits it: the licence asks that both travel with every copy.
    """
    folders = {package.name: Path(package.folder) for package in packages()}
    found = []
    used = [spec for spec in CUTS if spec.family in embedded]
    for name in dict.fromkeys(spec.package for spec in used):
        families = dict.fromkeys(spec.family for spec in used if spec.package == name)
        text = (folders[name] / "LICENSE").read_text(encoding="utf-8")
        found.append((", ".join(families), _with_copyright(folders[name], text)))
    if MATH_FONT[0] in embedded and found:
        terms = found[0][1].partition(TERMS)
        found.append((MATH_FONT[0], "".join((MATH_COPYRIGHT, "\n\n", *terms[1:]))))
    return tuple(found)


def _with_copyright(folder: Path, text: str) -> str:
    import msgspec

    record = msgspec.json.decode((folder / "metadata.json").read_bytes())
    copyright_line = str(record.get("copyright", ""))
    if not copyright_line or "Reserved Font Name" in text.split("SIL OPEN FONT", maxsplit=1)[0]:
        return text
    return f"{copyright_line}\n{text}"
