"""The structure tree of a PDF says in its order what the HTML edition says, and loses nothing.

veraPDF judges the form of the tree, not what it holds: an orphaned half of a table passes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from pipeline.config import Config, Settings
from pipeline.editions import EDITIONS, Desk, render
from pipeline.press.clock import EPOCH
from tests.conftest import THEMES, Built
from tests.converting import document
from tests.reading_back import html_tree
from tests.tagged_text import Element, Tagged
from tests.test_editions_valid import SIX
from tests.tree_faults import drop_numbers_of_links, faults

PAGES = ("pdf", "handout", "large-print")

MARK = re.compile(r"\s*(?:–|\d+\.?|[a-zA-Z]{1,4}\.)\s*")
"""What the page sets before a list's item; the term of a definition is a label too."""
PAGE = re.compile(r"\((?:page|sayfa|Seite)\s\d+\)")
AROUND = "|".join(
    (
        './/header[@class="title-block"]', ".//footer", ".//nav",
        './/a[contains(@class, "anchor")]', './/*[local-name()="math"]',
        './/section[contains(@class, "notes")]', './/*[contains(@class, "paper-only")]',
    )
)  # fmt: skip
"""What the HTML edition has and the PDF has not, or elsewhere."""


def letters(text: str) -> str:
    """Letters and digits only: line ends and hyphens are the page's."""
    return re.sub(r"[\W_]+", "", text)


def article(path: Path) -> html.HtmlElement:
    found = html_tree(path).find(".//article")
    assert found is not None
    return found


def html_text(path: Path) -> str:
    """The text of the post in the HTML edition, without its notes."""
    post = article(path)
    for element in post.xpath(AROUND):
        element.drop_tree()
    return letters(post.text_content())


def html_notes(path: Path) -> dict[str, str]:
    """The notes by their ids."""
    found = {}
    for item in article(path).xpath('.//section[contains(@class, "notes")]//li'):
        for part in item.xpath('.//a[contains(@class, "backlink")]|.//*[local-name()="math"]'):
            part.drop_tree()
        found[item.get("id")] = letters(item.text_content())
    return found


def own(element: html.HtmlElement) -> bool:
    """Whether the element's id is the post's, not one of the page around it."""
    name = str(element.get("id"))
    return name != "notes" and not name.startswith("g-")


def differences(pdf: Path, page: Path) -> Iterator[str]:
    """What is wrong with the tree of the PDF, and what it says otherwise than the HTML edition."""
    yield from faults(pdf)
    tree = Tagged(pdf)
    drop_numbers_of_links(tree)
    for label in tree.root.all("Lbl"):
        if MARK.fullmatch(tree.text(label)):
            label.parts.clear()
    text = letters(PAGE.sub("", tree.text(tree.root, "Note", "TOC")))
    wanted = html_text(page)
    if wanted not in text:
        same = next((n for n in range(len(wanted)) if wanted[: n + 1] not in text), 0)
        yield f"the text parts at {wanted[max(same - 40, 0) : same + 20]!r}"
    notes = {
        str(note.entries["ID"]): letters(PAGE.sub("", tree.text(note)))
        for note in tree.root.all("Note")
    }
    if notes != html_notes(page):
        yield f"notes: {notes} are not {html_notes(page)}"
    ids = {e.get("id") for e in article(page).xpath(".//*[@id]") if own(e)}
    names = {str(name) for name in list(tree.pdf.Root.Names.Dests.Names)[::2]} if ids else set()
    if not ids <= names:
        yield f"no destinations: {sorted(ids - names)}"


def all_differences(built: Built, posts: list[str], edition: str = "pdf") -> list[str]:
    return [
        f"{post}: {said}"
        for post in posts
        for said in differences(*(built.files(name, [post])[0] for name in (edition, "html")))
    ]


@pytest.mark.parametrize("edition", [*PAGES, *THEMES])
def test_the_samples_say_the_same_in_their_order(edition: str, built_samples: Built) -> None:
    posts = [post["source"] for post in built_samples.posts]
    assert all_differences(built_samples, posts, edition) == []


def test_six_posts_say_the_same_in_their_order(built_corpus: Built) -> None:
    assert all_differences(built_corpus, list(SIX)) == []


@pytest.mark.prove
def test_every_post_says_the_same_in_its_order(built_corpus: Built) -> None:
    posts = [post["source"] for post in built_corpus.posts]
    assert len(posts) == 40
    assert all_differences(built_corpus, posts) == []


def tree_of(markdown: str) -> tuple[Tagged, Element]:
    desk = Desk(Config(Path("/nowhere"), Settings()), EPOCH)
    tree = Tagged(render(document(markdown), EDITIONS["pdf"], desk).data)
    return tree, tree.root


def test_foreign_words_have_their_language() -> None:
    tree, root = tree_of("Say *[bonne nuit]{lang=fr}* and [iyi geceler]{lang=tr}.")
    said = {
        str(e.entries["Lang"]): tree.text(e).strip() for e in root.walk() if "Lang" in e.entries
    }
    assert said == {"fr": "bonne nuit", "tr": "iyi geceler"}


