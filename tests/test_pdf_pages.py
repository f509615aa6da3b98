"""What stands on the pages of a PDF: notes at the foot, pages of references, turned tables, breaks
that the post asks for, a last page worth turning to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import Any

import pikepdf
import pypdfium2
import pytest

from pipeline.config import Config, Settings, Text
from pipeline.editions import EDITIONS, Desk, render
from pipeline.editions.pdf import finished, layout, sheets
from pipeline.model import Rendered
from pipeline.press.clock import EPOCH
from pipeline.variants import Options
from tests.bench import layout as bench
from tests.conftest import TOP
from tests.converting import config, document
from tests.tagged_text import Tagged
from tests.tools import validators

FILLER = "Words that fill the lines of a page, one after the other, until it is full.\n\n"


def printed(markdown: str, language: str = "en", **settings: Any) -> Rendered:
    desk = Desk(Config(Path("/nowhere"), Settings(**settings)), EPOCH)
    return render(document(markdown, language=language), EDITIONS["pdf"], desk)


def pages(rendered: Rendered) -> list[str]:
    """The text of each page in one line, without the running head."""
    with pypdfium2.PdfDocument(rendered.data) as pdf:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]


def numbered(count: int, size: int) -> tuple[str, str]:
    """Calls of so many notes, and the notes, each word of which is nowhere else."""
    calls = " ".join(f"word[^{n}]" for n in range(count))
    notes = "\n".join(
        f"[^{n}]: " + " ".join(f"n{n}w{w}" for w in range(size)) for n in range(count)
    )
    return calls, notes


def test_a_short_note_stands_at_the_foot_of_the_page_that_calls_it() -> None:
    text = (
        "Lead.\n\n" + FILLER * 60 + "A claim[^1].\n\n" + FILLER * 60 + "\n[^1]: The proof of it.\n"
    )
    (found,) = [page for page in pages(printed(text)) if "The proof of it." in page]
    assert found.index("A claim1 .") < found.index("1 The proof of it.")


@pytest.mark.parametrize(
    "note",
    [
        "word " * 100,
        "One paragraph.\n\n    And another one.",
        "With code:\n\n    ```\n    echo 1\n    ```",
    ],
)
def test_a_long_note_stands_at_the_end(note: str) -> None:
    rendered = printed(f"A claim[^1] and[^2] more.\n\n{FILLER}\n[^1]: {note}\n\n[^2]: Short.\n")
    tree = Tagged(rendered.data)
    assert [element.entries["ID"] for element in tree.root.all("Note")] == ["fn-2", "fn-1"]
    (end,) = [e for e in tree.root.all("Sect") if tree.text(e).startswith("Notes1.")]
    assert len(end.all("Note")) == 1


@pytest.mark.parametrize(
    "text",
    ["| A[^1] | B |\n|---|---|\n| 1 | 2 |\n", "## A heading[^1]\n\nText.\n"],
)
def test_a_note_called_where_there_is_no_foot_stands_at_the_end(text: str) -> None:
    rendered = printed(f"Lead.\n\n{text}\n[^1]: Said here.\n")
    (page,) = pages(rendered)
    assert page.index("Notes") < page.index("Said here.")


@pytest.mark.parametrize(("count", "size"), [(12, 15), (60, 60), (40, 11)])
def test_no_word_of_a_note_is_lost_and_none_stands_twice(count: int, size: int) -> None:
    calls, notes = numbered(count, size)
    found = pages(printed(f"Lead.\n\n{FILLER * 12}\n{calls}\n\n{notes}\n"))
    words = re.findall(r"n\d+w\d+", " ".join(found))
    assert len(words) == count * size
    assert len(set(words)) == count * size


def test_notes_that_find_no_room_go_to_the_end_in_a_second_layout() -> None:
    text = "".join(f"Word[^{n}] " + ("\n\n" if n % 2 else "") for n in range(60))
    notes = "\n".join(f"[^{n}]: " + "so many words " * 25 for n in range(60))
    rendered = printed(f"{text}\n\n{notes}\n")
    assert "".join(pages(rendered)).count("many") == 60 * 25


def test_a_note_called_twice_is_printed_once_and_both_calls_lead_to_it() -> None:
    rendered = printed("One[^a] and two[^a].\n\n[^a]: Said once.\n")
    tree = Tagged(rendered.data)
    assert [tree.text(e).strip() for e in tree.root.all("Note")] == ["1 Said once."]
    links = [area.Dest for element in tree.root.all("Link") for area in element.areas]
    assert sorted(map(str, links)) == ["fn-1", "fn-1", "fnref-1"]


@pytest.mark.validator("verapdf")
@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_notes_tables_and_references_conform(profile: str, tmp_path: Path) -> None:
    wide = "| " + " | ".join(f"Characteristics{n}" for n in range(12)) + " |"
    rule = "|" + "---|" * 12
    text = (
        "A lead[^1].\n\n<!--more-->\n\n## One\n\nSee [two](#two)[^2], *[fr]{lang=fr}*.\n\n"
        f"{wide}\n{rule}\n{wide}\n\nTable: What they have\n\n> Quoted[^3].\n\n## Two\n\n1. a[^4]\n"
        "\n<!-- galley: page-break -->\n\n### Three\n\nText.\n\n"
        "[^1]: Short, with [a link](https://example.org) and $x^2$.\n[^2]: `code`\n"
        f"[^3]: {'long ' * 100}\n[^4]: In a list.\n"
    )
    rendered = printed(text)
    file = tmp_path / "notes.pdf"
    file.write_bytes(rendered.data)
    assert [d for d in rendered.diagnostics if d.severity != "info"] == []
    assert validators.verapdf([file], profile) == {file: ()}


@pytest.mark.parametrize(
    ("language", "said"), [("en", "(page 3)"), ("tr", "(sayfa 3)"), ("de", "(Seite 3)")]
)
def test_a_link_into_the_post_says_the_page(language: str, said: str) -> None:
    text = f"See [below](#there).\n\n{FILLER * 70}\n\n## There\n\nText.\n"
    first, *_, last = pages(printed(text, language=language))
    assert f"below {said}" in first
    assert "There" in last
    assert last.endswith(" 3")


def test_long_contents_are_front_matter_with_roman_numbers() -> None:
    text = "Lead.\n\n" + "".join(f"## Part {n}\n\n{FILLER}" for n in range(24))
    assert "Contents" not in pages(printed(text))[0]
    rendered = printed(text, text=Text(contents="always"))
    front, first, *_ = pages(rendered)
    assert front.endswith(" i")
    assert "Part 0 1" in re.sub(r"\s+", " ", front)
    assert first.startswith("Lead.")
    assert first.endswith(" 1")
    pdf = pikepdf.open(BytesIO(rendered.data))
    assert [page.label for page in pdf.pages[:3]] == ["i", "1", "2"]


def test_a_table_too_wide_stands_on_a_turned_page_of_its_own() -> None:
    wide = "| " + " | ".join(f"Characteristics{n}" for n in range(12)) + " |"
    text = f"Lead.\n\n{wide}\n|{'---|' * 12}\n{wide}\n\nAfter.\n"
    rendered = printed(text)
    before, table, after = pages(rendered)
    assert before.startswith("Post Lead.")
    assert after.startswith("After.")
    assert "After." not in table
    pdf = pikepdf.open(BytesIO(rendered.data))
    assert [float(p.mediabox[2]) > float(p.mediabox[3]) for p in pdf.pages] == [False, True, False]


def test_a_wide_table_in_a_quotation_stays_where_it_is() -> None:
    wide = "> | " + " | ".join(f"Characteristics{n}" for n in range(12)) + " |"
    assert printed(f"Lead.\n\n{wide}\n> |{'---|' * 12}\n{wide}\n").pages == 1


def test_a_page_begins_and_what_belongs_together_stays_where_the_post_says_so() -> None:
    items = "".join(f"- item {n}\n" for n in range(20))
    mark = "<!-- galley: page-break -->"
    text = f"Lead.\n\n{FILLER * 13}\n\n{{}}\n{items}\n\n{mark}\n\n## New\n\nText.\n"
    free = pages(printed(text.format("")))
    held = pages(printed(text.format("<!-- galley: keep-together -->")))
    assert "item 0" in free[0]
    assert "item 0" not in held[0]
    assert "item 0" in held[1]
    assert "item 19" in held[1]
    assert all(found[-1].startswith("New Text.") for found in (free, held))


def test_a_last_page_of_two_lines_is_taken_in_by_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of a text that grows by a line a time, no last page holds less than three lines; where it
    would have, there is a second layout, and never a third."""
    layouts: list[int] = []
    true = layout._render

    def counted(*arguments: Any) -> Any:
        layouts[-1] += 1
        return true(*arguments)

    monkeypatch.setattr(layout, "_render", counted)
    lines = "Words that fill the whole line of a page, from its left edge to its right, "
    made = []
    for count in range(34, 46):
        layouts.append(0)
        made.append(printed("Lead.\n\n" + lines * count))
    assert [rendered.diagnostics for rendered in made] == [()] * len(made)
    assert {rendered.pages for rendered in made} == {1, 2}
    assert set(layouts) == {1, 2}
    for rendered in made:
        if rendered.pages == 2:
            assert len(pages(rendered)[1]) > 2 * len(lines)


