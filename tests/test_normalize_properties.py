"""What must hold whatever the post: words, code and numbers stay; a second time changes nothing."""

from __future__ import annotations

import os
import random
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline import normalize
from pipeline.config import Config, Settings
from pipeline.model import Manuscript
from pipeline.normalize import RULES, manuscript, text
from pipeline.normalize.repair import Mended, mend
from pipeline.normalize.text import ZERO_WIDTH, folded, same_code
from pipeline.normalize.tree import parse
from pipeline.read import load
from tests.bench.shapes import SHAPES

PIECES = (
    "Some Title Here", "1. First Title", "2. Second Title", "3. third", "* item", "- item",
    "  continued", "    indented", "", "", "", "```", "```sh", "code line", "<div>", "</div>",
    "<pre>", "</pre>", "<!-- wp:heading -->", "# One", "## Two", "### Three", "Under", "=====",
    "A sentence that is long enough to be taken for prose, with a full stop.", "Ends in a colon:",
    "a\u00a0\u00a0b\u00a0", "\u00a0", "zero\u200bwidth", ": definition", "| a | b |", "|---|---|",
    "> quoted", "[^1]: note", "$$", "**Bold Title**", "**Label:** text", "![alt](image.png)",
    "code```", "<pre class=\"wp-block-code\">`code", "`</pre>", '<ol start="3">', "<hr>",
    '<h4 class="wp-block-heading">Some Title', "{{< card >}}", "::: note",
    "<p><b>Bold Title</b></p>", "<strong>Bold Title</strong><br>", "** Bold Title **",
    "1. **Who asks?**", "2. **Who answers?**", "3. **Who knows?**", "#Title Here", "##Title Here:",
    "---", "***", "* * *", "<div><b>Some Title</b></div>", "<div><br /></div>", "a<o:p></o:p>",
    '<p class="MsoNormal">said so</p>', "<td>**a**</td>", "</table>",
    '<table class="wp-block-table">', "`a &amp;&amp; b`", "- inner", "1. step:", "2. step:",
    "&nbsp;", "The Title", "# The Title", "Özet ve Sonuç",
)  # fmt: skip

EMPHASIS = re.compile(r"</?(?:b|strong|i|em|u)>")
BREAK = re.compile(r"<br ?/?>")

ROOM = os.path.dirname(normalize.__file__)

TraceFunction = Callable[[FrameType, str, Any], Any]

RECODE = tuple(rule for rule in RULES if rule.safety == "recodes")

UNMAKE = tuple(rule for rule in RULES if rule.unmakes)

RECODED = {rule.code for rule in RECODE}

bodies = st.lists(
    st.one_of(st.sampled_from(PIECES), st.text("ab #*`~<>\u00a0\u200b.:1)-", max_size=12)),
    max_size=40,
)


def mended(lines: list[str] | tuple[str, ...]) -> Mended:
    return mend(tuple(lines), 1, "The Title", RULES)


def said(lines: tuple[str, ...]) -> list[str]:
    """The words, without heading marks, emphasis and zero-width characters."""
    markup = str.maketrans("", "", "#*_\\" + ZERO_WIDTH)
    bare = (EMPHASIS.sub("", BREAK.sub(" ", line)) for line in lines)
    return [w for line in bare for w in line.translate(markup).split()]


def without_title(lines: tuple[str, ...], title: str) -> list[tuple[str, ...]]:
    """The lines, and what is left of them when the first H1 goes that says the title, the one
    thing that may be dropped; then the next one, which is now the first."""
    first = next(iter(parse(lines).headings), None)
    if first is None or first.level != 1 or folded(first.text) != folded(title):
        return [lines]
    return [lines, *without_title((*lines[: first.first - 1], "", *lines[first.last :]), title)]


