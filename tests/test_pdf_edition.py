"""The PDF edition of one document with everything: its bytes, its record, its tags, its text."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pikepdf
import pytest

from pipeline.config import Config, Look, Settings, Text
from pipeline.diagnostics import Fault
from pipeline.editions import EDITIONS, Desk, Edition, render
from pipeline.editions.pdf import formulas, glyphs
from pipeline.fonts import Library, library
from pipeline.model import Asset, Document, Rendered
from pipeline.variants import Options, Sheet
from tests.sample_document import RECORD, sample
from tests.sample_document import picture as png

EPOCH = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)


def made(
    document: Document, root: Path = Path("/nowhere"), **settings: Any
) -> tuple[Rendered, pikepdf.Pdf]:
    desk = Desk(Config(root, Settings(**settings)), EPOCH)
    rendered = render(document, EDITIONS["pdf"], desk)
    return rendered, pikepdf.open(BytesIO(rendered.data))


def post(body: str, **record: Any) -> Document:
    return sample(body=body, **record)


def text_of(rendered: Rendered, tmp_path: Path, *options: str) -> str:
    file = tmp_path / "post.pdf"
    file.write_bytes(rendered.data)
    return subprocess.run(
        ["pdftotext", *options, str(file), "-"], capture_output=True, check=True
    ).stdout.decode()


@pytest.fixture(scope="module")
def everything() -> tuple[Rendered, pikepdf.Pdf]:
    return made(sample())


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every structure element, in reading order."""

    def walk(item: Any) -> Iterator[Any]:
        if isinstance(item, pikepdf.Array):
            for part in item:
                yield from walk(part)
        elif isinstance(item, pikepdf.Dictionary) and "/S" in item:
            yield item
            if "/K" in item:
                yield from walk(item.K)

    yield from walk(pdf.Root.StructTreeRoot.K)


def kids(element: Any) -> list[Any]:
    found = element.get("/K", [])
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def test_the_same_document_gives_the_same_bytes(everything: tuple[Rendered, pikepdf.Pdf]) -> None:
    assert made(sample())[0].data == everything[0].data


def test_info_and_xmp_say_what_the_record_says(everything: tuple[Rendered, pikepdf.Pdf]) -> None:
    pdf = everything[1]
    info = {key: str(value) for key, value in pdf.docinfo.items()}
    assert info["/Title"] == RECORD.title
    assert info["/Author"] == "İbrahim Korucuoğlu, Ada Lovelace"
    assert info["/Keywords"] == "type, design, Craft"
    assert info["/CreationDate"] == "D:20241004100814+03'00'"
    assert info["/ModDate"] == "D:20250102"
    assert str(pdf.Root.Lang) == "en"
    with pdf.open_metadata() as xmp:
        assert xmp["dc:title"] == RECORD.title
        assert xmp["dc:creator"] == ["İbrahim Korucuoğlu", "Ada Lovelace"]
        assert xmp["dc:description"] == RECORD.description
        assert xmp["dc:identifier"] == RECORD.url
        assert xmp["xmp:CreateDate"] == "2024-10-04T10:08:14+03:00"
        assert xmp["xmp:ModifyDate"] == "2025-01-02"
        assert xmp["pdfuaid:part"] == "1"


def test_the_outline_is_the_headings_and_their_ids_are_destinations() -> None:
    document = sample()
    _, pdf = made(document)

    def outlined(items: Any) -> list[tuple[str, Any]]:
        return [(" ".join(item.title.split()), outlined(item.children)) for item in items]

    def headed(sections: Any) -> list[tuple[str, Any]]:
        return [(section.title, headed(section.children)) for section in sections]

    with pdf.open_outline() as outline:
        assert outlined(outline.root) == headed(document.outline)
    flat = list(pdf.Root.Names.Dests.Names)
    assert {"künye-ve-çıktı", "tables"} <= {str(name) for name in flat[::2]}
    raw = [bytes(name) for name in flat[::2]]
    assert raw == sorted(raw)


