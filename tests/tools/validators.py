"""What the tests ask of others: the standards' own validators, and poppler's view of a PDF.

The validators are those of ``galley audit``; each takes many files and starts one process.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.audit.judges.needs import NEEDED, lacks, missing
from pipeline.audit.judges.on_java import epubcheck, verapdf, vnu
from pipeline.audit.judges.on_node import ace, axe, html_validate
from pipeline.audit.judges.running import Verdicts, run

__all__ = [
    "NEEDED", "Verdicts", "ace", "axe", "epubcheck", "html_validate", "lacks", "missing",
    "pdf_picture", "pdf_text", "verapdf", "vnu",
]  # fmt: skip


def pdf_text(path: Path, *options: str) -> str:
    """The text of a PDF as poppler extracts it."""
    return run(["pdftotext", *options, str(path.resolve()), "-"], path.parent)


def pdf_picture(path: Path, page: int, target: Path, dots: int = 100) -> Path:
    """One page (from 1) as a PNG at ``target`` (without extension), ``dots`` per inch."""
    number = str(page)
    run(
        ["pdftoppm", "-png", "-singlefile", "-r", str(dots), "-f", number, "-l", number,
         str(path.resolve()), str(target.resolve())],
        path.parent,
    )  # fmt: skip
    return target.with_name(target.name + ".png")
