"""``galley proof`` end to end: what its pages show, that a post puts nothing into them."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pipeline import normalize, read
from pipeline.config import load
from pipeline.model import Manuscript
from pipeline.normalize import telling
from pipeline.press import proofs
from pipeline.press.orders import Post
from pipeline.proof import lines
from pipeline.proof.lines import Line
from pipeline.proof.pages import Neighbours, Press
from pipeline.proof.rows import pairs
from pipeline.proof.summaries import summary
from tests.conftest import TOP, Galley
from tests.test_check import PLAIN
from tests.test_fix import BODY, FRONT, write
from tests.tools import validators
from tests.tools.chromium import Browser

HOSTILE = """\
---
title: "</title><script>alert(1)</script> & <b>bold"
---

</pre></td><script>alert(2)</script> stands in a paragraph that is long enough.



What Is <img src=x onerror=alert(3)> It?

Pleasure\u202eabc in "quotes" and 'others', with enough words to be a paragraph.

##</h3><script>alert(4)</script>

Words after it, which are enough for a paragraph, and a form feed \x0c in them.
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A publication with a post that wants mending, one that does not, one that cannot be read."""
    write(tmp_path / "galley.toml", "")
    write(tmp_path / "source/tr/post.md", FRONT + BODY)
    write(tmp_path / "source/plain.md", PLAIN)
    (tmp_path / "source/broken.md").write_bytes(b"caf\xe9\n")
    return tmp_path


def proof(desk: Path, page: str = "index.html") -> html.HtmlElement:
    return html.fromstring((desk / "build/_proof" / page).read_bytes())


def all_pages(desk: Path) -> dict[str, bytes]:
    place = desk / "build/_proof"
    return {p.relative_to(place).as_posix(): p.read_bytes() for p in place.rglob("*.html")}


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def manuscript_of(file: Path) -> Manuscript:
    config = load(file.parent, ())
    return normalize.manuscript(read.load(file, file.name, config.settings.limits), config)


def test_the_index_lists_every_post_those_that_need_a_look_first(
    galley: Galley, desk: Path
) -> None:
    done = galley("proof", cwd=desk)
    assert done.code == 1
    assert done.err.startswith("broken.md:1: R003 error: this is not UTF-8")
    assert done.out == "3 posts checked: 1 error, 3 repairs made; see build/_proof/index.html\n"
    rows = proof(desk).xpath("(//table[contains(@class, 'posts')])[1]/tbody/tr")
    assert [row.xpath("string(th/a/@href)") for row in rows] == [
        "broken.md.html", "tr/post.md.html", "plain.md.html",
    ]  # fmt: skip
    assert "could not be read" in words(rows[0])
    assert "R003" in words(rows[0])
    lowest = min(r.confidence for r in manuscript_of(desk / "source/tr/post.md").repairs)
    assert [words(cell) for cell in rows[1].xpath("td")] == [
        "3", "0", "0", f"{lowest:.2f}", "N102 N204 × 2", "–",
    ]  # fmt: skip
    assert set(all_pages(desk)) == {
        "index.html", "rules.html", "broken.md.html", "plain.md.html", "tr/post.md.html",
    }  # fmt: skip


def test_a_page_shows_lines_side_by_side_and_the_outline(galley: Galley, desk: Path) -> None:
    galley("proof", "source/tr", cwd=desk)
    page = proof(desk, "post.md.html")
    (changed,) = page.xpath("//tr[@id='L12']")
    assert [words(cell) for cell in changed.xpath("td")] == [
        "What Is a Piano?", "## What Is a Piano?",
    ]  # fmt: skip
    assert [words(mark) for mark in changed.xpath("td[2]/ins")] == ["##"]
    (card,) = page.xpath("//article[.//a[@href='#L12']]")
    assert "made" in card.get("class").split()
    said = words(card)
    made = manuscript_of(desk / "source/tr/post.md").repairs
    (repair,) = (repair for repair in made if repair.first_line == 12)
    for part in ("N204 plain titles", f"{repair.confidence:.2f}", repair.reason):
        assert part in said
    outline = page.xpath("//table[contains(@class, 'outline')]/tbody/tr")
    assert [words(row) for row in outline] == [
        "12 – H2 What Is a Piano? new", "22 – H2 How Is It Moved? new",
    ]  # fmt: skip
    assert page.xpath("//li[text()='zeta: 1']/ancestor::details")


def test_every_repair_is_marked_once_with_its_state(galley: Galley, tmp_path: Path) -> None:
    assert galley("proof", "-o", tmp_path, "--quiet").text == ""
    for file in (TOP / "source").glob("*.md"):
        page = html.parse(tmp_path / "_proof" / f"{file.name}.html").getroot()
        marked = page.xpath("//*[contains(concat(' ', @class, ' '), ' repair ')]")
        shown = Counter(
            e.get("class").split()[-1 if "tag" in e.get("class") else 1] for e in marked
        )
        assert shown == Counter(state for state, _ in telling.every(manuscript_of(file)))
        numbers = [int(e.get("id")[1:]) for e in marked]
        assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_all_lines_stand_on_the_page_in_order() -> None:
    for file in (TOP / "source").rglob("*.md"):
        manuscript = manuscript_of(file)
        found = pairs(manuscript)
        old = [pair.old for pair in found if pair.old is not None]
        new = [pair.new for pair in found if pair.new is not None]
        assert "\n".join(old) == manuscript.source.body.removesuffix("\n")
        assert "\n".join(new) == manuscript.body.removesuffix("\n")


NAMES = {"NBSP": "\u00a0", "TAB": "\t", "\u21b5": ""}


def read_back(line: Line) -> str:
    """The line that the pieces show, names turned into what they name."""
    return "".join(
        NAMES.get(p.text, p.text.replace("\u00b7", " ")) if p.sign else p.text for p in line
    )


SIGNS = st.text("ab #*\u00a0\t\n", max_size=30)


@given(SIGNS, SIGNS)
def test_a_comparison_keeps_both_lines_and_marks_just_what_differs(old: str, new: str) -> None:
    left, right = lines.compared(old, new)
    assert (read_back(left), read_back(right)) == (old, new)
    assert any(piece.marked for piece in (*left, *right)) == (old != new)
    same = ["".join(p.text for p in line if not p.marked) for line in (left, right)]
    assert same[0] == same[1]


def to_paste(page: html.HtmlElement, code: str) -> str:
    """The first lines to paste of the first repair of that code."""
    return str(page.xpath(f"string(//article[contains(., '{code}')][1]//pre)"))


def test_what_the_page_says_to_paste_refuses_the_repair(galley: Galley, desk: Path) -> None:
    odd = desk / 'source/a "quoted" \\ name.md'
    write(odd, FRONT + BODY)
    galley("proof", odd, cwd=desk)
    pasted = to_paste(proof(desk, f"{odd.name}.html"), "N204")
    assert pasted.startswith("[[refuse]]\n")
    write(desk / "galley.repairs.toml", pasted)
    done = galley("proof", odd, cwd=desk)
    assert "2 repairs made, 1 repair refused" in done.out
    (card,) = proof(desk, f"{odd.name}.html").xpath("//article[contains(@class, 'refused')]")
    assert "galley.repairs.toml, line 1" in words(card)
    assert not card.xpath(".//pre")


def test_what_a_proposal_says_to_paste_has_it_made(galley: Galley, desk: Path) -> None:
    write(desk / "galley.toml", "[repairs]\nthreshold = 1.0\n")
    first = galley("proof", "source/tr", cwd=desk)
    assert "1 post checked: 3 repairs proposed" in first.out
    pasted = to_paste(proof(desk, "post.md.html"), "N204")
    assert pasted.startswith("[[accept]]\n")
    write(desk / "galley.repairs.toml", pasted)
    assert "1 repair made, 2 repairs proposed" in galley("proof", "source/tr", cwd=desk).out


def test_a_post_cannot_put_anything_into_its_page(galley: Galley, desk: Path) -> None:
    write(desk / "source/<script>alert(5)<!--.md", HOSTILE)
    galley("proof", cwd=desk)
    for data in all_pages(desk).values():
        page = html.fromstring(data)
        assert len(page.xpath("//script")) == 1
        assert not page.xpath("//img | //iframe | //object | //@onerror | //@onclick | //@style")
        assert "\u202e" not in data.decode()
        assert "\x0c" not in data.decode()
    (name,) = (name for name in all_pages(desk) if "alert" in name)
    page = proof(desk, name)
    assert words(page.xpath("//h1")[0]).startswith("</title><script>alert(1)</script>")
    assert "U+202E" in {e.text for e in page.xpath("//b[@class='sign']")}
    link = next(h for h in proof(desk).xpath("//th/a/@href") if "alert" in h)
    assert unquote(link) == name


def test_the_policy_allows_the_style_and_the_script_and_no_more(galley: Galley, desk: Path) -> None:
    galley("proof", cwd=desk)
    for data in all_pages(desk).values():
        page = html.fromstring(data)
        (policy,) = page.xpath("//meta[@http-equiv]/@content")
        assert policy.startswith("default-src 'none'; ")
        for kind in ("style", "script"):
            (text,) = re.findall(rf"<{kind}>(.*?)</{kind}>", data.decode(), re.DOTALL)
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"{kind}-src 'sha256-{digest}'" in policy
        for address in (*page.xpath("//@href"), *page.xpath("//@src")):
            assert "://" not in address


def test_every_link_leads_somewhere(galley: Galley, desk: Path) -> None:
    galley("proof", cwd=desk)
    place = desk / "build/_proof"
    ids = {
        name: set(html.fromstring(data).xpath("//@id")) for name, data in all_pages(desk).items()
    }
    for name, data in all_pages(desk).items():
        for address in html.fromstring(data).xpath("//a/@href"):
            path, _, fragment = unquote(address).partition("#")
            target = os.path.relpath((place / name).parent / path, place) if path else name
            assert target in ids, (name, address)
            assert not fragment or fragment in ids[target], (name, address)


def test_same_posts_same_bytes_and_pages_of_lost_posts_go(galley: Galley, desk: Path) -> None:
    galley("proof", cwd=desk)
    before = all_pages(desk)
    stamps = {p: p.stat().st_mtime_ns for p in (desk / "build/_proof").rglob("*.html")}
    elsewhere = desk / "elsewhere"
    galley(
        "proof",
        desk / "source",
        "-o",
        "build",
        cwd=write(elsewhere / "x", "").parent,
        TZ="Asia/Tokyo",
    )
    assert {
        p.relative_to(elsewhere / "build/_proof").as_posix(): p.read_bytes()
        for p in (elsewhere / "build/_proof").rglob("*.html")
    } == before
    galley("proof", cwd=desk)
    assert stamps == {p: p.stat().st_mtime_ns for p in (desk / "build/_proof").rglob("*.html")}
    (desk / "source/tr/post.md").unlink()
    mine = write(desk / "build/_proof/notes.html", "<p>mine</p>")
    galley("proof", cwd=desk)
    assert set(all_pages(desk)) == set(before) - {"tr/post.md.html"} | {"notes.html"}
    assert not (desk / "build/_proof/tr").exists()
    assert mine.read_text() == "<p>mine</p>"


def test_clean_takes_away_what_was_written_and_nothing_else(galley: Galley, desk: Path) -> None:
    galley("proof", cwd=desk)
    mine = write(desk / "build/_proof/notes.html", "<p>mine</p>")
    done = galley("clean", cwd=desk)
    assert done.out == "5 files removed from build\n"
    assert [p for p in (desk / "build").rglob("*") if p.is_file()] == [mine]
    mine.unlink()
    galley("proof", cwd=desk)
    galley("clean", cwd=desk)
    assert os.listdir(desk / "build") == []


def test_names_of_pages_never_meet_and_are_not_too_long() -> None:
    config = load(TOP / "source", ())
    paths = ("a.md", "A.md", "a.md", "index", "e\u0301.md", "\u00e9.md", "x/" + "ş" * 130 + ".md")
    posts = [Post("source", path, TOP / "x", ".", config) for path in paths]
    names = proofs.names(posts, ("index.html",))
    assert names[:6] == (
        "a.md.html", "A.md-2.html", "a.md-3.html", "index-2.html",
        "e\u0301.md.html", "\u00e9.md-2.html",
    )  # fmt: skip
    assert len(names[6].rpartition("/")[2].encode()) <= 255


def test_json_is_one_object_of_the_shape_that_is_documented(galley: Galley, desk: Path) -> None:
    done = galley("proof", "--format", "json", cwd=desk)
    told = json.loads(done.out)
    assert list(told) == [
        "version", "ok", "output", "index", "counts", "diagnostics", "posts",
    ]  # fmt: skip
    assert (told["ok"], told["index"]) == (False, "_proof/index.html")
    assert told["counts"]["made"] == 3
    post = next(post for post in told["posts"] if post["source"] == "tr/post.md")
    lowest = min(r.confidence for r in manuscript_of(desk / "source/tr/post.md").repairs)
    assert (post["page"], post["read"], post["lowest"]) == ("_proof/tr/post.md.html", True, lowest)
    page = (TOP / "docs/repairs.md").read_text(encoding="utf-8")
    for key in (*told, *told["counts"], *post):
        assert f"`{key}`" in page, key


def test_usage_and_folders_that_cannot_be_written(galley: Galley, desk: Path) -> None:
    nowhere = galley("proof", "nowhere", cwd=desk)
    assert (nowhere.code, nowhere.out) == (2, "")
    assert "S001" in nowhere.err
    write(desk / "build", "a file")
    done = galley("proof", cwd=desk)
    assert done.code == 2
    assert "S011 error: the output folder build cannot be written" in done.err


def test_a_theme_may_change_a_page_and_its_mistakes_are_named(galley: Galley, desk: Path) -> None:
    sheet = desk / "templates/proof/style.css.j2"
    write(sheet, '{% include "galley/style.css.j2" %}\nh1 { color: teal; }\n')
    galley("proof", cwd=desk)
    assert b"h1 { color: teal; }" in all_pages(desk)["index.html"]
    write(sheet, "{{ nothing }}")
    done = galley("proof", cwd=desk)
    assert done.code == 1
    assert "E001" in done.err


def test_a_very_long_page_folds_nothing(tmp_path: Path) -> None:
    text = "---\ntitle: Long\n---\n\n" + "".join(
        f"##Title {n}\n\nWords that are enough for a paragraph of its own.\n\n" for n in range(600)
    )
    manuscript = manuscript_of(write(tmp_path / "long.md", text))
    told = summary("long.md", "long.md.html", manuscript, ())
    page = Press(load(tmp_path, ())).post(told, "long.md", manuscript, Neighbours(None, None))
    repairs = tuple(telling.every(manuscript))
    assert len(repairs) >= 600
    assert len(re.findall(rb'class="repair ', page)) == len(repairs)
    assert b"<details" not in page


@pytest.mark.validator("vnu")
def test_the_pages_are_valid_html(galley: Galley, desk: Path) -> None:
    write(desk / "source/hostile.md", HOSTILE)
    write(
        desk / "source/more.md",
        (TOP / "source/2024-11-05-why-paper-handouts-still-work.md").read_text(),
    )
    write(
        desk / "galley.repairs.toml",
        '[[refuse]]\nrule = "N203"\n\n[[accept]]\nrule = "N204"\npost = "gone.md"\n',
    )
    galley("proof", cwd=desk)
    files = sorted((desk / "build/_proof").rglob("*.html"))
    assert validators.vnu(files) == dict.fromkeys(files, ())


@pytest.mark.prove
@pytest.mark.validator("chromium")
def test_keys_go_from_repair_to_repair_without_a_word_on_the_console(
    galley: Galley, desk: Path
) -> None:
    galley("proof", "source/tr", cwd=desk)
    with Browser(desk / "build/_proof/post.md.html") as browser:
        focus = "document.activeElement.querySelector('h3').textContent.trim()[7]"
        steps = []
        for key in "njpkn":
            browser.press(key)
            steps.append(browser.value(focus))
        assert steps == ["1", "2", "1", "1", "2"]
        assert browser.value("document.querySelector('.position').textContent") == "2 of 2"
        assert browser.value("document.querySelectorAll('.decide button').length") == 3
        wide = "document.documentElement.scrollWidth"
        for width in (320, 768, 1400):
            browser.resize(width)
            assert browser.value(wide) <= width
        assert browser.console == []
    with Browser(desk / "build/_proof/index.html") as browser:
        browser.value("document.querySelector('.sortable th button').click()")
        assert browser.value("document.querySelector('th[aria-sort]').textContent") == "Post"
        assert browser.console == []