def test_every_mark_of_the_pages_is_in_the_tree_once(
    everything: tuple[Rendered, pikepdf.Pdf],
) -> None:
    pdf = everything[1]
    pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
    in_tree = []
    for element in elements(pdf):
        for kid in kids(element):
            if isinstance(kid, int):
                in_tree.append((pages[element.Pg.objgen], kid))
            elif kid.get("/Type") == "/MCR":
                in_tree.append((pages[kid.Pg.objgen], int(kid.MCID)))
    on_pages = []
    for number, page in enumerate(pdf.pages):
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "BDC" and "/MCID" in operands[1]:
                on_pages.append((number, int(operands[1].MCID)))
    assert sorted(in_tree) == sorted(on_pages)
    assert len(set(in_tree)) == len(in_tree)


def test_list_items_have_bodies_links_have_areas_and_headers_have_scope(
    everything: tuple[Rendered, pikepdf.Pdf],
) -> None:
    found = list(elements(everything[1]))
    for element in found:
        role = str(element.S)
        below = [str(kid.S) for kid in kids(element) if isinstance(kid, pikepdf.Dictionary)
                 and "/S" in kid]  # fmt: skip
        if role == "/LI":
            assert set(below) <= {"/Lbl", "/LBody"}
        elif role == "/TH":
            assert str(element.A.Scope) in ("/Row", "/Column")
        elif role == "/Link":
            areas = [kid.Obj for kid in kids(element) if not isinstance(kid, int)
                     and kid.get("/Type") == "/OBJR"]  # fmt: skip
            assert areas
            assert all(str(area.Contents) for area in areas)
        elif role in ("/Figure", "/Formula"):
            assert "/Alt" in element
    roles = {str(element.S) for element in found}
    assert {"/H1", "/H2", "/P", "/L", "/Table", "/Link", "/Figure", "/BlockQuote"} <= roles


def test_what_breaks_over_pages_is_one_element_and_repeated_heads_are_artifacts() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>row {n}</td></tr>" for n in range(90))
    head = '<thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>'
    table = f'<div class="table"><table>{head}<tbody>{rows}</tbody></table></div>'
    rendered, pdf = made(post("<p>" + "word " * 1500 + "</p>" + table))
    roles = [str(element.S) for element in elements(pdf)]
    assert rendered.pages is not None
    assert rendered.pages > 3
    assert roles.count("/Table") == 1
    assert roles.count("/THead") == 1
    assert roles.count("/TR") == 91
    words = [e for e in elements(pdf) if str(e.S) == "/P" and len(kids(e)) > 80]
    assert len(words) == 1


def test_html_that_nests_what_does_not_belong_together_is_no_list() -> None:
    _, pdf = made(post("<h2>Title<ul>text<section><p>more</p></section></ul></h2>"))
    assert "/L" not in [str(element.S) for element in elements(pdf)]


def test_only_our_faces_are_embedded_and_none_presents_a_reserved_name(
    everything: tuple[Rendered, pikepdf.Pdf],
) -> None:
    found = set()
    for item in everything[1].objects:
        if isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item:
            found.add(str(item.BaseFont))
        if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item:
            data = item.FontFile2.read_bytes()
            assert not re.search(rb"S\0?o\0?u\0?r\0?c\0?e\0? ?\0?S", data)
    assert found
    assert all(re.fullmatch(r"/[A-Z]{6}\+Galley-[\w-]+", name) for name in found)


def test_running_heads_and_folios_are_artifacts(everything: tuple[Rendered, pikepdf.Pdf]) -> None:
    page = everything[1].pages[-1]
    artifacts = [
        operands
        for operands, operator in pikepdf.parse_content_stream(page)
        if str(operator) == "BDC" and str(operands[0]) == "/Artifact"
    ]
    assert artifacts


