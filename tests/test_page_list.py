"""Page parity: the e-book and the web page know where each printed page begins.

The judge is the PDF's own text, read back page by page: near each mark stands what the page's
first line says.
"""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest

from pipeline import editions
from pipeline.convert import tree
from pipeline.editions import page_marks
from pipeline.editions.markup import parse
from pipeline.editions.pdf import labels
from pipeline.model import PageStart
from pipeline.press import Order, build
from tests.conftest import BASE_URL, TOP, Built, Galley
from tests.page_text import Paged, distance, in_book, in_page, labels_of, printed_lines
from tests.reading_back import Book

ONE_LINE = 60
"""Characters, letters and digits alone, of a line of the page."""


def astray(paged: Paged, pdf: Path) -> list[str]:
    """The pages whose mark is not within a line of where the page begins."""
    pages = printed_lines(pdf)
    assert list(paged.marks) == labels_of(pdf)
    found = []
    for label, lines in zip(list(paged.marks)[1:], pages[1:], strict=True):
        away = distance(paged, label, lines)
        if away is None or abs(away) > ONE_LINE:
            found.append(f"{pdf.name}, page {label}: {away}: {lines[0].strip()}")
    return found


@pytest.mark.validator("poppler")
def test_every_mark_of_the_corpus_stands_where_its_page_begins(built_corpus: Built) -> None:
    pairs = zip(built_corpus.files("epub"), built_corpus.files("pdf"), strict=True)
    wrong = [line for epub, pdf in pairs for line in astray(in_book(epub), pdf)]
    assert len(built_corpus.posts) == 40
    assert wrong == []


def test_the_page_list_is_complete_and_names_the_pdf(built_samples: Built) -> None:
    for post in built_samples.posts:
        book = Book(built_samples.out / post["editions"]["epub"]["path"])
        nav = book.nav()
        (listed,) = nav.xpath("//*[local-name()='nav'][@*[local-name()='type']='page-list']")
        entries = listed.xpath(".//*[local-name()='a']")
        pdf = built_samples.out / post["editions"]["pdf"]["path"]
        assert [entry.text for entry in entries] == labels_of(pdf)
        assert len(entries) == post["editions"]["pdf"]["pages"]
        marks = {e.get("id"): e for p in book.pages() for e in p.iter() if e.get("id")}
        for entry in entries:
            mark = marks[entry.get("href").partition("#")[2]]
            assert mark.get("role") == "doc-pagebreak"
            assert mark.get("{http://www.idpf.org/2007/ops}type") == "pagebreak"
        assert str(book.meta("pageBreakSource")).startswith("urn:uuid:")
        with pikepdf.open(pdf) as opened, opened.open_metadata() as said:
            assert said["xmpMM:DocumentID"] == book.meta("pageBreakSource")
        assert book.meta("pageBreakSource") != post["record"]["identifier"]


@pytest.mark.validator("poppler")
def test_a_web_page_has_the_same_marks_when_it_is_asked_to(
    galley: Galley, built_samples: Built, tmp_path: Path
) -> None:
    source = TOP / "source"
    options = ("--set", "html.page_marks=true", "--set", f"base_url={BASE_URL}")
    done = galley("build", source, "-e", "html", "-o", tmp_path, *options)
    assert done.code == 0, done.text
    for post in built_samples.posts:
        page = in_page(tmp_path / post["editions"]["html"]["path"])
        book = in_book(built_samples.out / post["editions"]["epub"]["path"])
        assert list(page.marks) == list(book.marks)
        assert astray(page, built_samples.out / post["editions"]["pdf"]["path"]) == []


