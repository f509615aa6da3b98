"""The EPUB edition of a hand-made document, opened as a reading system opens it."""

from __future__ import annotations

import datetime as dt
import io
import posixpath
import zipfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import etree
from PIL import Image

from pipeline import templating
from pipeline.config import Config, Settings
from pipeline.editions import EDITIONS, cover_plan, render
from pipeline.editions.cover_plan import Piece
from pipeline.editions.cover_type import block
from pipeline.editions.epub_chapters import ascii_name
from pipeline.editions.epub_cover import HEIGHT, WIDTH, arranged, cover
from pipeline.editions.epub_package import in_utc, repacked
from pipeline.model import Asset, Document, PageStart
from tests.page_text import bare
from tests.sample_document import BODY, LONG, RECORD, desk, picture, rendered, sample
from tests.tools import validators

OPF = "{http://www.idpf.org/2007/opf}"
XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"


def opened(document: Document, root: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(rendered("epub", document, desk(root)))) as book:
        return {name: book.read(name) for name in book.namelist()}


def package(files: dict[str, bytes]) -> etree._Element:
    return etree.fromstring(files["EPUB/content.opf"])


def spine(files: dict[str, bytes]) -> list[str]:
    root = package(files)
    names = {item.get("id"): item.get("href") for item in root.iter(f"{OPF}item")}
    return [names[ref.get("idref")] for ref in root.iter(f"{OPF}itemref")]


def texts(files: dict[str, bytes]) -> dict[str, etree._Element]:
    return {n: etree.fromstring(data) for n, data in files.items() if n.endswith(".xhtml")}


def test_a_short_post_is_one_chapter_and_a_long_one_a_chapter_a_section(tmp_path: Path) -> None:
    assert spine(opened(sample(), tmp_path)) == ["cover.xhtml", "text.xhtml"]
    assert spine(opened(sample(LONG), tmp_path)) == [
        "cover.xhtml",
        "nav.xhtml",
        "opening.xhtml",
        "01-lists.xhtml",
        "02-tables.xhtml",
        "03-boxes.xhtml",
        "04-pictures.xhtml",
        "notes.xhtml",
    ]


@pytest.mark.parametrize("words", [400, LONG])
def test_every_link_leads_to_a_place_in_the_book(tmp_path: Path, words: int) -> None:
    files = opened(sample(words), tmp_path)
    pages = texts(files)
    ids = {
        (name, element.get("id"))
        for name, page in pages.items()
        for element in page.iter()
        if element.get("id")
    }
    inside = 0
    for name, page in pages.items():
        for link in page.iter(f"{XHTML}a"):
            address = link.get("href")
            if "://" in address:
                continue
            file, _, target = address.partition("#")
            home = posixpath.join("EPUB", file) if file else name
            assert home in pages, address
            assert not target or (home, unquote(target)) in ids, address
            inside += 1
    assert inside > 10


def test_notes_pop_up_and_lead_back(tmp_path: Path) -> None:
    pages = texts(opened(sample(LONG), tmp_path))
    (mark,) = pages["EPUB/opening.xhtml"].xpath("//*[@role='doc-noteref']")
    assert (mark.get(TYPE), mark.get("href")) == ("noteref", "notes.xhtml#fn-1")
    notes = pages["EPUB/notes.xhtml"].xpath("//*[@role='doc-footnote']")
    assert [(note.get("id"), note.get(TYPE)) for note in notes] == [
        ("fn-1", "footnote"),
        ("fn-2", "footnote"),
    ]
    (back, _) = pages["EPUB/notes.xhtml"].xpath("//*[@role='doc-backlink']")
    assert back.get("href") == "opening.xhtml#fnref-1"


def test_the_words_of_the_body_are_all_there_in_order(tmp_path: Path) -> None:
    wanted = etree.fromstring(f"<b>{BODY}</b>").xpath("string()").split()
    files = opened(sample(LONG), tmp_path)
    pages = texts(files)
    found: list[str] = []
    for name in spine(files)[2:]:
        body = pages[f"EPUB/{name}"].find(f"{XHTML}body")
        for furniture in body.xpath("//*[local-name()='header' or local-name()='footer']"):
            furniture.getparent().remove(furniture)
        found += body.xpath("string()").split()
    assert found == wanted