def test_turkish_letters_ligatures_and_quotes_are_extracted_as_written(tmp_path: Path) -> None:
    line = "“İstanbul’un ışığı” – çok güzel: fi ffi fl offline, ŞĞÜÖÇ; --force-yes 10:100:20 /etc/x"
    rendered, _ = made(post(f"<p>Lead.</p><p>{line}</p>", language="tr"))
    assert line in " ".join(text_of(rendered, tmp_path).split())


def test_no_language_is_hyphenated_without_patterns(tmp_path: Path) -> None:
    paragraph = "<p>" + "değerlendirilmesi karşılaştırılabilecek " * 60 + "</p>"
    turkish, _ = made(post(paragraph, language="tr"))
    broken = re.compile(r"\w[-‐]\n\w")
    assert not broken.search(text_of(turkish, tmp_path, "-raw"))
    english, _ = made(post("<p>" + "international representation of understanding " * 60 + "</p>"))
    assert broken.search(text_of(english, tmp_path, "-raw"))
    assert "understand-" not in text_of(english, tmp_path)  # a reader that joins lines joins these


def test_a_hyphen_stays_a_hyphen_and_an_address_gets_none(tmp_path: Path) -> None:
    address = "https://example.org/" + "presentation" * 8
    prose = "international representation of understanding " * 20
    rendered, _ = made(post(f"<p>{prose}(-mx=5) and {address} {prose}</p>"))
    text = text_of(rendered, tmp_path, "-raw")
    assert "-mx=5" in text
    assert address in re.sub(r"\s", "", text)


def test_ordered_lists_print_the_numbers_of_the_source(tmp_path: Path) -> None:
    rendered, _ = made(post('<ol start="4"><li>four</li><li>five</li></ol>'))
    assert re.search(r"4\.\s*four\s+5\.\s*five", text_of(rendered, tmp_path))


def test_uncovered_characters_are_printed_as_words_with_one_warning(tmp_path: Path) -> None:
    rendered, pdf = made(post("<p>Go \U00010330\U00010331 and \U0001f9ff.</p>"))
    text = " ".join(text_of(rendered, tmp_path).split())
    assert "[text in Gothic script]" in text
    assert [d.code for d in rendered.diagnostics] == ["E202"]
    actual = [str(e.ActualText) for e in elements(pdf) if "/ActualText" in e]
    assert "\U00010330\U00010331" in actual


@pytest.mark.parametrize(
    ("run", "printed"),
    [
        ("日本語の文章、「テスト」。", "[text in Japanese script]"),
        ("한국어 韓國", "[text in Korean script]"),
        ("中文\n字符", "[text in Han script]"),
        ("ⲀⲁⲂ ⲃ", "[text in Coptic script]"),
        ("\U0001f1f9\U0001f1f7", "[flag TR]"),
    ],
)
def test_a_run_of_an_uncovered_script_is_one_note(run: str, printed: str) -> None:
    tree = ET.fromstring(f'<html><h2 data-running="{run}">{run}</h2></html>')
    glyphs.replace_uncovered(tree, ours(), sample())
    assert "".join(tree.itertext()) == printed
    assert tree[0].get("data-running") == printed
    assert [span.get("data-actual") for span in tree.iter("span")] == [run]


def test_the_hint_names_the_face_that_covers_what_is_missing() -> None:
    wanted = {
        "\U0001f680": "install Debian's fonts-noto-color-emoji",
        "漢": "install Debian's fonts-noto-cjk",
        "？": "install Debian's fonts-noto-cjk",
        "ب": "install the Python package fontpkg-amiri",
        "➜": "no optional face is known to cover heavy round-tipped rightwards arrow: "
        "put it in other words",
        "ᚠ": "no optional face is known to cover Runic: put it in other words",
    }
    for character, hint in wanted.items():
        tree = ET.fromstring(f"<p>{character}</p>")
        (said,) = glyphs.replace_uncovered(tree, ours(), sample())
        assert said.hint == hint


