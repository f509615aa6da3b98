"""Variants: editions of one's own, and options of Galley's, from ``[variants]``."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pipeline.config import Config, load
from pipeline.diagnostics import Fault
from pipeline.editions import EDITIONS, editions_of, render
from pipeline.editions.pdf import sheets, type_size
from pipeline.variants import OF_PAGES, Margins, Options, Sheet
from tests.conftest import TOP, Finished, Galley
from tests.sample_document import desk, sample
from tests.tools.docs_facts import VARIANTS
from tests.tools.examples import examples

PAGE = examples(TOP / "docs" / "configuration.md")
A5 = '[variants.a5]\nbase = "pdf"\npaper = "a5"\n'
POST = "---\ntitle: A post\nurl: https://example.org/post\n{0}---\n\nWords of the post.\n"


def settings(folder: Path, text: str, *assignments: str) -> Config:
    (folder / "galley.toml").write_text(text, encoding="utf-8")
    return load(folder, assignments)


@pytest.fixture
def publication(tmp_path: Path) -> Path:
    """A folder with one post and the example of the documentation as its galley.toml."""
    (tmp_path / "source").mkdir()
    (tmp_path / "source/post.md").write_text(POST.format(""), encoding="utf-8")
    (tmp_path / "galley.toml").write_text(PAGE["variants"]["galley.toml"], encoding="utf-8")
    return tmp_path


def post_of(done: Finished) -> dict[str, Any]:
    (post,) = (event for event in done.events if event["event"] == "post")
    return dict(post)


def size(file: Path) -> tuple[float, float]:
    with pikepdf.open(file) as pdf:
        box = [float(edge) * 25.4 / 72 for edge in pdf.pages[0].mediabox]
    return round(box[2], 1), round(box[3], 1)


def test_a_variant_is_built_named_and_cleaned_like_an_edition(
    galley: Galley, publication: Path
) -> None:
    done = galley("build", "-e", "a5,plain", "--format", "json", cwd=publication)
    assert done.code == 0, done.text
    assert {n: e["path"] for n, e in post_of(done)["editions"].items()} == {
        "a5": "post-a5.pdf", "plain": "post-plain.html",
    }  # fmt: skip
    manifest = json.loads((publication / "build/manifest.json").read_text())
    assert manifest["posts"][0]["editions"]["a5"]["pages"] == 1
    assert size(publication / "build/post-a5.pdf") == (148, 210)
    assert galley("clean", cwd=publication).code == 0
    assert not list((publication / "build").glob("post*"))


def test_settings_and_posts_may_ask_for_a_variant(galley: Galley, publication: Path) -> None:
    toml = publication / "galley.toml"
    toml.write_text('editions = ["plain"]\n' + toml.read_text())
    (publication / "source/post.md").write_text(POST.format("editions: [a5, a55]\n"))
    done = galley("build", "--format", "json", cwd=publication)
    assert list(post_of(done)["editions"]) == ["a5", "plain"]
    (note,) = post_of(done)["diagnostics"]
    assert (note["code"], note["line"], note["hint"]) == ("P008", 4, "did you mean a5?")
    wrong = galley("build", "-e", "plian", cwd=publication)
    assert wrong.code == 2
    assert "S003 error: no edition is called 'plian' - did you mean plain?" in wrong.err


def test_a_post_is_told_when_the_variant_that_it_asks_for_comes_and_goes(
    galley: Galley, publication: Path
) -> None:
    toml, build = publication / "galley.toml", ("build", "--format", "json")
    (publication / "source/post.md").write_text(POST.format("editions: [a5]\n"))
    variants = 'editions = ["plain"]\n' + toml.read_text()
    without = variants.replace("[variants.a5]", "[variants.a6]")
    for text, codes, made in ((variants, [], ["a5", "plain"]), (without, ["P008"], ["plain"]),
                              (variants, [], ["a5", "plain"])):  # fmt: skip
        toml.write_text(text)
        told = post_of(galley(*build, cwd=publication))
        assert [note["code"] for note in told["diagnostics"]] == codes
        assert set(made) <= set(told["editions"])


def test_a_changed_option_makes_its_own_edition_due_and_no_other(
    galley: Galley, publication: Path
) -> None:
    arguments = ("build", "-e", "a5,plain,html", "--format", "json")
    assert galley(*arguments, cwd=publication).code == 0
    built = {p.name: p.stat().st_mtime_ns for p in (publication / "build").glob("post*")}
    toml = publication / "galley.toml"
    toml.write_text(toml.read_text().replace("type_size = 9.5", "type_size = 10"))
    assert post_of(galley(*arguments, cwd=publication))["status"] == "built"
    after = {p.name: p.stat().st_mtime_ns for p in (publication / "build").glob("post*")}
    assert [name for name in built if built[name] != after[name]] == ["post-a5.pdf"]
    assert post_of(galley(*arguments, cwd=publication))["status"] == "unchanged"


def test_its_own_templates_come_first_then_those_of_its_bases(
    galley: Galley, publication: Path
) -> None:
    toml = publication / "galley.toml"
    toml.write_text(toml.read_text() + '\n[variants.bare]\nbase = "plain"\n')
    page = "<p>{{ record.title }}: {{ settings.text.contents }}</p>"
    for name, word in (("plain", "plain "), ("html", "html ")):
        (publication / f"templates/{name}").mkdir(parents=True)
        (publication / f"templates/{name}/page.html.j2").write_text(word + page)
    assert galley("build", "-e", "bare,html", cwd=publication).code == 0
    made = (publication / "build/post-bare.html").read_text()
    assert made == "plain <p>A post: never</p>\n"
    assert "html <p>A post: auto</p>" in (publication / "build/post.html").read_text()


def test_a_variant_changes_what_engines_read_of_the_settings(tmp_path: Path) -> None:
    (tmp_path / "templates/themes/gazette").mkdir(parents=True)
    options = 'theme = "gazette"\naccent = "#123"\nhyphenate = false\ncontents = "always"\n'
    config = settings(tmp_path, f"{A5}{options}margins = {{ left = 26, top = 12.5 }}\n")
    told = config.told(editions_of(config)["a5"].options).settings
    assert (told.theme, told.look.accent, told.paper) == ("gazette", "#123", "a5")
    assert (told.text.hyphenate, told.text.contents) == (False, "always")
    paper = sheets.paper(editions_of(config)["a5"].options, config)
    assert (paper.left, paper.top, paper.first_top, paper.right) == (26, 12.5, 12.5, 16)
    assert config.settings.theme is None


def test_an_entry_of_galleys_own_name_changes_its_options(tmp_path: Path) -> None:
    config = settings(tmp_path, PAGE["changed"]["galley.toml"])
    known = editions_of(config)
    assert list(known) == list(EDITIONS)
    assert known["pdf"] == replace(
        EDITIONS["pdf"], options=Options(margins=Margins(left=30, right=40))
    )


def test_the_command_line_sets_an_option_and_is_remembered(tmp_path: Path) -> None:
    config = settings(tmp_path, A5, "variants.a5.type_size=12", "title=x")
    edition = editions_of(config)["a5"]
    assert edition.options.type_size == 12
    assert edition.firm == ("type_size",)


WRONG = {
    "unknown key": ('[variants.a5]\npapr = "a5"', "S005", "variants.a5.papr", "variants.a5.paper"),
    "unknown paper": ('[variants.a5]\npaper = "b5"', "S006", "no paper is called 'b5'", "letter"),
    "wrong kind": ("[variants.a5]\ntype_size = 'big'", "S006", "`variants.a5.type_size`", "docs"),
    "no table": ("[variants]\na5 = 5", "S006", "variants.a5", "docs"),
    "odd margin": (A5 + "margins = { lefft = 3 }", "S006", "lefft", "docs"),
    "wide margin": (A5 + "margins = { left = 300 }", "S006", "variants.a5.margins", "0 to 200"),
    "tiny type": (A5 + "type_size = 2", "S006", "variants.a5.type_size: 2", "6 to 40"),
    "no choice": (A5 + 'contents = "yes"', "S006", "'yes' is no choice", "always"),
    "no colour": (A5 + 'accent = "red"', "S006", "'red' is no colour", "#7a2e1d"),
    "tiny sheet": (A5.replace('"a5"', "{ width = 1, height = 9 }"), "S006", "1 x 9 mm", "50"),
    "odd name": ("[variants.'A 5']", "S006", "'A 5'", "small letters"),
    "odd suffix": (A5 + 'suffix = "/x"', "S006", "variants.a5.suffix", "-small"),
    "unknown base": ('[variants.a5]\nbase = "pfd"', "S006", "'pfd'", "did you mean pdf?"),
    "base of our own": ('[variants.epub]\nbase = "pdf"', "S006", "variants.epub", "leave out"),
    "circle": ('[variants.a]\nbase = "b"\n[variants.b]\nbase = "a"', "S006", "itself", "another"),
    "same file": ('[variants.a5]\n[variants.b]\nsuffix = "-A5"', "S006", "a5 and b", "suffix"),
    "no pages": ('[variants.w]\nbase = "html"\npaper = "a5"', "S005", "html, which has no paper",
                 "pages"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_with_its_cure(tmp_path: Path, case: str) -> None:
    text, code, what, cure = WRONG[case]
    with pytest.raises(Fault) as caught:
        editions_of(settings(tmp_path, text))
    (note,) = caught.value.diagnostics
    assert (note.code, note.path) == (code, "galley.toml")
    assert what in note.message
    assert cure in (note.hint or "")


def test_every_option_has_an_example_that_loads(tmp_path: Path) -> None:
    assert set(VARIANTS) == {"base", "suffix", *Options.__struct_fields__}
    assert set(OF_PAGES) < set(VARIANTS)
    for name, (_, example) in VARIANTS.items():
        config = settings(tmp_path, f"[variants.mine]\n{example}\n")
        assert getattr(config.settings.variants["mine"], name) is not None


@pytest.mark.parametrize("wanted", [*sheets.PAPERS, "legal", Sheet(width=110, height=180)])
def test_a_paper_has_room_for_text_whatever_its_size(wanted: str | Sheet) -> None:
    config = Config(Path("/nowhere"), desk(Path("/nowhere")).config.settings)
    for points in (8.0, 10.5, 18.0):
        paper = sheets.paper(Options(paper=wanted, type_size=points), config)
        assert paper.scale == pytest.approx(points / 10.5)
        side, width = min(paper.left, paper.right) * paper.scale, paper.width * paper.scale
        least = min(sheets.NARROWEST, max(width / 11, (width - sheets.POCKET_MEASURE) / 2))
        assert side >= least - 0.1, "paper for the pocket has the least"
        assert paper.bottom * paper.scale >= sheets.NARROWEST - 0.1
        assert paper.measure * paper.scale >= 80 * sheets.MM


def test_type_of_another_size_is_the_same_page_through_a_lens(tmp_path: Path) -> None:
    small = replace(EDITIONS["pdf"], options=Options(paper=Sheet(width=100, height=150),
                    margins=Margins(top=10, right=10, bottom=10, left=10)))  # fmt: skip
    large = replace(EDITIONS["pdf"], options=Options(
        paper=Sheet(width=200, height=300), type_size=21,
        margins=Margins(top=20, right=20, bottom=20, left=20)))  # fmt: skip
    at = desk(Path("/nowhere"))
    one, other = (render(sample(words=4000), edition, at) for edition in (small, large))
    assert one.pages == other.pages
    texts = []
    for number, made in enumerate((one, other)):
        (tmp_path / f"{number}.pdf").write_bytes(made.data)
        with pikepdf.open(tmp_path / f"{number}.pdf") as pdf:
            texts.append([len(pikepdf.parse_content_stream(page)) for page in pdf.pages])
    assert size(tmp_path / "1.pdf") == (200, 300)
    assert texts[0] == texts[1]


def test_only_absolute_lengths_grow() -> None:
    css = "a{font:8pt/1.5 x;margin:-.5pt 2mm 1.5em 0;width:40%;color:#1pt;content:'3pt'}p1pt{}"
    assert type_size.enlarged(css, 2).startswith(
        "a{font:16pt/1.5 x;margin:-1pt 4mm 1.5em 0;width:40%;color:#1pt"
    )