def test_an_e_book_alone_has_the_bytes_of_one_among_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made after its PDF it lays nothing out; made first it lays the PDF out."""
    post = TOP / "source" / "tr" / "2025-03-18-ekrandan-kagida.md"

    def built(folder: str, *names: str) -> bytes:
        build(Order((post,), tmp_path / folder, names, jobs=1), lambda _: None)
        return (tmp_path / folder / "ekrandan-kagida.epub").read_bytes()

    alone = built("alone", "epub")
    assert not (tmp_path / "alone" / "ekrandan-kagida.pdf").exists()
    build(Order((post,), tmp_path / "after", ("pdf",), jobs=1), lambda _: None)
    monkeypatch.setattr(editions, "starts", lambda *_: pytest.fail("the pages were known"))
    assert built("after", "epub") == alone
    assert built("whole", "epub", "pdf") == alone
    ledgers = {
        json.dumps(
            json.loads((tmp_path / name / ".galley/ledger.json").read_text())["posts"][0]["maps"]
        )
        for name in ("alone", "after", "whole")
    }
    assert len(ledgers) == 1


PLACES = [
    ("<p>One <em>two</em> three</p>", (1, 3), "<p>One <em>two</em> |three</p>"),
    ("<p>One <em>two</em> three</p>", (2, 0), "<p>One |<em>two</em> three</p>"),
    ("<p>One <em>two</em> three four</p>", (1, 5), "<p>One <em>two</em> three |four</p>"),
    ("<p>One</p><p>two</p>", (2, 0), "<p>One</p><p>|two</p>"),
    ("<div><h2><b>a</b> b</h2></div>", (3, 0), "<div>|<h2><b>a</b> b</h2></div>"),
    ("<pre><code>a\nb c</code></pre>", (2, 1), "<pre><code>a\n|b c</code></pre>"),
    ("<pre><code><b>a</b> b</code></pre>", (3, 0), "|<pre><code><b>a</b> b</code></pre>"),
    (
        "<div class='table'><table><thead><tr><th>a</th></tr></thead></table></div>",
        (5, 0),
        "|<div class='table'><table><thead><tr><th>a</th></tr></thead></table></div>",
    ),
    (
        "<table><tbody><tr><td>a</td></tr><tr><td><em>b</em></td></tr></tbody></table>",
        (6, 0),
        "<table><tbody><tr><td>a</td></tr><tr><td>|<em>b</em></td></tr></tbody></table>",
    ),
    ("<ul><li>a</li><li>b</li></ul>", (3, 0), "<ul><li>a</li><li>|b</li></ul>"),
    ("<figure><img/></figure>", (2, 0), "|<figure><img/></figure>"),
    ("<p>a <math><mi>x</mi></math></p>", (3, 0), "<p>a |<math><mi>x</mi></math></p>"),
    ("<p>One</p>", (1, 99), "<p>One|</p>"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "place", "expected"), PLACES)
def test_a_mark_stands_where_reading_begins(
    body: str, place: tuple[int, int], expected: str
) -> None:
    root = parse(body)
    starts = (PageStart("7", "text", *place),)
    page_marks.marked(root, starts, "Page", epub=False, listed=False)
    (mark,) = root.iterfind(".//span[@role='doc-pagebreak']")
    assert (mark.get("id"), mark.get("aria-label"), mark.get("data-page")) == (
        "page-7", "Page 7", "7",
    )  # fmt: skip
    mark.addprevious(tree.make("here"))
    tree.remove(mark)
    assert tree.serialize(root).strip().replace("<here></here>", "|") == expected.replace("'", '"')


def test_pages_outside_the_text_go_to_the_title_or_the_contents() -> None:
    def parts(listed: bool, epub: bool) -> list[str]:
        starts = (
            PageStart("1", "title"),
            PageStart("2", "contents"),
            PageStart("3", "text", 1, 0),
            PageStart("4", "end"),
        )
        body = parse("<p>a</p>")
        return [m.part for m in page_marks.marked(body, starts, "", epub=epub, listed=listed)]

    assert parts(listed=False, epub=True) == ["title", "title", "text", "end"]
    assert parts(listed=True, epub=False) == ["title", "contents", "text", "end"]
    assert parts(listed=True, epub=True) == ["contents", "contents", "text", "end"]


def test_an_id_of_the_text_keeps_its_name() -> None:
    body = parse('<p id="page-7">a</p>')
    (mark,) = page_marks.marked(body, (PageStart("7", "text", 1, 0),), "", epub=False, listed=False)
    assert mark.uid == "g-page-7"


def test_labels_count_front_matter_in_roman_numbers() -> None:
    assert labels.texts(["front"] * 4 + [""] * 2) == ["i", "ii", "iii", "iv", "1", "2"]
    assert labels.texts(["front"] * 100)[39:100:50] == ["xl", "xc"]