def test_the_package_says_what_the_record_says(tmp_path: Path) -> None:
    root = package(opened(sample(), tmp_path))
    said = [(etree.QName(element).localname, element.text) for element in root[0]]
    for pair in (
        ("identifier", RECORD.identifier),
        ("title", RECORD.title),
        ("title", RECORD.subtitle),
        ("creator", "Ada Lovelace"),
        ("meta", "Lovelace, Ada"),
        ("date", "2024-10-04T10:08:14+03:00"),
        ("meta", "2025-01-02T00:00:00Z"),
        ("source", RECORD.url),
        ("subject", "design"),
        ("subject", "Craft"),
        ("publisher", "The Press"),
        ("rights", "CC BY 4.0"),
        ("meta", "House style"),
    ):
        assert pair in said
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    properties = {i.get("href"): i.get("properties") for i in root.iter(f"{OPF}item")}
    assert properties["text.xhtml"] == "mathml"
    assert properties["cover.png"] == "cover-image"
    assert properties["nav.xhtml"] == "nav"


def test_callouts_say_their_kind_in_both_vocabularies(tmp_path: Path) -> None:
    kinds = ("note", "tip", "important", "warning", "caution")
    boxes = "".join(f'<aside class="callout {kind}" role="note"><p>a</p></aside>' for kind in kinds)
    page = texts(opened(sample(body=boxes), tmp_path))["EPUB/text.xhtml"]
    said = [
        (etree.QName(box).localname, box.get(TYPE), box.get("role"))
        for box in page.xpath("//*[contains(@class, 'callout')]")
    ]
    assert said == [
        ("aside", None, "note"),
        ("aside", "tip", "doc-tip"),
        *[("section", "notice", "doc-notice")] * 3,
    ]


def test_an_old_reader_finds_the_printed_pages(tmp_path: Path) -> None:
    starts = tuple(
        PageStart(label, part, 0, 0)
        for label, part in (("i", "title"), ("ii", "contents"), ("1", "text"), ("2", "end"))
    )
    made = render(sample(LONG), EDITIONS["epub"], replace(desk(tmp_path), starts=starts))
    with zipfile.ZipFile(io.BytesIO(made.data)) as book:
        ncx, nav = (etree.fromstring(book.read(f"EPUB/{n}")) for n in ("toc.ncx", "nav.xhtml"))
    targets = list(ncx.iter("{*}pageTarget"))
    assert [(t.get("type"), t.get("value")) for t in targets] == [
        ("front", "1"), ("front", "2"), ("normal", "1"), ("normal", "2"),
    ]  # fmt: skip
    listed = nav.xpath("//*[@role='doc-pagelist']//*[local-name()='a']")
    assert [(t.findtext(".//{*}text"), t.find("{*}content").get("src")) for t in targets] == [
        (a.text, a.get("href")) for a in listed
    ]
    said = {meta.get("name"): meta.get("content") for meta in ncx.iter("{*}meta")}
    assert (said["dtb:totalPageCount"], said["dtb:maxPageNumber"]) == ("4", "2")
    assert said["dtb:depth"] == "4"


def test_the_licence_of_the_faces_goes_with_them(tmp_path: Path) -> None:
    assert b"SIL OPEN FONT LICENSE" in opened(sample(), tmp_path)["EPUB/fonts/OFL.txt"].upper()


def test_a_face_that_stands_for_two_styles_is_there_once(tmp_path: Path) -> None:
    """There is no slanted bold mono: the upright one serves for it."""
    pressed = "<p><strong><kbd>Ctrl</kbd></strong> <strong><em><kbd>Alt</kbd></em></strong></p>"
    files = opened(replace(sample(), body=pressed, outline=()), tmp_path)
    assert "EPUB/fonts/galley-mono-600.woff2" in files


