"""The handout: links as notes with their codes, room to write, the foot, and the size that fits."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import pikepdf
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline.config import Config, Settings
from pipeline.editions import EDITIONS, Desk, Edition, render
from pipeline.editions.entries import of_post
from pipeline.editions.pdf import handout as extras
from pipeline.editions.pdf.handout import fit, links, qr, space
from pipeline.editions.pdf.setting import Setting
from pipeline.fonts import library
from pipeline.model import Document, Rendered
from pipeline.variants import Options, merged, pages_wanted
from tests.sample_document import desk, sample
from tests.tagged_text import Tagged

MM = 72 / 25.4
LONG = "https://example.org/" + "a-rather-long-part/" * 8 + "?query=one&other=two#part"
BODY = f"""<p>See <a href="https://example.org/one">the first</a>,
<a href="{escape(LONG)}">a long one</a>,
<a href="https://example.org/one">the first again</a> and
<a href="https://example.org/bare-and-plain">https://example.org/bare-and-plain</a>.</p>
<section id="s" class="level2"><h2>With <a href="https://example.org/head">a link</a></h2>
<p>Write to <a href="mailto:a@example.org">a@example.org</a> or <a
href="mailto:b@example.org?subject=Hello%20there">the office</a>, and see
<a href="#s">the section</a>.</p></section>"""
ADDRESSES = ["https://example.org/one", LONG, "https://example.org/bare-and-plain",
             "https://example.org/head", "mailto:b@example.org?subject=Hello%20there"]  # fmt: skip
PRINTED = [*ADDRESSES[:4], "b@example.org"]


def edition(**options: Any) -> Edition:
    made = EDITIONS["handout"]
    return replace(made, options=merged(made.options, Options(**options)))


def made(document: Document, at: Desk | None = None, **options: Any) -> Rendered:
    return render(document, edition(**options), at or desk(Path("/nowhere")))


def post(body: str = BODY, **record: Any) -> Document:
    return sample(body=body, **record)


def asking(**front: Any) -> Document:
    """The sample with everything, and a map ``handout`` in its front matter."""
    return sample(extra={"handout": front})


@pytest.fixture
def text_of(tmp_path: Path) -> Any:
    def read(rendered: Rendered, *options: str) -> str:
        (tmp_path / "post.pdf").write_bytes(rendered.data)
        command = ["pdftotext", *options, str(tmp_path / "post.pdf"), "-"]
        return subprocess.run(command, capture_output=True, check=True).stdout.decode()

    return read


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\u2060]", "", text)


def pictures(rendered: Rendered, folder: Path) -> list[Image.Image]:
    """The pages as an office printer would have them."""
    (folder / "post.pdf").write_bytes(rendered.data)
    return pictures_of(folder / "post.pdf", folder)


def codes_of(pages: list[Image.Image]) -> list[str]:
    """What a telephone reads off the pages."""
    kind = zxingcpp.BarcodeFormat.QRCode
    return sorted(found.text for page in pages for found in zxingcpp.read_barcodes(page, kind))


def pictures_of(pdf: Path, folder: Path) -> list[Image.Image]:
    for old in folder.glob("page-*.png"):
        old.unlink()
    command = ["pdftoppm", "-r", "200", "-gray", "-png", pdf, folder / "page"]
    subprocess.run(command, check=True)
    return [Image.open(file) for file in sorted(folder.glob("page-*.png"))]


def rectangles(page: pikepdf.Page) -> Iterator[tuple[float, float, float, float]]:
    """From point to point, in mm from the page's foot, each rule of the room for notes."""
    height = float(page.mediabox[3])
    inside, start = False, (0.0, 0.0)
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "BDC":
            inside = str(operands[0]) == "/Artifact" and "/Type" in operands[1] and (
                str(operands[1].Type) == "/Layout"
            )  # fmt: skip
        elif name == "EMC":
            inside = False
        elif inside and name == "m":
            start = (float(operands[0]) / MM, (height - float(operands[1])) / MM)
        elif inside and name == "l":
            yield (*start, float(operands[0]) / MM, (height - float(operands[1])) / MM)