def kept(before: tuple[str, ...], after: tuple[str, ...], title: str) -> None:
    """Words, code and the headings that were there are still there; where code and raw HTML end
    is for the rules to say that recode, and the words stay under them too."""
    recoded = mend(before, 1, title, RECODE).lines
    assert same_code("\n".join(before), "\n".join(recoded))
    before = mend(recoded, 1, title, UNMAKE).lines  # a rule that hyphens were meant for
    assert parse(before).verbatim_text() == parse(recoded).verbatim_text()
    assert [line for line in before if line] == [line for line in recoded if line]
    old, new = parse(before), parse(after)
    # a heading that was mended above a repeated title makes it one in the text, which stays
    assert said(after) in map(said, without_title(before, title))
    assert new.verbatim_text() == old.verbatim_text()
    words = [folded(b.text) for b in new.every if b.kind == "heading"]
    for block in old.every:
        if block.kind == "heading" and folded(block.text) != folded(title):
            assert folded(block.text) in words


@given(bodies)
@settings(max_examples=300)
@example(["* a", "", "* b", "", "* c", "Some Title", "", "    code?", "", "text"])
@example("# The Title\n\nFor A\n\n- x\n\nFor B\n\n- y\n\nFor C\n\n- z".split("\n"))
@example(["```", "a", "", "", ""])
@example(["\u00a0", "", "", "\u00a0"])
@example(["<pre>", "", "", ""])
def test_words_code_and_headings_stay_and_a_second_time_changes_nothing(body: list[str]) -> None:
    first = mended(body)
    kept(tuple(body), first.lines, "The Title")
    again = mended(first.lines)
    assert again.lines == first.lines
    assert again.done == ()


@given(bodies)
@settings(max_examples=100)
def test_every_line_says_where_it_comes_from(body: list[str]) -> None:
    first = mended(body)
    assert len(first.origins) == len(first.lines)
    assert list(first.origins) == sorted(first.origins)
    assert set(first.origins) <= set(range(1, len(body) + 1))
    if any(r.code in RECODED for r in first.done):
        return  # tags become marks
    for line, origin in zip(first.lines, first.origins, strict=True):
        if line.strip():
            assert set(said((line,))) <= set(said((body[origin - 1],)))


GOOD = (
    "Prose that ends in a full stop, and is\nbroken over two lines by its author.",
    "A **bold** word, *another*, a `span` and a [link](https://example.org).",
    "- an item\n- another one\n  - one inside it", "* loose\n\n* items\n\n  with a paragraph",
    "1. First do this.\n2. Then do that:\n\n   ```sh\n   ls ##x **y**\n   ```\n3. Stop.",
    "> A quotation of more than a line,\n> as one sees.", "| a | b |\n|---|---|\n| 1 | 2 |",
    "```python\n# comment\n**kwargs\n1. one\n```", "    indented code\n    ##Title", "---",
    "Term\n: What it means.", "[^1]: A note of its own.", "$$\nx = 1\n$$", "![A tree](tree.png)",
    '<div class="box">\n<b>Title</b>\n</div>', "**Note:** this is only a remark, and no title.",
    "<!-- a comment -->", "{{< card >}}", "Version 1.2.3 came on 1. May and was read in full.",
)  # fmt: skip
"""Blocks as a careful author writes them."""


@st.composite
def good_posts(draw: st.DrawFn) -> list[str]:
    """A post without defects: blocks under headings that skip no level."""
    parts: list[str] = draw(st.lists(st.sampled_from(GOOD), max_size=4))
    level = 1
    for number in range(draw(st.integers(0, 5))):
        level = draw(st.integers(2, min(level + 1, 4)))
        parts.append("#" * level + f" Part {'ABCDE'[number]} of the whole")
        parts += draw(st.lists(st.sampled_from(GOOD), min_size=1, max_size=4))
    return "\n\n".join(parts).split("\n")


@given(good_posts())
@settings(max_examples=200)
def test_a_post_without_defects_is_returned_as_it_is(body: list[str]) -> None:
    assert mended(body).lines == tuple(body)


