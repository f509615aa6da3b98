"""The themes that Galley ships, and what a theme may say of editions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from pipeline import templating
from pipeline.config import Config, load
from pipeline.diagnostics import Fault
from pipeline.editions import EDITIONS, Desk, editions_of, render
from pipeline.editions.themes import FILE, of_theme
from pipeline.model import Document, Section
from pipeline.variants import Margins
from tests.conftest import THEMES, TOP, Built
from tests.sample_document import desk, sample
from tests.test_large_print import too_small
from tests.tools.examples import examples

SECTIONS = "".join(
    f'<section class="level2" id="s{n}"><h2>Part {n}</h2><p>{"word " * 420}</p>'
    f'<section class="level3" id="t{n}"><h3>Piece {n}</h3><p>More.</p></section></section>'
    for n in range(1, 5)
)


def config(root: Path, theme: str, more: str = "") -> Config:
    (root / "galley.toml").write_text(f'theme = "{theme}"\n{more}', encoding="utf-8")
    return load(root)


def pages(root: Path, theme: str, document: Document, edition: str = "pdf") -> list[str]:
    at = Desk(config(root, theme), desk(root).epoch)
    (root / "made.pdf").write_bytes(render(document, EDITIONS[edition], at).data)
    pdf = pypdfium2.PdfDocument(root / "made.pdf")
    return [page.get_textpage().get_text_range() for page in pdf]


def test_each_shipped_theme_is_found_without_copying_and_told_of(tmp_path: Path) -> None:
    folder = templating.shipped() / "themes"
    assert sorted(path.name for path in folder.iterdir()) == sorted(THEMES)
    told = (TOP / "docs" / "theming.md").read_text(encoding="utf-8")
    for theme in THEMES:
        assert templating.theme_folders(config(tmp_path, theme)) == (folder / theme,)
        assert f"`{theme}`" in told
        assert (TOP / "docs" / "images" / f"theme-{theme}.png").is_file()


def test_what_an_edition_says_of_itself_wins_over_the_theme(tmp_path: Path) -> None:
    plain = config(tmp_path, "classroom")
    said = of_theme(plain, EDITIONS["pdf"])
    assert (said.type_size, said.hyphenate, said.notes) == (12, False, "margin")
    assert of_theme(plain, EDITIONS["handout"]).notes == "lines"
    assert of_theme(plain, EDITIONS["large-print"]).notes == "none"
    own = config(tmp_path, "classroom", "[variants.pdf]\ntype_size = 20\n")
    edition = editions_of(own)["pdf"]
    small, large = (
        pypdfium2.PdfDocument(render(sample(), entry, Desk(own, desk(tmp_path).epoch)).data)
        for entry in (EDITIONS["pdf"], edition)
    )
    assert len(large) > len(small)


def test_a_theme_of_the_publication_says_its_options_in_its_own_file(tmp_path: Path) -> None:
    for name, text in examples(TOP / "docs" / "theming.md")["options"].items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    said = of_theme(load(tmp_path), EDITIONS["pdf"])
    assert (said.type_size, said.margins) == (11.5, Margins(left=34, right=34))
    assert of_theme(load(tmp_path), EDITIONS["html"]).type_size is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[pdf\n", "TOML"),
        ("[pdf]\ntype = 3\n", "unknown field `type`"),
        ("[pdf]\ntype_size = 2\n", "pdf.type_size: 2 is no size"),
        ('[pdf]\ntheme = "report"\n', "cannot name another"),
        ("pdf = 3\n", "Expected `object`"),
    ],
)
def test_options_that_cannot_be_used_are_told_with_their_file(
    tmp_path: Path, text: str, told: str
) -> None:
    folder = tmp_path / "templates" / "themes" / "gazette"
    folder.mkdir(parents=True)
    (folder / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(Fault) as caught:
        of_theme(config(tmp_path, "gazette"), EDITIONS["pdf"])
    (note,) = caught.value.diagnostics
    assert (note.code, note.path) == ("S017", "templates/themes/gazette/theme.toml")
    assert told.replace("TOML", "") in note.message


def test_report_gives_a_long_post_a_title_page_and_numbers_its_sections(tmp_path: Path) -> None:
    outline = tuple(
        Section(f"s{n}", 2, f"Part {n}", (Section(f"t{n}", 3, f"Piece {n}"),)) for n in range(1, 5)
    )
    document = replace(sample(body=SECTIONS, words=4_000), outline=outline)
    first, second, *rest = pages(tmp_path, "report", document)
    assert "Part 4" in first
    assert "word" not in first
    assert second.lstrip().startswith("1\u2002Part 1") or "1 Part 1" in second
    assert "4.1" in "".join(rest)
    with pikepdf.open(tmp_path / "made.pdf") as pdf:
        assert str(pdf.Root.PageLabels.Nums[1].S) == "/r"


def test_report_adds_no_numbers_to_those_of_the_author(tmp_path: Path) -> None:
    body = SECTIONS.replace("<h2>Part", '<h2><span class="number">I.</span> Part')
    text = "".join(pages(tmp_path, "report", sample(body=body, words=4_000)))
    assert "4.1" not in text


def test_classroom_has_a_line_for_the_name_also_on_the_handout(tmp_path: Path) -> None:
    for edition in ("pdf", "handout"):
        first, *_ = pages(tmp_path, "classroom", sample(), edition)
        assert first.split()[:2] == ["Name", "Date"]


def test_themes_leave_large_print_alone(built_samples: Built, tmp_path: Path) -> None:
    for theme in THEMES:
        pages(tmp_path, theme, sample(), "large-print")
        assert too_small(tmp_path / "made.pdf") == []
    assert {len(built_samples.files(theme)) for theme in THEMES} == {4}


def test_a_theme_that_galley_ships_takes_no_claim_away(tmp_path: Path) -> None:
    at = Desk(config(tmp_path, "classroom"), desk(tmp_path).epoch)
    made = render(sample(body="<p>Text.</p>"), EDITIONS["epub"], at)
    assert made.diagnostics == ()