# Links -------------------------------------------------------------------------------------


def test_each_address_is_listed_once_in_order_and_complete(text_of: Any) -> None:
    """The one that stands in the text as it is among them: the list is whole."""
    text = text_of(made(post()), "-raw")
    listed = squeezed(text[text.index("Links in this handout") :])
    places = [listed.index(f"{n}{address}") for n, address in enumerate(PRINTED, 1)]
    assert places == sorted(places)
    assert [listed.count(address) for address in PRINTED] == [1] * 5


def test_every_link_has_its_number_and_a_plain_mail_address_none(text_of: Any) -> None:
    text = squeezed(text_of(made(post())).split("Links in this handout")[0])
    assert "Seethefirst1,alongone2,thefirstagain1andhttps://example.org/bare-and-plain3." in text
    assert "Withalink4" in text
    assert "Writetoa@example.orgortheoffice5,andseethesection" in text


def test_numbers_stand_in_brackets_where_notes_have_numbers_too() -> None:
    call = '<sup><a class="noteref" id="fnref-1" href="#fn-1" role="doc-noteref">1</a></sup>'
    document, _ = links.numbered(post(f"{BODY}<p>x{call}</p>"))
    assert ">\u2060[1]<" in document.body
    assert ">\u20601<" in links.numbered(post())[0].body


def test_a_note_has_its_links_numbered_where_it_is_called() -> None:
    call = '<sup><a class="noteref" id="fnref-1" href="#fn-1" role="doc-noteref">1</a></sup>'
    note = ('<section class="notes" id="notes"><ol><li id="fn-1"><p><a href="https://b.example/">'
            "b</a></p></li></ol></section>")  # fmt: skip
    text = '<p><a href="https://{0}.example/">{0}</a></p>'
    _, addresses = links.numbered(
        post(text.format("a") + f"<p>x{call} y{call}</p>" + text.format("c") + note)
    )
    assert [address.href[8] for address in addresses] == ["a", "b", "c"]


def test_numbers_stay_out_of_the_outline_and_the_running_head() -> None:
    with pikepdf.open(BytesIO(made(post()).data)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["With a link"]


def test_numbers_lead_to_the_addresses_and_addresses_to_the_web() -> None:
    with pikepdf.open(BytesIO(made(post()).data)) as pdf:
        areas = [area for page in pdf.pages for area in page.get("/Annots", [])]
        leads = {str(area.A.URI) for area in areas if "/A" in area and "/URI" in area.A}
        inside = {str(area.Dest) for area in areas if "/Dest" in area}
    assert set(ADDRESSES) <= leads
    assert {f"link-{n}" for n in range(1, 6)} <= inside


@given(st.text("abc/:.?&=-_~#%+@,1", min_size=1, max_size=60))
def test_breaking_an_address_changes_none_of_its_signs(address: str) -> None:
    assert squeezed(links.breakable(address)) == address
    assert not re.search("-(?!\u2060|$)", links.breakable(address))


def test_links_stay_inline_where_an_edition_says_so(text_of: Any) -> None:
    text = text_of(made(post(), links="inline"))
    assert "Links in this handout" not in text
    assert "the first, a long one" in " ".join(text.split())


# QR codes ----------------------------------------------------------------------------------


@pytest.mark.parametrize("type_size", [9.5, 13.0])
def test_codes_are_read_back_from_a_picture_of_the_pages(tmp_path: Path, type_size: float) -> None:
    document = post()
    pages = pictures(made(document, type_size=type_size), tmp_path)
    assert codes_of(pages) == sorted([str(document.record.url), *ADDRESSES])


@pytest.mark.parametrize("words", [200, 264])
def test_codes_keep_their_places_when_a_page_before_them_is_laid_out_anew(
    tmp_path: Path, words: int
) -> None:
    """A reference to a later page is filled in when that page is known: the page with the
    reference is then laid out again, and with it, for a try, what goes over to the next one."""
    addresses = [f"https://{n}.example/" for n in range(8)]
    text = "".join(f'<p><a href="{a}">link</a> and words that fill a line</p>' for a in addresses)
    there = '<section id="s" class="level2"><h2>There</h2><p>It is.</p></section>'
    body = f'<p>See <a href="#s">there</a>.</p>{there}<p>{"word " * words}</p>{text}'
    read = codes_of(pictures(made(post(body, url=None)), tmp_path))
    assert read == addresses


def test_a_code_has_the_size_that_a_telephone_needs() -> None:
    for text in ("https://a.example/", "https://example.org/" + "x" * 80, LONG * 3):
        code = qr.code(text, "asset:qr")
        assert code is not None
        assert code.side() == max(15, 0.4 * code.modules)
        assert code.quiet * code.modules == 4
        box = re.search(rb'viewBox="0 0 (\d+) (\d+)"', code.svg)
        assert box is not None
        assert int(box[1]) == int(box[2]) == code.modules
    assert [round(qr.code("x" * n, "").side(), 1) for n in (53, 100, 150)] == [15, 18, 21.2]  # type: ignore[union-attr]


def test_codes_are_drawings_with_a_text_for_those_who_do_not_see_them() -> None:
    with pikepdf.open(BytesIO(made(post()).data)) as pdf:
        images = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)
                  and item.get("/Subtype") == "/Image"]  # fmt: skip
        alts = [str(item.Alt) for item in pdf.objects
                if isinstance(item, pikepdf.Dictionary) and "/Alt" in item]  # fmt: skip
    assert not images
    assert "QR code of address 5" in alts
    assert "QR code: this post on the web" in alts