def posts(corpus: Path) -> list[Path]:
    return sorted(p for p in corpus.rglob("*.md") if p.name not in ("README.md", "LICENCES.md"))


def prepared(file: Path) -> Manuscript:
    config = Config(file.parent, Settings())
    return manuscript(load(file, file.name, config.settings.limits), config)


def held(file: Path) -> None:
    """One post of the corpus keeps what it must, and its normalized form is a fixed point."""
    post = prepared(file)
    before = tuple(post.source.body.split("\n"))
    after = tuple(post.body.split("\n"))
    kept(before, after, post.record.title)
    if any(r.code in RECODED for r in post.repairs):
        return
    file_lines = file.read_text("utf-8-sig").split("\n")
    for line, origin in zip(post.body.split("\n"), post.lines, strict=False):
        assert set(said((line,))) <= set(said((file_lines[origin - 1],)))


def settled(file: Path, folder: Path) -> None:
    """``galley normalize`` of what it wrote changes nothing."""
    once = text(prepared(file))
    copy = folder / file.name
    copy.write_text(once, "utf-8")
    assert text(prepared(copy)) == once


def test_the_labelled_posts_keep_their_words_code_and_headings(corpus: Path) -> None:
    for name in ("posts", "blogs", "history"):
        for file in posts(corpus / name):
            held(file)


def test_a_sample_of_the_archive_keeps_its_words_code_and_headings(corpus: Path) -> None:
    for file in random.Random(3).sample(posts(corpus / "archive"), 60):
        held(file)


@pytest.mark.long
def test_the_archive_keeps_its_words_code_and_headings(corpus: Path) -> None:
    for file in posts(corpus / "archive"):
        held(file)


def test_a_normalized_post_is_a_fixed_point(corpus: Path, tmp_path: Path) -> None:
    for file in [*posts(corpus / "posts"), *posts(corpus / "blogs")]:
        settled(file, tmp_path)


@pytest.mark.long
def test_every_normalized_post_is_a_fixed_point(corpus: Path, tmp_path: Path) -> None:
    for file in posts(corpus):
        settled(file, tmp_path)


STEP = re.compile(r"^ {0,3}(\d{1,9})[.)] ")


def test_steps_keep_the_numbers_of_their_source(corpus: Path) -> None:
    for file in posts(corpus / "posts"):
        post = prepared(file)
        lines = post.body.split("\n")
        source = file.read_text("utf-8-sig").split("\n")
        for block in parse(tuple(lines)).every:
            if block.kind == "item" and block.number is not None:
                line = source[post.lines[block.first - 1] - 1]
                match = STEP.match(line.lstrip("* >-"))
                if match and f" {block.number}. " not in line:  # steps merged in one line
                    assert int(match[1]) == block.number


def steps(lines: list[str]) -> int:
    """How many lines of the rules and of their machinery run for this body: a measure of time
    that is the same on every machine."""
    count = 0

    def on_line(frame: FrameType, event: str, argument: object) -> TraceFunction:
        nonlocal count
        count += 1
        return on_line

    def on_call(frame: FrameType, event: str, argument: object) -> TraceFunction | None:
        ours = ROOM in frame.f_code.co_filename
        return on_line(frame, event, argument) if ours else None

    before = sys.gettrace()
    sys.settrace(on_call)
    try:
        mended(lines)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("name", SHAPES)
def test_the_work_grows_with_the_post_and_not_faster(name: str) -> None:
    short, long = (steps(SHAPES[name](n)) for n in (120, 360))
    assert long <= 3.1 * short + 1_000


def test_a_changed_title_changes_nothing_but_the_repeat(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("---\ntitle: One Thing\n---\n\n# One thing\n\nText.\n", "utf-8")
    post = prepared(file)
    assert post.body == "\nText.\n"
    assert post.lines == (6, 7)
    other = replace(post.record, title="Another")
    assert other.title not in post.body