def test_a_last_page_that_must_be_lonely_is_told() -> None:
    rendered = printed("Lead.\n\n<!-- galley: page-break -->\n\nThe end.\n")
    (said,) = rendered.diagnostics
    assert (said.code, said.severity, said.path) == ("E208", "info", "post.md")
    assert "the last page (2) holds 1 line of text" in said.message


def test_a_second_layout_keeps_the_margins_of_every_kind_of_page() -> None:
    @dataclass
    class Box:
        margin_bottom: float
        name: str

        @property
        def page_type(self) -> Box:
            return self

    @dataclass
    class Page:
        _page_box: Box

    kinds = [Page(Box(113.0, "")), Page(Box(113.0, "turned")), Page(Box(60.0, "narrow"))]
    sheet = finished.tightened(SimpleNamespace(pages=kinds), 20.0)
    assert "@page  { margin-bottom: 73.000px !important }" in sheet
    assert "@page turned { margin-bottom: 73.000px !important }" in sheet
    assert "@page narrow { margin-bottom: 40.000px !important }" in sheet


@pytest.mark.parametrize(
    ("paper", "size"),
    [
        ("a4", 10.5),
        ("letter", 10.5),
        ("a5", 10.0),
        ("148x210mm", 10.0),
        ("6x9in", 10.5),
        ("120x180mm", 8.5),
        ("105x148mm", 8.0),
    ],
)
def test_a_line_has_sixty_to_seventy_two_characters(paper: str, size: float) -> None:
    words = (
        "The press prints what the editor wrote, and a reader finds it well set on paper.".split()
    )
    text = " ".join(" ".join(words[n % 7 : 9 + n % 5]) for n in range(120))
    rendered = printed(f"Lead.\n\n{text}", paper=paper)
    with pypdfium2.PdfDocument(rendered.data) as pdf:
        lines = pdf[0].get_textpage().get_text_range().split("\r\n")[3:-2]
    assert 60 <= median(map(len, lines)) <= 72
    assert sheets.paper(Options(), config(paper=paper)).scale == pytest.approx(size / 10.5)