def test_codes_can_be_left_out() -> None:
    tree = Tagged(made(post(), qr=False).data)
    assert tree.root.all("Figure") == []
    assert "https://example.org/head" in tree.text(tree.root)


def test_an_address_that_no_code_can_hold_is_printed_without_one(text_of: Any) -> None:
    address = "https://example.org/" + "x" * 3000
    rendered = made(post(f'<p><a href="{address}">long</a></p>'))
    assert [note.code for note in rendered.diagnostics] == ["E231"]
    assert address in squeezed(text_of(rendered, "-raw"))


# Room to write -----------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "duplex"), [(20, False), (420, True), (560, False), (640, True)])
def test_lines_go_to_the_foot_of_the_last_page(words: int, duplex: bool) -> None:
    rendered = made(post("<p>" + "word " * words + "</p>"), notes="lines", duplex=duplex)
    with pikepdf.open(BytesIO(rendered.data)) as pdf:
        found = [sorted({round(rule[1], 2) for rule in rectangles(page)}) for page in pdf.pages]
    assert not any(found[:-1])
    lines = found[-1]
    assert len(lines) >= 5
    assert {round(b - a, 1) for a, b in pairwise(lines)} == {8.2}
    foot = 297 - 22
    assert foot - 8.2 < lines[-1] <= foot + 0.2


def test_a_grid_has_squares_and_a_margin_is_ruled_on_every_page() -> None:
    long = post("<p>" + "word " * 900 + "</p>")
    with pikepdf.open(BytesIO(made(long, notes="grid").data)) as pdf:
        rules = list(rectangles(pdf.pages[-1]))
        across = sorted({round(rule[0], 2) for rule in rules if rule[0] == rule[2]})
    assert {round(b - a, 2) for a, b in pairwise(across)} == {5.0}
    with pikepdf.open(BytesIO(made(long, notes="margin", duplex=True).data)) as pdf:
        edges = [[rule[0] for rule in rectangles(page) if abs(rule[0] - rule[2]) < 0.01]
                 for page in pdf.pages]  # fmt: skip
    assert len(edges) >= 2
    assert [len(page) for page in edges] == [1] * len(edges)
    assert edges[0][0] > 105 > edges[1][0]


def test_room_to_write_is_no_content(text_of: Any) -> None:
    rendered = made(post(), notes="lines")
    assert "Your notes" in text_of(rendered)
    tree = Tagged(rendered.data)
    assert "the first again" in tree.text(tree.root)
    assert "Your notes" not in tree.text(tree.root)


# The page ----------------------------------------------------------------------------------


