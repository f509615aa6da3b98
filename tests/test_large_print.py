"""Large print: nothing small, nothing grey, nothing slanted, nothing that one must turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
import pypdfium2
import pytest

from pipeline.editions.pdf import stacked
from pipeline.editions.pdf.sheets import MM
from tests.conftest import TOP, Built, Galley, build
from tests.test_editions_valid import JUDGES, complaints
from tests.test_words import pdf_text, repaired, without_formulas
from tests.tree_faults import faults
from tests.words_compare import compare, lost_literals

NAME = "large-print"
LEAST = 18.0


@pytest.fixture(scope="module")
def forty(galley: Galley, corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The corpus's 40 posts in large print."""
    out = tmp_path_factory.mktemp("large-corpus")
    return build(galley, corpus / "posts", out, NAME, "html")


def operators(file: Path) -> Iterator[tuple[list[float], str]]:
    """Sizes of the type (in pt) and colours of what the pages draw."""
    with pikepdf.open(file) as pdf:
        for page in pdf.pages:
            size = matrix = 0.0
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    size = float(operands[1])
                elif str(operator) == "Tm":
                    matrix = abs(float(operands[3]))
                elif str(operator) in ("Tj", "TJ"):
                    yield [size * matrix * 0.75], "size"
                elif str(operator) in ("rg", "RG"):
                    yield [float(value) for value in operands], str(operator)


def too_small(file: Path) -> list[float]:
    sizes = [values[0] for values, what in operators(file) if what == "size"]
    assert sizes
    return [size for size in sizes if size < LEAST - 0.01]


def test_files_are_named_after_the_edition(built_samples: Built) -> None:
    slugs = [post["record"]["slug"] for post in built_samples.posts]
    assert [path.name for path in built_samples.files(NAME)] == [
        f"{s}-large-print.pdf" for s in slugs
    ]
    assert len(slugs) == 4


def test_no_type_is_smaller_than_18_pt_and_all_of_it_is_black(built_samples: Built) -> None:
    for file in built_samples.files(NAME):
        assert too_small(file) == []
        inks = {tuple(values) for values, what in operators(file) if what == "rg"}
        assert inks <= {(0.0, 0.0, 0.0), (1.0, 1.0, 1.0)}, inks


def test_text_is_upright_in_the_legible_face_and_words_are_whole(built_samples: Built) -> None:
    for file in built_samples.files(NAME):
        with pikepdf.open(file) as pdf:
            faces = {
                str(font.BaseFont).partition("+")[2]
                for page in pdf.pages
                for font in page.Resources.get("/Font", {}).values()
            }
        assert {"Galley-Legible", "Galley-Legible-Bold"} <= faces
        assert not [name for name in faces if "Italic" in name]
        pages = pypdfium2.PdfDocument(file)
        ends = [line for page in pages for line in page.get_textpage().get_text_range().split("\n")]
        assert not [line for line in ends if line.rstrip("\r").endswith(("\ufffe", "\u00ad"))]


@pytest.mark.validator("poppler")
def test_no_word_is_lost(built_samples: Built) -> None:
    tables = [p for p in built_samples.posts if "proof" in p["source"] or "tr/" in p["source"]]
    assert len(tables) == 2
    assert lost(replace(built_samples, posts=tuple(tables)), TOP / "source") == []


def lost(built: Built, source: Path) -> list[str]:
    """What is in the repaired posts and not in the files. More may be there: heads of tables are
    repeated where a table is stacked."""
    wrong: list[str] = []
    for post in built.posts:
        body = repaired(source, post["source"])
        body = without_formulas(body, built.out / post["editions"]["html"]["path"])
        text = pdf_text(built.out / post["editions"][NAME]["path"])
        missing = [str(found) for found in compare(body, text) if found.kind == "lost"]
        wrong += [f"{post['source']}: {what}" for what in (*missing, *lost_literals(body, text))]
    return wrong


