"""The small parts that the editions on screen are made of."""

from __future__ import annotations

import io

import pytest
from fontTools.ttLib import TTFont
from lxml import etree

from pipeline.editions import markup
from pipeline.editions.addresses import well_formed
from pipeline.editions.colours import contrast, parse, readable
from pipeline.editions.contents import MOST_ENTRIES, contents, is_long, trimmed
from pipeline.editions.faces import web_faces
from pipeline.model import Section
from tests.sample_document import LONG, OUTLINE, sample


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("https://example.org/a path/ü?q=[1]", "https://example.org/a%20path/%C3%BC?q=%5B1%5D"),
        ("https://example.org/100%/x%20y", "https://example.org/100%25/x%20y"),
        ("http://[::1]:8080/", "http://[::1]:8080/"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("#künye", "#künye"),
        ("http://localhost:port/", None),
        ("http://[server]/", None),
        ("http://<ip>/", None),
        ("http://", None),
        ("#", None),
        ("../elsewhere/", None),
        ("javascript:alert(1)", None),
    ],
)
def test_addresses_are_written_as_the_standard_wants(typed: str, written: str | None) -> None:
    assert well_formed(typed) == written


@pytest.mark.parametrize("accent", ["#7a2e1d", "#ffcc00", "#fff", "#000", "#00f"])
@pytest.mark.parametrize("ground", ["#fffefb", "#1a1917"])
def test_an_accent_is_readable_on_its_ground(accent: str, ground: str) -> None:
    assert contrast(parse(readable(accent, ground)), parse(ground)) >= 4.5


def test_an_accent_that_reads_is_left_alone() -> None:
    assert readable("#7a2e1d", "#fffefb") == "#7a2e1d"


def test_a_post_is_long_by_words_and_by_sections() -> None:
    assert is_long(sample(LONG))
    assert not is_long(sample(400))
    assert not is_long(sample(LONG, body="<p>One long paragraph.</p>"))


def test_contents_have_two_levels_or_one_where_two_would_not_fit() -> None:
    assert contents(sample(400), "always")[0].children[0].title == "1. A numbered step"
    assert contents(sample(LONG), "never") == ()
    many = tuple(Section(f"s{n}", 3, "x") for n in range(MOST_ENTRIES))
    wide = (Section("top", 2, "Top", many), *OUTLINE)
    assert all(not section.children for section in trimmed(wide))


def test_only_the_faces_that_show_are_embedded() -> None:
    plain = sample(body="<p>Plain words.</p>", subtitle=None)
    names = [web.file_name for web in web_faces(plain, etree.fromstring(f"<b>{plain.body}</b>"))]
    assert not any("mono" in name or "italic" in name for name in names)
    full = sample()
    names = [web.file_name for web in web_faces(full, etree.fromstring(f"<d>{full.body}</d>"))]
    assert len(names) == len(set(names))
    for wanted in ("galley-mono-400.woff2", "galley-serif-600-italic.woff2"):
        assert wanted in names


def test_formulas_bring_the_signs_that_they_draw() -> None:
    formula = (
        '<p><math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow>'
        "<msqrt><mi>h</mi></msqrt><mo>(</mo><mi>sin</mi></mrow>"
        '<annotation encoding="application/x-tex">Z</annotation>'
        "</semantics></math></p>"
    )
    made = web_faces(sample(body=formula), markup.parse(formula))
    assert made[-1].face.family == "STIX Two Math"
    font = TTFont(io.BytesIO(made[-1].data))
    assert {ord(c) for c in "√hℎ(sin"} <= set(font.getBestCmap())
    assert ord("Z") not in font.getBestCmap()
    growing = font["MATH"].table.MathVariants.VertGlyphCoverage.glyphs
    assert {font.getBestCmap()[ord(c)] for c in "√("} <= set(growing)
    plain = web_faces(sample(), markup.parse("<p>x</p>"))
    assert "STIX Two Math" not in {one.face.family for one in plain}