@pytest.mark.parametrize(
    ("markdown", "numbering"),
    [
        ("- one\n- two\n", "/None"),
        ("3. one\n4. two\n", "/Decimal"),
        ('<ol type="a"><li>one</li></ol>\n', "/LowerAlpha"),
        ('<ol type="I"><li>one</li></ol>\n', "/UpperRoman"),
    ],
)
def test_a_list_says_how_it_is_numbered(markdown: str, numbering: str) -> None:
    (found,) = tree_of(markdown)[1].all("L")
    assert str(found.entries["A"].ListNumbering) == numbering


def test_a_note_is_read_where_it_is_called_and_has_a_name_and_a_number() -> None:
    tree, root = tree_of("A claim[^x], and more.\n\n[^x]: The `proof`.\n")
    (paragraph,) = [e for e in root.all("P") if "claim" in tree.text(e)]
    assert tree.text(paragraph) == "A claim11 The proof., and more."
    reference, note = (p for p in paragraph.parts if isinstance(p, Element))
    assert (reference.role, note.role) == ("Reference", "Note")
    assert [e.role for e in note.walk()] == ["Note", "Lbl", "Link", "Code"]
    assert [str(e) for e in tree.pdf.Root.StructTreeRoot.IDTree.Names[::2]] == ["fn-1"]


def test_code_and_captions_are_what_they_are() -> None:
    tree, root = tree_of(
        "Run `make`.\n\n```sh\nmake all\n```\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\nTable: Numbers\n"
    )
    assert [" ".join(tree.text(e).split()) for e in root.all("Code")] == ["make", "make all"]
    (table,) = root.all("Table")
    assert [e.role for e in table.parts if isinstance(e, Element)] == ["Caption", "THead", "TBody"]
    assert [str(e.entries["A"].Scope) for e in table.all("TH")] == ["/Column", "/Column"]


def test_running_matter_is_an_artifact_that_says_where_it_stands() -> None:
    tree, _ = tree_of("Lead.\n\n" + "Words that fill a page of paper. " * 300)
    streams = tree.pdf.pages[1].Contents.read_bytes().replace(b"\n", b" ")
    assert re.search(rb"/Artifact << ?/Type ?/Pagination ?/Subtype ?/Header", streams)
    assert re.search(rb"/Artifact << ?/Type ?/Pagination ?/Subtype ?/Footer", streams)


def made(markdown: str, edition: str, folder: Path) -> tuple[Path, Tagged]:
    """The file of a post in an edition, and its tree."""
    desk = Desk(Config(Path("/nowhere"), Settings()), EPOCH)
    file = folder / f"{edition}.pdf"
    file.write_bytes(render(document(markdown), EDITIONS[edition], desk).data)
    return file, Tagged(file)


LONG = (
    f"Lead.\n\n{'word ' * 700}\n\n"
    "| A | B |\n|---|---|\n" + "".join(f"| {n} | row {n} |\n" for n in range(50)) + "\n"
    "Before.\n\n" + "".join(f"- item {n}\n" for n in range(50)) + "\n"
    "```text\n" + "line\n" * 60 + "```\n\n> " + "quoted " * 400 + "\n\n"
    "## A [link](https://example.org/) in 日本 \U00010330\n\n[bonne nuit]{lang=fr} &c.[^1]\n\n"
    "### Below\n\nEnd.\n\n[^1]: Noted.\n"
)


@pytest.mark.parametrize("edition", PAGES)
def test_what_runs_over_pages_is_one_element_in_each_edition(edition: str, tmp_path: Path) -> None:
    file, tree = made(LONG, edition, tmp_path)
    assert len(tree.pages) > 4
    assert faults(file) == []
    root = tree.root
    found = {role: len(root.all(role)) for role in ("Table", "THead", "TR", "TH", "BlockQuote")}
    assert found == {"Table": 1, "THead": 1, "TR": 51, "TH": 2, "BlockQuote": 1}
    (words,) = [e for e in root.all("P") if tree.text(e).startswith("word word")]
    assert tree.text(words).count("word") == 700
    (items,) = [e for e in root.all("L") if "item 0" in tree.text(e)]
    assert [kid.role for kid in items.parts if isinstance(kid, Element)] == ["LI"] * 50
    (code,) = [e for e in root.all("Code") if "line" in tree.text(e)]
    assert tree.text(code).count("line") == 60
    assert {"fr": "bonne nuit"}.items() <= {
        str(e.entries["Lang"]): tree.text(e).strip() for e in root.walk() if "Lang" in e.entries
    }.items()


@pytest.mark.parametrize("edition", PAGES)
def test_the_outline_says_what_is_written_whatever_faces_there_are(
    edition: str, tmp_path: Path
) -> None:
    _, tree = made(
        "Lead.\n\n## Go \U00010330\U00010331 and \U0001f9ff\n\nText.\n", edition, tmp_path
    )
    with tree.pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Go \U00010330\U00010331 and \U0001f9ff"]