def ours() -> Library:
    """The faces that every machine has: what this one has besides is left out."""
    here = library()
    faces = tuple(face for face in here.faces if face.role != "fallback")
    return replace(here, faces=faces, coverage=tuple(sorted(p for f in faces for p in f.coverage)))


def test_a_post_that_reads_from_right_to_left_hangs_its_lists_on_the_right(tmp_path: Path) -> None:
    rendered, _ = made(post("<p>Lead</p><p>Second</p><ul><li>Item</li></ul>", language="ar"))
    file = tmp_path / "post.pdf"
    file.write_bytes(rendered.data)
    boxes = subprocess.run(
        ["pdftotext", "-bbox", str(file), "-"], capture_output=True, check=True
    ).stdout.decode()
    edge = {word: float(x) for x, word in re.findall(r'xMax="([\d.]+)"[^>]*>(\w+)<', boxes)}
    assert edge["Item"] < edge["Second"] == pytest.approx((210 - 40) * 72 / 25.4, abs=1)


def test_a_long_code_line_is_turned_and_its_text_is_whole(tmp_path: Path) -> None:
    line = "curl --location " + "/".join(["https://example.org", *["segment"] * 20])
    rendered, _ = made(post(f'<pre class="code"><code>{line}</code></pre>'))
    assert "".join(line.split()) in "".join(text_of(rendered, tmp_path).split())


def test_contents_are_printed_when_the_post_is_long_and_never_when_told_so(tmp_path: Path) -> None:
    assert "Contents" in text_of(made(sample(words=4000))[0], tmp_path)
    assert "Contents" not in text_of(made(sample(words=400))[0], tmp_path)
    never = made(sample(words=4000), text=Text(contents="never"))[0]
    assert "Contents" not in text_of(never, tmp_path)


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_paper_comes_from_the_settings(paper: str, size: tuple[int, int]) -> None:
    _, pdf = made(post("<p>One page.</p>"), paper=paper)
    box = [float(edge) for edge in pdf.pages[0].mediabox]
    assert (round(box[2]), round(box[3])) == size


def test_an_edition_may_bring_a_paper_of_its_own() -> None:
    small = Edition("pdf", "pdf", "pdf", options=Options(paper=Sheet(width=140, height=216)))
    desk = Desk(Config(Path("/nowhere"), Settings()), EPOCH)
    assert render(post("<p>Small.</p>"), small, desk).pages == 1


