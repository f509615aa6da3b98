"""Steps keep the number that the source prints, in HTML and on the printed page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml import etree

from tests import reading_back as back
from tests.conftest import Built, Galley
from tests.tools import validators

Step = tuple[int, str]
"""The printed number and the first words after it."""


def opening(text: str) -> str:
    """The letters of the first words: what markup, quotes and line breaks cannot change."""
    return re.sub(r"\W+", "", text)[:18]


def lost(expected: list[Step], seen: set[Step]) -> list[Step]:
    """Steps that stand nowhere with their number (a short title is followed by other words)."""
    return [
        (number, words)
        for number, words in expected
        if not any(n == number and w[: len(words)] == words for n, w in seen)
    ]


ODD = """\
---
title: Odd numbers
---

1. wash
3. peel
4. cut
7. boil

Then, counted by the list:

1. stir
1. taste
1. serve

And backwards, in a quotation:

> 5. five
> 4. four
"""


@pytest.mark.validator("poppler")
def test_numbers_that_do_not_count_on_are_printed_as_they_stand(
    galley: Galley, tmp_path: Path
) -> None:
    (tmp_path / "odd.md").write_text(ODD, encoding="utf-8")
    done = galley("build", tmp_path / "odd.md", "-o", tmp_path / "out")
    assert done.code == 0, done.text
    wanted = {
        (1, "wash"), (3, "peel"), (4, "cut"), (7, "boil"), (1, "stir"), (2, "taste"), (3, "serve"),
        (5, "five"), (4, "four"),
    }  # fmt: skip
    assert list_items(tmp_path / "out/odd.html") == wanted
    pages = [page for page in back.Book(tmp_path / "out/odd.epub").pages() if "peel" in _text(page)]
    assert {step for page in pages for step in _steps(page)} >= wanted
    printed = validators.pdf_text(tmp_path / "out/odd.pdf", "-layout")
    assert {
        (int(n), word) for n, word in re.findall(r"(?m)^\s*(\d+)\.\s+(\w+)$", printed)
    } == wanted


def _text(page: etree._Element) -> str:
    return "".join(page.itertext())


@pytest.fixture(scope="module")
def steps(corpus: Path) -> dict[str, list[Step]]:
    """By post, the steps of the gold as the source prints them."""
    found: dict[str, list[Step]] = {}
    for line in (corpus / "outlines.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        source = (corpus / gold["path"]).read_text(encoding="utf-8").splitlines()
        for step in gold["steps"]:
            printed = re.match(r"\s*(\d+)[.)]\s+(.*)", source[step["line"] - 1])
            if printed is None:  # the number stands on a line of its own, further up
                continue
            assert int(printed[1]) == step["number"]
            post = gold["path"].removeprefix("posts/")
            found.setdefault(post, []).append((step["number"], opening(printed[2])))
    assert sum(map(len, found.values())) >= 40
    return found


def list_items(path: Path) -> set[Step]:
    """Every item of an ordered list with the number that a reader sees."""
    return _steps(back.html_tree(path))


def _steps(page: etree._Element) -> set[Step]:
    items = set()
    for ordered in page.iter("{*}ol"):
        number = int(ordered.get("start", "1"))
        for item in ordered.iterchildren("{*}li"):
            number = int(item.get("value", number))
            items.add((number, opening("".join(etree.ElementTextIterator(item)))))
            number += 1
    return items


def test_html_numbers_each_step_as_the_source_prints_it(
    built_corpus: Built, steps: dict[str, list[Step]]
) -> None:
    for post, expected in steps.items():
        (path,) = built_corpus.files("html", [post])
        wrong = [number for number, _ in lost(expected, list_items(path))]
        assert not wrong, post


@pytest.mark.validator("poppler")
def test_the_printed_page_numbers_each_step_so(
    built_corpus: Built, steps: dict[str, list[Step]]
) -> None:
    for post, expected in steps.items():
        (path,) = built_corpus.files("pdf", [post])
        printed = re.findall(r"(?m)^\s*(\d+)\.\s+(\S.*)$", validators.pdf_text(path, "-layout"))
        seen = {(int(number), opening(text)) for number, text in printed}
        # a line of a page may end, or break a word, soon after the number
        starts = [(number, words[:8]) for number, words in expected]
        wrong = [number for number, _ in lost(starts, seen)]
        assert not wrong, post