def test_the_zip_is_the_same_each_time_and_begins_with_its_type(tmp_path: Path) -> None:
    data = rendered("epub", sample(), desk(tmp_path))
    assert data == rendered("epub", sample(), desk(tmp_path))
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        entries = book.infolist()
    assert entries[0].filename == "mimetype"
    assert entries[0].compress_type == zipfile.ZIP_STORED
    assert [e.filename for e in entries[1:]] == sorted(e.filename for e in entries[1:])
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}


def test_names_that_leave_the_book_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as bad:
        bad.writestr("EPUB/../../evil.xhtml", "")
    with pytest.raises(ValueError, match="evil"):
        repacked(out.getvalue(), {})


def test_text_keeps_the_colours_of_the_reader(tmp_path: Path) -> None:
    css = opened(sample(), tmp_path)["EPUB/book.css"].decode()
    colours = [line for line in css.splitlines() if " color:" in line and "inherit" not in line]
    assert colours == []
    assert "line-height: 1" in css
    assert not [part for part in css.split("line-height:")[1:] if "px" in part.split(";")[0]]


def test_dates_come_out_in_utc() -> None:
    epoch = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
    assert RECORD.published is not None
    assert in_utc(RECORD.published, epoch).isoformat() == "2024-10-04T07:08:14+00:00"
    assert in_utc(dt.date(2025, 1, 2), epoch).isoformat() == "2025-01-02T00:00:00+00:00"
    assert in_utc(None, epoch) == epoch


@pytest.mark.parametrize(
    ("title", "name"),
    [("Künye ve çıktı", "kunye-ve-cikti"), ("Größe", "grosse"), ("漢字", "section")],
)
def test_file_names_are_readable_everywhere(title: str, name: str) -> None:
    assert ascii_name(title) == name


def drawn(document: Document, settings: Settings = Settings()) -> Asset:  # noqa: B008 - frozen
    made = templating.environment(("epub",), Config(Path(), settings))
    return cover(document, cover_plan.made(made, document.record, settings))


def test_a_cover_is_shaped_in_the_language_of_the_post_not_of_the_machine() -> None:
    english, turkish = (drawn(sample(title="A fine fit", language=tag)) for tag in ("en", "tr"))
    assert english.data != turkish.data  # Turkish joins no f with its i


def test_a_cover_is_drawn_or_shows_the_picture() -> None:
    plain = drawn(sample())
    assert (plain.media_type, plain.width, plain.height) == ("image/png", WIDTH, HEIGHT)
    with Image.open(io.BytesIO(plain.data)) as page:
        assert page.convert("RGB").getpixel((5, 5)) == (122, 46, 29)
        assert len(page.convert("L").getcolors(256) or ()) > 4
    shown = replace(sample(), cover=Asset("c.png", "image/png", picture(300, 200), 300, 200))
    assert drawn(shown).media_type == "image/jpeg"
    broken = replace(sample(), cover=Asset("c.png", "image/png", b"no picture", 300, 200))
    assert drawn(broken).media_type == "image/png"


def test_a_displayed_formula_may_scroll(tmp_path: Path) -> None:
    formula = '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><mi>x</mi></math>'
    files = opened(sample(body=f"<p>Text</p><p>{formula}</p>"), tmp_path)
    (text,) = (root for name, root in texts(files).items() if name.endswith("text.xhtml"))
    assert [p.get("class") for p in text.iter(f"{XHTML}p") if len(p)][-1] == "formula"


def test_the_style_sheet_follows_the_direction_of_the_language(tmp_path: Path) -> None:
    for language, side in (("en", "left"), ("he", "right")):
        css = opened(sample(language=language), tmp_path)["EPUB/book.css"].decode()
        assert f"ul, ol {{ margin: 0 0 .8em; padding-{side}: 1.5em; }}" in css


