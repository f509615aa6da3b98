"""Posts in other scripts, in every edition of pages: with the optional faces that this machine has
they print as written, without them in words that a reader of the file hears as written. No glyph is
ever the empty box, whatever is installed."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pipeline.config import Config, Settings
from pipeline.editions import EDITIONS, Desk, render
from pipeline.fonts import library
from pipeline.model import Rendered
from pipeline.press.clock import EPOCH
from tests.converting import document
from tests.tagged_text import Element, Tagged

OURS = {
    "Greek": "Καλημέρα κόσμε, ὦ ξεῖν’ ἀγγέλλειν",
    "Cyrillic": "Съешь ещё этих булок, ґава їжак",
    "Turkish": "ışığı İstanbul şağ çöğüş",
}
OPTIONAL = {
    "fontpkg-amiri": "كتاب مدرسة",
    "fonts-noto-cjk": "日本語の文章です",
    "fonts-noto-color-emoji": "🎉",
    "fontpkg-heebo": "שלום",
    "fontpkg-noto-sans-thai": "สวัสดี",
}
"""What each optional package is for."""
RIGHT_TO_LEFT = (
    "::: {lang=ar dir=rtl}\nهذه فقرة باللغة العربية، وفيها كلمة English أيضًا ورقم ١٢٣.\n:::\n"
)
EDITIONS_OF_PAGES = ["pdf", "handout", "large-print"]


@cache
def printed(edition: str) -> Rendered:
    samples = {**OURS, **OPTIONAL}
    text = "".join(f"In {name}: {words}\n\n" for name, words in samples.items())
    markdown = f"Lead.\n\n{text}{RIGHT_TO_LEFT}\n## {' and '.join(samples.values())}\n\n1️⃣ ❤️ → ∑\n"
    desk = Desk(Config(Path("/nowhere"), Settings()), EPOCH)
    return render(document(markdown, language="en"), EDITIONS[edition], desk)


def glyphs(page: Any) -> Iterator[int]:
    """The numbers of the glyphs that a page shows."""
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tj":
            strings = [operands[0]]
        elif str(operator) == "TJ":
            strings = [part for part in operands[0] if isinstance(part, pikepdf.String)]
        else:
            continue
        for string in map(bytes, strings):
            yield from (int.from_bytes(string[at : at + 2]) for at in range(0, len(string), 2))


@pytest.mark.parametrize("edition", EDITIONS_OF_PAGES)
def test_no_page_shows_the_empty_box(edition: str) -> None:
    pdf = pikepdf.open(BytesIO(printed(edition).data))
    found = [glyph for page in pdf.pages for glyph in glyphs(page)]
    assert len(found) > 200
    assert 0 not in found
    fonts = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
    kinds = {str(font.Encoding) for font in fonts if font.get("/Subtype") == "/Type0"}
    assert kinds == {"/Identity-H"}  # so two bytes are a glyph


@pytest.mark.parametrize("edition", EDITIONS_OF_PAGES)
def test_every_script_is_read_as_it_is_written(edition: str, tmp_path: Path) -> None:
    made = printed(edition)
    file = tmp_path / "post.pdf"
    file.write_bytes(made.data)
    reader = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True)
    text = " ".join(reader.stdout.decode().replace("-\n", "").split())
    heard = said(Tagged(made.data).root)
    hints = " ".join(d.hint or "" for d in made.diagnostics)
    for package, words in {**OURS, **OPTIONAL}.items():
        if library().covers(words):
            assert words in text, package
            assert package not in hints
        else:
            assert words in heard, package
            assert package in hints


def said(element: Element) -> list[str]:
    """What stands in the tree in place of text."""
    own = [str(element.entries["ActualText"])] if "ActualText" in element.entries else []
    return own + [
        text for part in element.parts if isinstance(part, Element) for text in said(part)
    ]


def test_marks_and_digits_of_a_script_are_of_that_script() -> None:
    if not library().covers("ب"):
        (warning,) = [d for d in printed("pdf").diagnostics if d.code == "E202"]
        assert "Arabic" in warning.message
        assert "Arabic Fathatan" not in warning.message
        assert "arabic-indic" not in warning.message
        assert "no optional face" not in (warning.hint or "")


def test_figures_among_east_asian_text_are_lining() -> None:
    shown = {}
    for language in ("en", "ja"):
        desk = Desk(Config(Path("/nowhere"), Settings()), EPOCH)
        made = render(document("Lead.\n\n1379\n", language=language), EDITIONS["pdf"], desk)
        with pikepdf.open(BytesIO(made.data)) as pdf:
            shown[language] = list(glyphs(pdf.pages[0]))
    pairs = zip(shown["en"], shown["ja"], strict=True)
    assert sum(one != other for one, other in pairs) == len("1379")
