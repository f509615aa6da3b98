"""The examples of ``docs/theming.md``, as they stand there, change what comes out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from pipeline import templating
from pipeline.editions.pdf import page as pdf_page
from tests.conftest import TOP, Galley
from tests.converting import xhtml
from tests.tools import docs_facts
from tests.tools.docs import template_names
from tests.tools.examples import examples

EXAMPLES = examples(TOP / "docs" / "theming.md")
POST = """\
---
title: On Folding
author: Ada Lovelace
date: 2024-10-04
mood: patient
tags: [paper]
---

A sheet of paper has two sides and one secret.[^1]

## The first fold

> [!NOTE]
> Fold away from you.

[^1]: It can be folded seven times.
"""
LETTER, A4 = (612, 792), (595.28, 841.89)


@dataclass(frozen=True)
class Publication:
    """A small publication and what was built of it."""

    root: Path

    @cached_property
    def html(self) -> str:
        return (self.root / "build" / "post.html").read_text(encoding="utf-8")

    def book(self, name: str) -> bytes:
        """A file of the EPUB."""
        with zipfile.ZipFile(self.root / "build" / "post.epub") as book:
            return book.read(f"EPUB/{name}")

    @cached_property
    def pdf(self) -> pikepdf.Pdf:
        return pikepdf.open(self.root / "build" / "post.pdf")

    @property
    def paper(self) -> tuple[float, float]:
        left, top, right, bottom = map(float, self.pdf.pages[0].mediabox.as_list())
        return round(right - left, 2), round(bottom - top, 2)

    def colours(self) -> set[tuple[float, ...]]:
        """The colours that the PDF's pages fill and draw with, to two places."""
        found = set()
        for page in self.pdf.pages:
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) in ("rg", "RG"):
                    found.add(tuple(round(float(value), 2) for value in operands))
        return found

    def pictures(self) -> int:
        """How many pictures the PDF's first page shows."""
        shown = self.pdf.pages[0].Resources.get("/XObject", {}).values()
        return sum(item.Subtype == "/Image" for item in shown)

    def families(self) -> set[str]:
        """The faces that the PDF's pages use, by their names without the subset's tag."""
        return {
            str(font.BaseFont).rpartition("+")[2].lstrip("/")
            for page in self.pdf.pages
            for font in page.Resources.get("/Font", {}).values()
        }

    def biggest(self) -> float:
        """The largest type size of the first page, in pt (a page is drawn in px of 0.75 pt)."""
        sizes = [0.0]
        scale = 1.0
        for operands, operator in pikepdf.parse_content_stream(self.pdf.pages[0]):
            if str(operator) == "Tf":
                scale = float(operands[1])
            elif str(operator) == "Tm":
                sizes.append(scale * abs(float(operands[3])))
        return round(max(sizes) * 0.75, 1)


Make = Callable[..., Publication]


@pytest.fixture
def publication(tmp_path: Path, galley: Galley) -> Make:
    """Build the post with the files given, relative to the publication's root."""

    def make(files: dict[str, str], **options: Any) -> Publication:
        root = tmp_path / options.get("name", "publication")
        for path, text in {"source/post.md": POST, "galley.toml": "", **files}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        (root / "static").mkdir(exist_ok=True)
        Image.new("RGB", (200, 80), "#0a5c36").save(root / "static" / "logo.png")
        done = galley("build", cwd=root)
        assert done.code == 0, done.text
        assert "E207" not in done.text, done.text
        return Publication(root)

    return make


def rgb(colour: str) -> tuple[float, ...]:
    return tuple(round(int(colour[place : place + 2], 16) / 255, 2) for place in (1, 3, 5))


def text_of(pdf: Path) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def test_every_example_has_its_test() -> None:
    assert set(EXAMPLES) == {"settings", "one-file", "base-file", "theme", "options", "cover"}


def test_a_colour_a_paper_and_a_logo(publication: Make) -> None:
    accent = "#1d4f7a"
    plain = publication({}, name="plain")
    assert plain.paper == A4
    assert accent not in plain.html
    assert rgb(accent) not in plain.colours()
    assert b"logo" not in plain.book("content.opf")

    made = publication(EXAMPLES["settings"])
    assert f"--accent: {accent};" in made.html
    assert re.search(r'<header class="masthead">\s*<img src="data:image/png;base64,', made.html)
    assert f"3px solid {accent}".encode() in made.book("book.css")
    assert made.book("images/logo.png").startswith(b"\x89PNG")
    assert b'src="images/logo.png"' in made.book("text.xhtml")
    assert made.paper == LETTER
    assert rgb(accent) in made.colours()
    assert made.pictures() == plain.pictures() + 1


def test_one_file_of_each_edition(publication: Make) -> None:
    made = publication({"galley.toml": 'title = "The Gazette"\n', **EXAMPLES["one-file"]})
    assert "h2 { font-style: italic; color: var(--accent); }" in made.html
    assert "--serif:" in made.html, "the rest of the style sheet is Galley's"
    assert '<p class="imprint">The Gazette: pass it on.</p>' in made.html
    assert '<footer class="colophon">' in made.html, "super() keeps what stood there"
    assert b"h2 { font-style: italic; text-align: center; }" in made.book("book.css")
    assert b".title-block" in made.book("book.css")
    assert "The Northern Gazette" in text_of(made.root / "build" / "post.pdf")
    assert "Galley-Sans-Semi-Bold-Italic" in made.families()