def ink(document: Document) -> list[tuple[int, int]]:
    """Where, from left to right, the columns of a cover's upper half are inked."""
    with Image.open(io.BytesIO(drawn(document).data)) as page:
        upper = page.convert("L").crop((0, 0, WIDTH, HEIGHT // 2))
    ground = upper.getpixel((0, 0))
    box = upper.point(lambda value: 255 * (value != ground)).getbbox()
    return [(box[0], box[2])] if box else []


def test_a_word_longer_than_the_cover_is_wide_is_not_cut_off() -> None:
    ((left, right),) = ink(sample(title="Wort" * 40, authors=()))
    assert left >= 90
    assert right <= WIDTH - 90


def test_the_title_of_a_script_without_a_face_is_said_in_words() -> None:
    blank = ink(sample(title=" ", subtitle=None, categories=()))[0]
    said = ink(sample(title="\U00010330\U00010331", subtitle=None, categories=()))[0]
    assert said[1] > blank[1] + 300


def test_a_cover_that_reads_from_right_to_left_begins_on_the_right() -> None:
    ((left, right),) = ink(sample(title="Aa", subtitle=None, categories=(), language="ar"))
    assert right > WIDTH - 110
    assert left > WIDTH // 2


LONG_TITLE = (
    "A Step-by-Step Guide to Installing, Configuring and Troubleshooting Web Servers with "
    "Certificates on Old and New Machines, for Those Who Have Never Done It"
)
PICTURED = Asset("c.png", "image/png", picture(300, 200), 300, 200)


@pytest.mark.parametrize("shown", [None, PICTURED])
@pytest.mark.parametrize(
    ("title", "language", "least"),
    [
        ("Stet", "en", 100),
        ("Bir Yazıyı Baskıya Hazırlamak: Ekrandan Kâğıda", "tr", 84),
        ("Çekoslovakyalılaştıramadıklarımızdan mısınız?", "tr", 84),
        ("Donaudampfschifffahrtsgesellschaftskapitänsmütze", "de", 84),
        (LONG_TITLE, "en", 60),
    ],
)
def test_titles_read_on_a_thumbnail(
    title: str, language: str, least: int, shown: Asset | None
) -> None:
    """At 160 px height a tenth of the size is left: eight px are text that can be read."""
    document = replace(sample(title=title, language=language, subtitle=None), cover=shown)
    plan = cover_plan.made(
        templating.environment(("epub",), Config(Path(), Settings())), document.record, Settings()
    )
    _, top, foot = arranged(plan, language, pictured=shown is not None)
    (said,) = [block for block in top if block.piece.least]
    assert said.size >= least
    assert bare("".join(said.lines)) == bare(title)
    assert min(block.size for block in foot[:1]) >= 50


def test_long_words_of_a_title_are_divided_as_syllables_are() -> None:
    piece = Piece(text="Çekoslovakyalılaştıramadıklarımızdan", face="serif", weight=600)
    lines = block(piece, 84, 820, "tr").lines
    assert lines[0] == "Çekoslovakyalılaş-"
    piece = Piece(text="Donaudampfschifffahrtsgesellschaft", face="serif", weight=600)
    assert block(piece, 84, 820, "de").lines == ("Donaudampfschiff-", "fahrtsgesellschaft")


def test_a_cover_shows_no_empty_boxes() -> None:
    drawn(sample(title="漢字 🙂"))
    drawn(sample(title="Wort" * 40, authors=()))
    drawn(sample(title="many words " * 60))


@pytest.mark.validator("epubcheck")
def test_the_vocabulary_is_a_valid_book(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(picture())
    files = []
    for name, document in (
        ("short", sample()),
        ("long", sample(LONG)),
        ("arabic", sample(LONG, language="ar", url="/here/")),
        ("bare", sample(body="<p>One.</p>", authors=(), published=None, modified=None)),
    ):
        file = tmp_path / f"{name}.epub"
        file.write_bytes(rendered("epub", document, desk(tmp_path, logo="logo.png")))
        files.append(file)
    assert validators.epubcheck(files) == dict.fromkeys(files, ())
