"""The HTML edition in a browser: it asks for nothing, says nothing, and no line of it moves."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pypdfium2
import pytest

from pipeline.audit.judges.on_node import WIDTHS
from pipeline.audit.judges.packages import NODE
from pipeline.audit.judges.running import Verdicts, by_lines
from tests.conftest import TOP, Built, Galley
from tests.page_text import bare
from tests.reading_back import html_tree, text_of
from tests.test_founding_post import FOUNDING
from tests.tools.chromium import Browser

OBSERVER = TOP / "tests" / "tools" / "node" / "observe.cjs"


def observed(pages: Iterable[Path]) -> Verdicts:
    """What each page asked for, said, or moved at the three widths; nothing is a pass."""
    command = ["node", str(OBSERVER), shutil.which("chromium") or "", *map(str, WIDTHS)]
    return by_lines(command, pages, {"NODE_PATH": str(NODE.modules)})


def noticed(pages: Iterable[Path]) -> dict[str, tuple[str, ...]]:
    return {path.name: found for path, found in observed(pages).items() if found}


@pytest.mark.validator("axe")
def test_a_page_asks_for_nothing_and_stands_still(
    built_samples: Built, built_corpus: Built
) -> None:
    pages = built_samples.files("html")[:1] + built_corpus.files("html", [FOUNDING])
    assert noticed(pages) == {}


@pytest.mark.validator("axe")
def test_the_observer_sees_what_it_is_there_for(tmp_path: Path) -> None:
    page = tmp_path / "restless.html"
    page.write_text(
        "<!DOCTYPE html><title>t</title><p>a<img src='https://example.invalid/a.png'>"
        "<p style='width:2000px'>b<script>console.log('c');"
        "setTimeout(() => document.querySelector('p').style.height = '300px', 100)</script>",
        encoding="utf-8",
    )
    (found,) = observed([page]).values()
    assert {line.split()[0] for line in found} == {"request", "console", "shift", "overflow"}


@pytest.mark.prove
@pytest.mark.validator("axe")
def test_no_page_of_the_corpus_asks_or_moves(built_corpus: Built, built_samples: Built) -> None:
    assert noticed(built_corpus.share().files("html") + built_samples.files("html")) == {}


@pytest.mark.prove
@pytest.mark.validator("axe")
def test_page_marks_widen_no_page(galley: Galley, tmp_path: Path) -> None:
    options = ("-e", "html", "--set", "html.page_marks=true")
    assert galley("build", TOP / "source", "-o", tmp_path, *options).code == 0
    assert noticed(tmp_path.rglob("*.html")) == {}


def page_texts(data: bytes | Path) -> list[str]:
    """The text of each page; a word that is divided at a line's end is whole again."""
    with pypdfium2.PdfDocument(data) as pdf:
        pages = (page.get_textpage().get_text_range() for page in pdf)
        return [re.sub("[\ufffe\u00ad-]\\s+", "", text) for text in pages]


def lacks(text: str, wanted: str) -> list[str]:
    """The words and numbers that the text does not have: signs, case and line ends apart."""
    whole = bare(text)
    return [word for word in re.findall(r"[^\W\d_]+|\d+", wanted) if bare(word) not in whole]


@pytest.mark.validator("axe")
def test_a_print_of_the_page_says_what_the_handout_says(built_samples: Built) -> None:
    for post in built_samples.posts:
        page, handout = (
            built_samples.out / post["editions"][e]["path"] for e in ("html", "handout")
        )
        with Browser(page) as browser:
            printed = page_texts(browser.printed())
        given = page_texts(handout)
        besides = html_tree(page).xpath("//*[@class='masthead' or @class='colophon'] | //math")
        more = " ".join(text_of(element) for element in besides)  # formulas of a PDF are drawn
        assert lacks("".join(printed), " ".join(given)) == [], page.name
        assert lacks("".join(given) + more, " ".join(printed)) == [], page.name
        of = {"en": f"1 of {len(printed)}", "tr": f"1 / {len(printed)}"}[post["record"]["language"]]
        assert bare(of) in bare(printed[0])


def test_the_founding_post_is_small(built_corpus: Built) -> None:
    for edition, most in (("html", 130_000), ("epub", 170_000)):
        (file,) = built_corpus.files(edition, [FOUNDING])
        assert file.stat().st_size <= most, edition