def test_one_file_for_several_editions(publication: Make) -> None:
    made = publication(EXAMPLES["base-file"])
    for page in (made.html, made.book("text.xhtml").decode()):
        assert '<p class="mood">Mood: patient</p>' in page
        assert '<footer class="colophon">' in page


def test_a_cover_of_ones_own(publication: Make) -> None:
    made = publication(EXAMPLES["cover"])
    with Image.open(io.BytesIO(made.book("cover.png"))) as page:
        drawn = page.convert("RGB")
    assert drawn.getpixel((5, 5)) == (255, 255, 255)
    assert drawn.getpixel((130, 125)) == (122, 46, 29), "the bar"
    package = made.book("content.opf").decode()
    assert "dcterms:conformsTo" in package, "a cover is a picture: it takes no claim away"


@pytest.mark.parametrize(
    "plan", ["ground = 7", 'ground = "red"', "][", 'ground = "#fff"\nglow = 1']
)
def test_a_cover_that_is_no_plan_is_told(publication: Make, galley: Galley, plan: str) -> None:
    made = publication({})
    file = made.root / "templates" / "epub" / "cover.toml.j2"
    file.parent.mkdir(parents=True)
    file.write_text(plan, encoding="utf-8")
    done = galley("build", "-e", "epub", cwd=made.root)
    assert done.code == 1
    assert "E302" in done.err


def test_a_theme(publication: Make) -> None:
    plain, made = publication({}, name="plain"), publication(EXAMPLES["theme"])
    assert plain.biggest() < 30 < made.biggest() == 32
    assert "h1, .byline { text-align: center; }" in made.html
    assert ":root { --serif: Georgia, serif; }" in made.html
    for page in (made.html, made.book("text.xhtml").decode()):
        assert '<p class="kicker">The Gazette</p>' in page
        assert '<h1 id="g-title">On Folding</h1>' in page


def test_the_publications_own_file_wins_over_the_themes(publication: Make) -> None:
    own = {"templates/base/title-block.html.j2": "<h1>{{ record.title }}, our way</h1>\n"}
    made = publication({**EXAMPLES["theme"], **own})
    assert "<h1>On Folding, our way</h1>" in made.html
    assert "kicker" not in made.html
    assert "h1, .byline { text-align: center; }" in made.html, "the rest is the theme's"


def test_a_changed_template_is_noticed(publication: Make, galley: Galley) -> None:
    made = publication(EXAMPLES["one-file"])
    file = made.root / "templates" / "html" / "page.html.j2"
    file.write_text(file.read_text("utf-8").replace("pass it on", "keep it"), encoding="utf-8")
    done = galley("build", cwd=made.root)
    assert "1 built" in done.out
    assert "keep it" in (made.root / "build" / "post.html").read_text(encoding="utf-8")


UNDEFINED = "{{ surely_not_there }}"


def test_the_variables_of_the_table_are_those_that_templates_get(
    publication: Make, galley: Galley
) -> None:
    """A template that prints every variable of its edition builds; one more is refused."""
    pages = {"html": "page.html.j2", "pdf": "post.html.j2", "epub": "book.css.j2"}
    elsewhere = {
        "accent_dark",
        "accent",
        "chapter",
        "last",
        "running_head",
        "running_foot",
        "page_number",
    }
    files = {}
    for edition, page in pages.items():
        names = [
            name
            for name, (editions, _) in docs_facts.VARIABLES.items()
            if edition in editions and not (edition != "pdf" and name in elsewhere)
        ]
        told = "".join(f"{{% set _ = {name} ~ '' %}}" for name in names)
        files[f"templates/{edition}/{page}"] = f'{told}{{% include "galley/{page}" %}}\n'
    made = publication(files)
    file = made.root / "templates" / "html" / "page.html.j2"
    file.write_text(UNDEFINED, encoding="utf-8")
    done = galley("build", "-e", "html", cwd=made.root)
    assert done.code == 1
    assert "E001" in done.err


def test_no_variable_of_the_pdf_is_left_out_of_the_table() -> None:
    told = {name for name, (where, _) in docs_facts.VARIABLES.items() if "pdf" in where}
    assert set(pdf_page.COLOURS) <= told


def test_the_list_of_files_is_whole() -> None:
    assert set(docs_facts.TEMPLATES) == set(template_names())
    assert all((templating.shipped() / name).is_file() for name in docs_facts.TEMPLATES)


def test_the_classes_of_the_table_are_those_that_come_out() -> None:
    """Each stands in the text of the vocabulary's sample, or in what editions put around it."""
    page = (TOP / "docs" / "theming.md").read_text(encoding="utf-8")
    table = page.partition("## The classes in the text")[2]
    named = set()
    for span in re.findall(r"`([^`]+)`", table):
        named |= set(re.findall(r"(?<=\.)[a-z][\w-]*", span))
    sample = (TOP / "tests" / "fixtures" / "vocabulary.xhtml").read_text(encoding="utf-8")
    sample += xhtml("## A\n\n### B\n\n#### C\n\n##### D\n\n###### E\n\n> [!TIP]\n> F\n")
    shipped = [templating.shipped() / name for name in template_names()]
    engines = (TOP / "pipeline" / "editions" / "pdf").glob("*.py")
    around = "\n".join(path.read_text(encoding="utf-8") for path in (*shipped, *engines))
    known = {name for names in re.findall(r'class="([^"]*)"', sample) for name in names.split()}
    assert len(named) > 40
    assert [name for name in sorted(named - known) if not re.search(rf"\b{name}\b", around)] == []
