"""Steps keep the number that the source prints, in HTML and on the printed page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml import etree

from tests import reading_back as back
from tests.conftest import Built
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
    items = set()
    for ordered in back.html_tree(path).iter("ol"):
        number = int(ordered.get("start", "1"))
        for item in ordered.iterchildren("li"):
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