@pytest.mark.prove
@pytest.mark.validator("verapdf")
@pytest.mark.parametrize("standard", ["PDF/A-3a", "PDF/UA-1"])
def test_every_post_conforms(standard: str, forty: Built) -> None:
    assert len(forty.posts) == 40
    assert complaints(JUDGES[standard][1], forty.share().files(NAME)) == []


@pytest.mark.prove
@pytest.mark.validator("poppler")
def test_no_word_of_the_corpus_is_lost(forty: Built, corpus: Path) -> None:
    assert lost(forty.share(), corpus / "posts") == []


@pytest.mark.prove
def test_every_tree_is_sound(forty: Built) -> None:
    assert {file.name: wrong for file in forty.files(NAME) if (wrong := faults(file))} == {}


@pytest.mark.prove
def test_no_post_has_small_type(forty: Built) -> None:
    assert {file.name: small for file in forty.files(NAME) if (small := too_small(file))} == {}


def test_a_note_that_the_layout_would_put_on_another_page_than_its_call_stands_at_the_end(
    built_samples: Built,
) -> None:
    (turkish,) = (p for p in built_samples.posts if p["source"].startswith("tr/"))
    last = {}
    for edition in (NAME, "pdf"):
        pages = pypdfium2.PdfDocument(built_samples.out / turkish["editions"][edition]["path"])
        last[edition] = pages[len(pages) - 1].get_textpage().get_text_range()
    assert "Notlar" in last[NAME]
    assert "Notlar" not in last["pdf"]
    assert all("A dizisinde her boyut" in text for text in last.values())


HEAD = "<thead><tr>{heads}</tr></thead>"
PLAIN = "<table><thead><tr><th>Sheet</th><th>mm</th></tr></thead><tbody>{rows}</tbody></table>"
WIDTH = 170 * MM / (LEAST / 10.5)


def settled(table: str) -> ET.Element:
    root = ET.fromstring(f'<div><div class="table">{table}</div></div>')
    stacked.settle(root, WIDTH, 10.5)
    return root


def test_a_table_that_fits_stays_one() -> None:
    root = settled(PLAIN.format(rows="<tr><td>A4</td><td>210</td></tr>"))
    assert root.find("div/table") is not None


@pytest.mark.parametrize(
    "row", [f"<td>{'x' * 60}</td><td>1</td>", f"<td>{'so ' * 99}</td><td>1</td>"]
)
def test_long_words_and_full_rows_are_stacked_each_cell_with_its_head(row: str) -> None:
    root = settled(PLAIN.format(rows=f"<tr>{row}</tr><tr><td>A<b>5</b></td><td/></tr>"))
    items = root.findall("div/ul/li")
    assert root.find(".//table") is None
    assert ["".join(cell.itertext())[:8] for cell in items[0]] == ["Sheet: " + row[4], "mm: 1"]
    assert ["".join(cell.itertext()) for cell in items[1]] == ["Sheet: A5"]


def test_a_heads_id_and_note_stand_once_and_an_empty_cell_keeps_its_head() -> None:
    head = '<th id="a">Name<sup><a id="r" role="doc-noteref" href="#n">1</a></sup></th><th>Why</th>'
    row = f"<tr><td>{'y' * 70}</td><td></td></tr>"
    root = settled(f"<table>{HEAD.format(heads=head)}<tbody>{row * 2}</tbody></table>")
    assert [element.get("id") for element in root.iter() if element.get("id")] == ["r"]
    first, second = root.findall("div/ul/li")
    assert "".join(first.itertext()) == f"Name1: {'y' * 70}Why:"
    assert "".join(second.itertext()) == f"Name: {'y' * 70}"


def test_spans_and_blocks_are_not_torn() -> None:
    span = f'<tr><td colspan="2">{"z" * 90}</td></tr>'
    assert settled(PLAIN.format(rows=span)).find("div/table") is not None
    blocks = f"<tr><td><p>{'z' * 90}</p></td><td><ul><li>one</li></ul></td></tr>"
    item = settled(PLAIN.format(rows=blocks)).find("div/ul/li")
    assert item is not None
    assert [child.tag for child in item] == ["p", "div", "p", "div"]