def words_of(
    rendered: Rendered, folder: Path
) -> list[list[tuple[float, float, float, float, str]]]:
    """Each word of each page: left, top, right, bottom in mm, text."""
    (folder / "post.pdf").write_bytes(rendered.data)
    command = ["pdftotext", "-bbox", str(folder / "post.pdf"), "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    pages = []
    for page in text.split("<page ")[1:]:
        found = re.findall(
            r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>',
            page,
        )
        pages.append([(*(float(edge) / MM for edge in box[:4]), box[4]) for box in found])
    return pages  # type: ignore[return-value]


def test_the_foot_says_date_version_rights_address_and_page(tmp_path: Path) -> None:
    document = post(BODY + "<p>word </p>" * 90, extra={"version": 3})
    for number, page in enumerate(pages := words_of(made(document), tmp_path), 1):
        foot = [word[4] for word in page if word[1] > 297 - 22]
        assert sorted(foot) == sorted(
            f"4 October 2024 · Version 3 · CC BY 4.0 https://example.org/sample/ {number} of "
            f"{len(pages)}".split()
        )
    undated = words_of(made(post()), tmp_path)[0]
    foot = " ".join(word[4] for word in undated if word[1] > 297 - 22)
    assert foot.startswith("4 October 2024 · Updated 2 January 2025 · CC BY 4.0")


@pytest.mark.parametrize(("type_size", "duplex"), [(9.5, False), (13.0, True)])
def test_two_long_running_texts_never_collide(
    tmp_path: Path, type_size: float, duplex: bool
) -> None:
    document = post(
        BODY + "<p>word </p>" * 120,
        title="A title that has so many words that no line of a page can hold all of it " * 2,
        rights="Rights that are told at a length which only lawyers think of as a line " * 2,
        url="https://example.org/" + "a-long-address-of-a-post-" * 7,
    )
    for page in words_of(made(document, type_size=type_size, duplex=duplex), tmp_path):
        margins = [word for word in page if word[3] < 20 or word[1] > 297 - 22]
        assert margins
        assert all(word[3] <= 297 - 4.2 and word[0] > 10 and word[2] < 200 for word in margins)
        for place, one in enumerate(margins):
            for other in margins[place + 1 :]:
                apart = one[2] <= other[0] + 0.1 or other[2] <= one[0] + 0.1
                assert apart or one[3] <= other[1] + 0.9 or other[3] <= one[1] + 0.9, (one, other)


def test_duplex_mirrors_the_margin_for_the_binding(tmp_path: Path) -> None:
    document = post("<p>word </p>" * 90)
    for duplex, edges in ((False, {26.0}), (True, {26.0, 18.0})):
        pages = words_of(made(document, duplex=duplex), tmp_path)
        lefts = [round(min(w[0] for w in page if w[4] == "word"), 0) for page in pages]
        assert set(lefts) == edges
        assert lefts[0] == 26


def test_steps_are_numbered_on_across_code_and_the_numbers_are_labels(text_of: Any) -> None:
    body = ('<ol type="1"><li>one<pre class="code"><code>x</code></pre></li></ol><p>between</p>'
            '<ol start="2" type="1"><li>two</li><li>three</li></ol>')  # fmt: skip
    rendered = made(post(body))
    assert re.search(r"1\s+one.*2\s+two\s+3\s+three", text_of(rendered), re.DOTALL)
    with pikepdf.open(BytesIO(rendered.data)) as pdf:
        labels = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary)
                  and o.get("/S") == "/Lbl"]  # fmt: skip
    assert len(labels) == 3


def test_nothing_is_told_by_colour_alone() -> None:
    with pikepdf.open(BytesIO(made(sample()).data)) as pdf:
        for page in pdf.pages:
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) in ("rg", "RG"):
                    shade = [float(part) for part in operands]
                    assert max(shade) - min(shade) < 0.06, shade


# What the post asks for ----------------------------------------------------------------------


