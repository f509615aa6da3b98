"""What editions say of their accessibility, and when an e-book claims to conform: by content."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from pipeline import words
from pipeline.editions import EDITIONS, render
from pipeline.editions.accessibility import describe
from pipeline.editions.conformance import CERTIFIER, CLAIM, Evidence, against
from pipeline.editions.markup import parse
from pipeline.model import Asset, Document
from tests.reading_back import Book
from tests.sample_document import desk, picture, sample

MATHML = 'xmlns="http://www.w3.org/1998/Math/MathML"'


def book(document: Document, root: Path) -> tuple[Book, tuple[str, ...]]:
    """The e-book, and what was said of it while it was made."""
    made = render(document, EDITIONS["epub"], desk(root))
    file = root / "book.epub"
    file.write_bytes(made.data)
    return Book(file), tuple(f"{n.code} {n.severity} {n.message}" for n in made.diagnostics)


def found(body: str) -> tuple[str, ...]:
    """What speaks against a claim for a text of that body."""
    document, root = sample(body=body), parse(body)
    said = describe(document, root, with_contents=True)
    return against(Evidence(document, root, said))


GOOD = "<p>Text.</p>"


def test_a_book_that_passes_every_check_says_so_and_by_whom(tmp_path: Path) -> None:
    made, said = book(sample(body=GOOD), tmp_path)
    assert made.meta("dcterms:conformsTo") == CLAIM == "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"
    assert made.opf.xpath("string(//*[@property='a11y:certifiedBy'])") == CERTIFIER
    assert said == ()


def test_a_book_that_fails_one_claims_nothing_and_the_reason_is_told(tmp_path: Path) -> None:
    made, said = book(sample(body='<p><img src="images/a.png" alt=""/></p>'), tmp_path)
    assert made.meta("dcterms:conformsTo") is None
    assert not made.opf.xpath("//*[@property='a11y:certifiedBy']")
    assert said == (
        "E301 info the e-book claims no conformance: a picture has no description: images/a.png",
    )


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('<p><img src="a.png" alt=" "/></p>', "a picture has no description: a.png"),
        ('<p><img alt="a.PNG"/></p>', "a picture's description is a file's name: a.PNG"),
        (f'<p><math {MATHML} alttext="x"></math></p>', "a formula cannot be read: x"),
        (f"<p><math {MATHML}><merror/></math></p>", "a formula cannot be read"),
        ("<table><tr><td>a</td></tr></table>", "table 1 has no header"),
        ("<section><h3>a</h3></section>", "a heading's level is left out before: a"),
        ("<section><h2> </h2></section>", "a heading is empty"),
        ('<p><a href="https://example.org"></a></p>', "a link has no text: https://example.org"),
        ('<p><a href="/a">Read more</a></p>', "a link says nothing of where it leads: Read more"),
        ('<p>Maps are <a href="/a">here</a> and, newer, <a href="/b">here</a>.</p>',
         "two links say the same and lead elsewhere: here"),
        ("<p>He said Всё это and left.</p>",
         "words in Cyrillic letters do not say their language: Всё"),
        (f"<p>{'Bir sayfanın nasıl basılacağı bu yazıda ve her adım için. ' * 9}</p>",
         "the text is in the language tr, not in en"),
    ],
)  # fmt: skip
def test_each_check_finds_what_it_is_there_for(body: str, reason: str) -> None:
    assert found(body) == (reason,)


@pytest.mark.parametrize(
    "body",
    [
        GOOD,
        '<p><img src="a.png" alt="A folded sheet, from a.png"/></p>',
        f'<p><math {MATHML} alttext="x"><mi>x</mi></math></p>',
        "<table><tr><th>a</th></tr></table>",
        "<section><h2>a</h2><section><h3>b</h3></section></section><section><h2>c</h2></section>",
        '<p><a href="#n"><img src="a.png" alt="A sheet"/></a></p>',
        '<p>The list of all paper sizes is <a href="/a">here</a>.</p>',
        '<p>An angle of π, <code>привет</code> and <i lang="ru">привет</i>.</p>',
    ],
)
def test_and_passes_what_is_right(body: str) -> None:
    assert found(body) == ()


def test_templates_that_nobody_checked_are_no_ground_for_a_claim(tmp_path: Path) -> None:
    sheet = tmp_path / "templates" / "epub" / "book.css.j2"
    sheet.parent.mkdir(parents=True)
    sheet.write_text("p { color: silver }\n", encoding="utf-8")
    made, said = book(sample(body=GOOD), tmp_path)
    assert made.meta("dcterms:conformsTo") is None
    assert "nobody has checked these templates: epub/book.css.j2" in said[0]


def moving() -> bytes:
    frames = [Image.new("L", (8, 8), shade) for shade in (0, 255)]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return out.getvalue()


def test_a_hazard_is_unknown_only_where_a_picture_moves() -> None:
    body = parse('<p><img src="images/a.gif" alt="A"/></p>')
    still = io.BytesIO()
    Image.new("P", (8, 8)).save(still, "GIF")
    for data, hazards in ((still.getvalue(), ("none",)), (moving(), ("unknown",)),
                          (b"GIF89a", ("unknown",))):  # fmt: skip
        document = replace(sample(), assets=(Asset("a.gif", "image/gif", data, 8, 8),))
        assert describe(document, body, with_contents=True).hazards == hazards


@pytest.mark.parametrize(
    ("language", "word"), [("en", "enlarged"), ("tr", "Metin"), ("de", "Text")]
)
def test_the_summary_is_in_the_language_of_the_post(
    tmp_path: Path, language: str, word: str
) -> None:
    made, _ = book(sample(language=language), tmp_path)
    summary = str(made.meta("schema:accessibilitySummary"))
    assert word in summary
    assert words.catalogue(language)["access_formulas"] in summary
    assert words.catalogue(language)["access_pages"] not in summary


def test_english_words_in_a_book_of_another_language_say_that_they_are(tmp_path: Path) -> None:
    made, said = book(sample(body=GOOD, language="sv"), tmp_path)
    assert "Galley has no words of its own in sv" in said[0]
    (summary,) = made.opf.xpath("//*[@property='schema:accessibilitySummary']")
    assert summary.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_pictures_decide_what_suffices() -> None:
    document = replace(sample(), assets=(Asset("a.png", "image/png", picture(), 80, 40),))
    described = parse('<p><img src="images/a.png" alt="A"/></p>')
    bare = parse('<p><img src="images/a.png" alt=""/></p>')
    assert describe(document, described, with_contents=True).sufficient == ("textual",)
    assert describe(document, bare, with_contents=True).sufficient == ("textual,visual",)
