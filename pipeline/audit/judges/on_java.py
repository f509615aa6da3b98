"""epubcheck, the Nu checker and veraPDF: each one Java process for many files."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from pipeline.audit.judges.packages import BY_NAME, JAXB
from pipeline.audit.judges.running import Folder, Verdicts, as_json, by_lines, run

SOURCES = Path(__file__).parent / "java"


def epubcheck(paths: Iterable[Path], least: str = "WARNING") -> Verdicts:
    """EPUB 3.3 by epubcheck: what it finds of severity ``least`` (``USAGE``, ``WARNING`` …) on."""
    jar = BY_NAME["epubcheck"].path
    return _driven([str(jar), f"{jar.parent}/lib/*"], "EpubVerdicts.java", least, paths)


def verapdf(paths: Iterable[Path], profile: str) -> Verdicts:
    """A PDF profile (``ua1``, ``3a`` …) by veraPDF: each broken rule once, with its count."""
    classes = [str(BY_NAME["verapdf"].path), *map(str, JAXB)]
    return _driven(classes, "PdfVerdicts.java", profile, paths)


def _driven(classes: list[str], source: str, argument: str, paths: Iterable[Path]) -> Verdicts:
    command = ["java", "-cp", os.pathsep.join(classes), str(SOURCES / source), argument]
    return by_lines(command, paths)


def vnu(paths: Iterable[Path], *, warnings: bool = False) -> Verdicts:
    """HTML by the Nu checker: its errors, and with ``warnings`` its advice too."""
    which = [] if warnings else ["--errors-only"]
    with Folder(paths) as folder:
        said = run(
            ["java", "-jar", str(BY_NAME["vnu"].path), *which, "--format", "json",
             "--stdout", "--exit-zero-always", *sorted(folder.names)],
            folder.path,
        )  # fmt: skip
        verdicts: Verdicts = dict.fromkeys(folder.paths, ())
        for message in as_json(said, "vnu")["messages"]:
            name = Path(unquote(urlsplit(message.get("url", "")).path)).name
            if name not in folder.names:
                raise RuntimeError(f"vnu: {message}")
            verdicts[folder.names[name]] += (_vnu_line(message),)
        return verdicts


def _vnu_line(message: dict[str, Any]) -> str:
    extract = message.get("extract", "").strip()[:200]
    place = f"{message.get('lastLine', '?')}:{message.get('lastColumn', '?')}"
    return f"{message['type']} {place} {message['message']} | {extract}"