def test_the_front_matter_brings_summary_and_key_terms(text_of: Any) -> None:
    asked = {"summary": ["What *folding* is", "How to fold"],
             "key-terms": {"Fold": "a bend that stays", "Spine": None}}  # fmt: skip
    text = " ".join(text_of(made(sample(extra={"handout": asked}))).split())
    assert "In this handout – What folding is – How to fold" in text
    assert "Key terms Fold a bend that stays Spine" in text


def test_a_post_chooses_for_its_handout_but_not_against_the_command_line() -> None:
    document = asking(fit="2 sheets", notes=True, qr=False, duplex=True)
    chosen = of_post(edition(), document.record).options
    assert (chosen.fit, chosen.notes, chosen.qr, chosen.duplex) == (
        "2 sheets",
        "lines",
        False,
        True,
    )
    firm = replace(edition(notes="grid"), firm=("notes",))
    assert of_post(firm, document.record).options.notes == "grid"
    assert of_post(EDITIONS["pdf"], document.record) is EDITIONS["pdf"]


# Fit -----------------------------------------------------------------------------------------


@given(st.integers(-1, len(fit.GRID) - 1))
def test_four_tries_find_the_largest_size_whatever_it_is(best: int) -> None:
    tries: list[float] = []

    def make(size: float) -> float:
        tries.append(size)
        return size

    found = fit.largest(make, lambda size: fit.GRID.index(size) <= best)
    assert len(tries) <= 4
    assert found.fits == (best >= 0)
    assert found.size == found.made == fit.GRID[max(best, 0)]
    assert tuple(9.5 + n * 0.25 for n in range(15)) == fit.GRID


@pytest.mark.parametrize(
    ("asked", "duplex", "pages"),
    [("2 sheets", True, 4), ("2 sheets", False, 2), ("1 page", True, 1), ("3 pages", False, 3),
     ("no", True, None), (None, False, None)],
)  # fmt: skip
def test_a_duplex_sheet_has_two_pages(asked: str | None, duplex: bool, pages: int | None) -> None:
    assert pages_wanted(asked, duplex) == pages


def setting(document: Document, **options: Any) -> Setting:
    made = of_post(edition(**options), document.record)
    at = Desk(Config(Path("/nowhere"), Settings()), desk(Path("/nowhere")).epoch)
    return Setting(extras.extras(document, made), made, at, library())


def test_the_chosen_size_fits_and_the_next_does_not() -> None:
    words = post("<p>" + "words that fill a line of the page " * 28 + "</p>" + BODY)
    for asked, pages in (("1 page", 1), ("1 sheet", 2)):
        one = setting(words, fit=asked, duplex=True, notes="lines")
        found, notes = fit.fitted(one)
        assert found.count <= pages
        assert not notes
        size = round(found.scale * 10.5, 2)
        assert size in fit.GRID
        if size < fit.LARGEST:
            larger = setting(words, type_size=size + fit.STEP, duplex=True, notes="lines")
            assert fit.fitted(larger)[0].count > pages


def test_what_fits_in_no_size_is_said_in_lines(tmp_path: Path) -> None:
    document = post("<p>" + "word " * 700 + "</p>", extra={"handout": {"fit": "1 page"}})
    rendered = made(document)
    (note,) = rendered.diagnostics
    assert (note.code, note.severity) == ("E230", "warning")
    over = int(re.findall(r"(\d+) lines are over", note.message)[0])
    pages = words_of(rendered, tmp_path)
    tops = {round(word[1], 1) for word in pages[1] if word[4] == "word"}
    assert abs(len(tops) - over) <= 1, (len(tops), over)


def test_space_for_notes_has_lines_and_squares_of_the_same_room() -> None:
    assert pytest.approx(41) == 5 * space.LINES
    template = (Path(__file__).parents[1] / "templates/pdf/writing.html.j2").read_text()
    assert "41 / paper.scale" in template


def test_the_body_keeps_its_words() -> None:
    document = post()
    numbered, _ = links.numbered(document)
    before, after = (
        "".join(ET.fromstring(f"<div>{d.body}</div>").itertext()) for d in (document, numbered)
    )
    assert re.sub("\u2060\\d|[\u200b\u2060]", "", after) == before