def test_pages_are_of_the_measures_that_were_asked_for() -> None:
    pdf = pikepdf.open(BytesIO(printed("Text.", paper="12 x 18.5 cm").data))
    assert [round(float(edge)) for edge in pdf.pages[0].mediabox[2:]] == [340, 524]


def test_the_bench_sets_the_same_page_on_both_sides() -> None:
    post = sorted((TOP / "source").glob("*.md"))[0]
    page = bench.captured(post)
    assert page.html.startswith("<html")
    bench.ours(page)
    bench.bare(page)


def test_comments_in_odd_places_lose_no_word_and_leave_no_page_empty() -> None:
    mark = "<!-- galley: page-break -->"
    text = (
        f"{mark}\n{mark}\n\nAlpha.\n\n{mark}\n\n{mark}\n\nBeta.\n\n- one\n\n  {mark}\n\n"
        f"  gamma\n- two\n\n> Delta.\n>\n> {mark}\n>\n> Epsilon.\n\n"
        f"| a |\n|---|\n| {mark} zeta |\n\n"
        f"```text\n{mark} eta\n<!--more-->\n```\n\nInline {mark} theta and `{mark}` in code.\n\n"
        f"<!-- galley: keep-together -->\n\n{mark}\n\n## Iota\n\n"
        f"Kappa, soft&shy;ly no&nbsp;break.\n\n<!--more-->\n\n<!--more-->\n\n"
        f"1. one\n{mark}\n2. two\n\n{mark}\n"
    )
    words = "Alpha Beta gamma Delta Epsilon zeta eta theta Iota Kappa".split()
    for edition in ("pdf", "handout", "large-print"):
        desk = Desk(Config(Path("/nowhere"), Settings()), EPOCH)
        found = pages(render(document(text, language="en"), EDITIONS[edition], desk))
        whole = " ".join(found)
        assert [word for word in words if word not in whole] == []
        assert whole.count("galley:") == 2  # both in code
        assert "no\u00a0break" in whole or "no break" in whole
        alone = ("Post", "Alpha.", "Beta.", "Iota", "2")  # the title, then what each break begins
        assert len(found) == len(alone)
        assert all(start in page for start, page in zip(alone, found, strict=True))


def test_numbers_stand_by_their_decimal_signs_and_what_they_lack_is_no_text() -> None:
    rows = "".join(f"| row | {number} |\n" for number in ("1,234.5", "9", "0.125", "40.25"))
    rendered = printed(f"Lead.\n\n| A | Number |\n|---|---|\n{rows}")
    assert "row 1,234.5 row 9 row 0.125 row 40.25 " in pages(rendered)[0]
    places = []
    with pypdfium2.PdfDocument(rendered.data) as pdf:
        text = pdf[0].get_textpage()
        for sign, edge in (("1,234.", 5), ("row 9", 4), ("0.125", 1), ("40.25", 2)):
            at = text.search(sign).get_next()[0] + edge
            left, _, right, _ = text.get_charbox(at, loose=True)
            places.append(right if sign == "row 9" else left)
    assert max(places) - min(places) < 0.1
