"""Handouts of real posts: judged by veraPDF, their links and codes read back, their fit held.

Two posts in every run, all 40 in ``make prove``.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import convert, normalize, read
from pipeline.audit.judges import on_java
from pipeline.config import Config, Limits, Settings
from pipeline.editions.pdf.handout import fit
from pipeline.model import Document
from tests import reading_back as back
from tests.conftest import BASE_URL, Built, Galley
from tests.layouts import counted
from tests.sizes import share
from tests.tagged_text import Tagged
from tests.test_handout import codes_of, pictures_of, setting, squeezed
from tests.test_pdf_tree import all_differences

TWO = (
    "tr/docs/Podcasting/60-editing-your-podcast-day-6.md",  # Turkish, with the most links
    "en/docs/Digital Logic/"
    "300-2024-10-08-digital-system-design-top-down-and-bottom-up-design-approaches.md",
)


@pytest.fixture(scope="module", params=["two", pytest.param("all", marks=pytest.mark.prove)])
def handouts(
    request: pytest.FixtureRequest, galley: Galley, corpus: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Built:  # fmt: skip
    """Handouts, and web pages to compare them with."""
    folder = tmp_path_factory.mktemp("handouts")
    source = corpus / "posts"
    if request.param == "two":
        source = folder / "source"
        for post in TWO:
            (source / post).parent.mkdir(parents=True)
            shutil.copy(corpus / "posts" / post, source / post)
    out = folder / "out"
    done = galley("build", source, "-e", "html,handout", "-o", out, "--set", f"base_url={BASE_URL}")
    assert done.code == 0, done.text
    posts = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["posts"]
    assert len(posts) == (2 if request.param == "two" else 40)
    return Built(out, tuple(posts))


@pytest.mark.validator("verapdf")
@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_handouts_are_valid(profile: str, handouts: Built) -> None:
    verdicts = on_java.verapdf(handouts.files("handout"), profile=profile)
    assert {path.name: found for path, found in verdicts.items() if found} == {}


def test_handouts_say_what_their_web_pages_say(handouts: Built) -> None:
    posts = [post["source"] for post in handouts.posts]
    assert all_differences(handouts, posts, "handout") == []


def addresses(page: Path) -> list[str]:
    """Where the links of a post's text lead, each address once, in their order."""
    (text,) = back.html_tree(page).find_class("text")
    links = (str(link.get("href")) for link in text.iter("a"))
    return list(dict.fromkeys(href for href in links if not href.startswith("#")))


def test_each_address_stands_once_at_the_end_in_order_and_complete(handouts: Built) -> None:
    pairs = zip(handouts.files("handout"), handouts.files("html"), strict=True)
    for handout, page in pairs:
        tree = Tagged(handout)
        wanted = [f"{n}{address}" for n, address in enumerate(addresses(page), start=1)]
        items = tree.root.all("L")[-1].all("LI") if wanted else []
        assert [squeezed(tree.text(item)) for item in items] == wanted, handout.name


def test_every_code_is_read_back(handouts: Built, tmp_path: Path) -> None:
    files = zip(handouts.posts, handouts.files("handout"), handouts.files("html"), strict=True)
    for post, handout, page in files:
        wanted = [post["record"]["url"], *addresses(page)]
        assert codes_of(pictures_of(handout, tmp_path)) == sorted(wanted), handout.name


Reader = Callable[[str], Document]


@pytest.fixture(scope="module")
def document(corpus: Path) -> Reader:
    config = Config(corpus / "posts", Settings(base_url=BASE_URL))

    def made(post: str) -> Document:
        source = read.load(corpus / "posts" / post, post, Limits())
        return convert.document((normalize.manuscript(source, config),), config)

    return made


def holds(document: Document, asked: str, pages: int, **options: object) -> str:
    """What is wrong with the size that ``fit`` finds; nothing if it is as it is defined."""
    with counted() as layouts:
        found, notes = fit.fitted(setting(document, fit=asked, **options))
    size = round(found.scale * 10.5, 2)
    if len(layouts) > 4:
        return f"{len(layouts)} layouts"
    if by_hand(document, size, **options) != found.count:
        return f"{size} pt set by hand gives other pages than {found.count}"
    if notes:
        alone = found.count > pages and size == fit.SMALLEST
        return "" if alone else f"{size} pt gives {found.count} pages and a warning"
    if found.count > pages:
        return f"{size} pt gives {found.count} pages"
    if size < fit.LARGEST and by_hand(document, size + fit.STEP, **options) <= pages:
        return f"{size + fit.STEP} pt would fit too"
    return ""


def by_hand(document: Document, size: float, **options: object) -> int:
    """How many pages there are where an editor asks for a size and for no fit."""
    return fit.fitted(setting(document, type_size=size, **options))[0].count


def test_fit_is_the_largest_size_that_fits(document: Reader) -> None:
    post = document(TWO[1])
    assert holds(post, "2 sheets", 4, duplex=True, notes="lines") == ""


@pytest.mark.prove
def test_fit_holds_its_definition_on_every_post(document: Reader, corpus: Path) -> None:
    posts = sorted(f.relative_to(corpus / "posts") for f in (corpus / "posts").rglob("*.md"))
    assert len(posts) == 40
    wrong = {}
    for number, post in share(enumerate(posts)):
        duplex, notes = number % 2 == 0, ("none", "lines", "grid", "margin")[number % 4]
        made = document(post.as_posix())
        wanted = setting(made, notes=notes).pages(tighten=False).count - number % 3 % 2
        asked = f"{wanted} page{'s' if wanted != 1 else ''}"
        if duplex and wanted % 2 == 0:
            asked = f"{wanted // 2} sheets"
        if said := holds(made, asked, wanted, duplex=duplex, notes=notes):
            wrong[str(post)] = f"{asked}: {said}"
    assert wrong == {}
