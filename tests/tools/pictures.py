"""Make the pictures of the documentation again: ``python -m tests.tools.pictures``.

Builds the sample publication into a temporary folder, turns PDF pages into pixels with pdftoppm
and the HTML edition with Chromium, and lays them side by side on grey.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from tests.tools import crops

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "images"
SPECIMENS = ROOT / "tests" / "tools" / "specimens"
THEMES = ("classroom", "report")
DESK, GAP = "#9a9a9a", 18
"""Background and distance of the pages, px."""


def build(out: Path) -> None:
    """The editions of ``source/`` that have pictures into ``out``, themes as editions; the
    specimens beside them."""
    command = [sys.executable, "-m", "pipeline", "build", "source", "-o", str(out), "--quiet"]
    for theme in THEMES:
        command += ["--set", f"variants.{theme}.theme={theme}"]
    command += ["--set", "variants.report.contents=always"]  # as of a long post
    editions = ["html", "pdf", "handout", "large-print", *THEMES]
    subprocess.run([*command, "-e", ",".join(editions)], cwd=ROOT, check=True)
    command[command.index("source")] = str(SPECIMENS)
    subprocess.run([*command, "-e", "pdf"], cwd=ROOT, check=True)


def pdf_pages(pdf: Path, work: Path, last: int = 3, dpi: int = 80) -> list[Image.Image]:
    """The first pages of a PDF as pictures."""
    stem = work / pdf.stem
    subprocess.run(["pdftoppm", "-png", "-r", str(dpi), "-l", str(last), pdf, stem], check=True)
    return [Image.open(path).convert("RGB") for path in sorted(work.glob(f"{pdf.stem}-*.png"))]


def html_view(
    page: Path, work: Path, dark: bool, width: int = 900, height: int = 1100
) -> Image.Image:
    """The top of an HTML edition as Chromium shows it."""
    target = work / f"{page.stem}-{'dark' if dark else 'light'}.png"
    command = [
        *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
        *(
            "--no-first-run",
            "--disable-background-networking",
            f"--user-data-dir={work / 'chrome'}",
        ),
        *(f"--window-size={width},{height}", f"--screenshot={target}"),
        f"--blink-settings=preferredColorScheme={0 if dark else 1}",
        page.resolve().as_uri(),
    ]
    subprocess.run(command, check=True, capture_output=True)
    return Image.open(target).convert("RGB")


def proof_views(work: Path) -> list[Image.Image]:
    """The proof of the damaged post, and the index over all of them."""
    command = [sys.executable, "-m", "pipeline", "proof", "source", "-o", str(work), "--quiet"]
    subprocess.run(command, cwd=ROOT, check=True)
    pages = [*(work / "_proof").glob("*-why-*.html"), work / "_proof" / "index.html"]
    return [
        html_view(page, work, dark, width=1180, height=1500)
        for page, dark in zip(pages, (False, True), strict=True)
    ]


def side_by_side(pictures: list[Image.Image]) -> Image.Image:
    """The pictures in one row on the desk."""
    width = sum(p.width for p in pictures) + GAP * (len(pictures) + 1)
    desk = Image.new("RGB", (width, max(p.height for p in pictures) + 2 * GAP), DESK)
    x = GAP
    for picture in pictures:
        desk.paste(picture, (x, GAP))
        x += picture.width + GAP
    return desk


def main() -> None:
    """Write the pictures of README and docs."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    missing = [tool for tool in ("pdftoppm", "chromium") if shutil.which(tool) is None]
    if missing:
        sys.exit(f"missing: {', '.join(missing)} (make test-tools brings them)")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        build(work)
        rows = {
            "pdf-pages": pdf_pages(work / "why-paper-handouts-still-work.pdf", work),
            "handout": pdf_pages(work / "proofreading-in-ten-minutes-handout.pdf", work),
            "pdf-math": pdf_pages(work / "square-root-in-your-paper-tray.pdf", work),
            "html-light-dark": [
                html_view(work / "square-root-in-your-paper-tray.html", work, dark)
                for dark in (False, True)
            ],
            "proof": proof_views(work),
            **{
                f"theme-{theme}": pdf_pages(work / f"{crops.SQUARE}-{theme}.pdf", work, 2, 65)
                for theme in THEMES
            },
        }
        for name, pieces in crops.PICTURES.items():
            crops.picture(pieces, work).quantize(32).save(IMAGES / f"{name}.png", optimize=True)
        for name, pictures in rows.items():
            side_by_side(pictures).quantize(128).save(IMAGES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