def test_one_template_file_can_be_overridden_alone(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "pdf"
    folder.mkdir(parents=True)
    (folder / "title.html.j2").write_text("<h1 data-running='x'>Mine: {{ record.slug }}</h1>")
    rendered, _ = made(post("<p>Body.</p>"), root=tmp_path)
    assert "Mine: sample" in text_of(rendered, tmp_path)


def test_a_template_that_is_not_well_formed_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "pdf"
    folder.mkdir(parents=True)
    (folder / "title.html.j2").write_text("<h1>never closed")
    with pytest.raises(Fault) as caught:
        made(post("<p>Body.</p>"), root=tmp_path)
    assert caught.value.diagnostics[0].code == "E201"


def test_a_logo_that_is_no_picture_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(Fault) as caught:
        made(post("<p>Body.</p>"), root=tmp_path, look=Look(logo="../secret.png"))
    assert caught.value.diagnostics[0].hint


def test_nothing_is_fetched_from_disk_or_network(tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    here = f'<img src="{secret.as_uri()}" alt="a"/>'
    there = '<img src="http://127.0.0.1:9" alt="b"/>'
    rendered, _ = made(post(f"<p>Text {here}{there}</p>"))
    assert {d.code for d in rendered.diagnostics} == {"E207"}
    assert all("not part of this document" in d.message for d in rendered.diagnostics)


def test_a_post_nested_too_deeply_fails_with_a_cure() -> None:
    deep = "<blockquote>" * 400 + "<p>x</p>" + "</blockquote>" * 400
    with pytest.raises(Fault) as caught:
        made(post(deep))
    assert caught.value.diagnostics[0].code == "E203"
    assert caught.value.diagnostics[0].hint


def drawn_sizes(pdf: pikepdf.Pdf) -> list[tuple[float, float]]:
    """Width and height, in pt, of the raster pictures of the first page."""
    found, matrices = [], [pikepdf.Matrix()]
    for operands, operator in pikepdf.parse_content_stream(pdf.pages[0]):
        name = str(operator)
        if name == "q":
            matrices.append(matrices[-1])
        elif name == "Q":
            matrices.pop()
        elif name == "cm":
            matrices[-1] = pikepdf.Matrix(*map(float, operands)) @ matrices[-1]
        elif name == "Do" and "/Image" in str(pdf.pages[0].Resources.XObject[operands[0]].Subtype):
            found.append((abs(matrices[-1].a), abs(matrices[-1].d)))
    return found


@pytest.mark.parametrize(("size", "ratio"), [((600, 1400), 0.429), ((1600, 700), 2.286)])
@pytest.mark.parametrize(
    "place", ["<figure>{}</figure>", "<table><tr><td>a</td><td>{}</td></tr></table>"]
)
def test_a_large_picture_keeps_its_proportions_and_the_page(
    size: tuple[int, int], ratio: float, place: str
) -> None:
    picture = f'<img src="images/map.png" alt="A map" width="{size[0]}" height="{size[1]}"/>'
    asset = Asset("map.png", "image/png", png(*size), *size)
    _, pdf = made(replace(post(place.format(picture)), assets=(asset,)))
    ((width, height),) = drawn_sizes(pdf)
    assert width / height == pytest.approx(ratio, rel=0.01)
    assert width <= (210 - 2 * 40) * 72 / 25.4 + 0.1
    assert height <= 110 * 72 / 25.4 + 0.1


def test_a_formula_wider_than_the_page_is_turned_or_made_smaller() -> None:
    mathml = "http://www.w3.org/1998/Math/MathML"
    for inner in ("<mo>=</mo><mi>abcdefg</mi>" * 20, "<mi>abcdefg</mi>" * 20):
        root = ET.fromstring(
            f'<div><math xmlns="{mathml}" display="block" alttext="f"><mrow><mi>f</mi>{inner}'
            "</mrow></math></div>"
        )
        formulas.draw(root, 380.0)
        style = root[0].get("style", "")
        assert 0 < float(re.findall(r"width:([\d.]+)em", style)[0]) <= 380 / 10.5 + 0.01


def test_a_box_of_many_words_fills_the_page_and_goes_over(tmp_path: Path) -> None:
    filler = "<p>" + "words that fill a line of the page " * 55 + "</p>"
    box = '<aside class="callout note" role="note"><p class="callout-title">Note</p>{}</aside>'
    whole, _ = made(post(filler + box.format("<p>" + "held together " * 45 + "</p>")))
    assert "Note" not in text_of(whole, tmp_path).split("\f")[0]
    broken, _ = made(post(filler + box.format("<p>" + "gone over " * 180 + "</p>")))
    assert "Note" in text_of(broken, tmp_path).split("\f")[0]


def test_a_row_of_many_words_may_go_over_to_the_next_page(tmp_path: Path) -> None:
    row = "<tr><td>one</td><td>" + "many words in a cell " * 140 + "</td></tr>"
    filler = "<p>" + "words that fill a line of the page " * 40 + "</p>"
    rendered, _ = made(post(f"{filler}<table><tbody>{row}</tbody></table>"))
    assert "many words" in text_of(rendered, tmp_path).split("\f")[0]


def test_an_option_in_the_title_is_not_broken_over_two_lines(tmp_path: Path) -> None:
    assert "--force-yes" in text_of(made(sample())[0], tmp_path)
