"""The founding post: every heading of its gold outline, at its level, in the three editions."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import reading_back as back
from tests.conftest import Built

FOUNDING = (
    "en/blog/engineering/Cybersecurity/"
    "2024-10-04-the-role-of-cyber-diplomacy-in-international-security.md"
)

HEADINGS: dict[str, Callable[[Path], list[back.Heading]]] = {
    "html": back.html_headings,
    "epub": back.epub_headings,
    "pdf": back.pdf_headings,
}

NUMBER = re.compile(r"^(\d+[.)])\s+")
STRAIGHT = str.maketrans("‘’“”", "''\"\"")


def plain(text: str) -> str:
    """A title as the gold writes it: straight quotes, no hand-made number."""
    return NUMBER.sub("", text).translate(STRAIGHT)


@pytest.fixture(scope="module")
def gold(corpus: Path) -> list[dict[str, object]]:
    for line in (corpus / "outlines.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if entry["path"] == f"posts/{FOUNDING}":
            outline = entry["outline"]
            assert isinstance(outline, list)
            return outline
    raise AssertionError("the gold has no founding post")


@pytest.mark.parametrize("edition", HEADINGS)
def test_every_gold_heading_stands_at_its_level(
    edition: str, built_corpus: Built, gold: list[dict[str, object]]
) -> None:
    (path,) = built_corpus.files(edition, [FOUNDING])
    found = [(level, plain(text)) for level, text in HEADINGS[edition](path)]
    assert found == [(h["level"], plain(str(h["text"]))) for h in gold]


@pytest.mark.parametrize("edition", HEADINGS)
def test_its_hand_made_numbers_are_as_printed_in_the_source(
    edition: str, built_corpus: Built, corpus: Path, gold: list[dict[str, object]]
) -> None:
    source = (corpus / "posts" / FOUNDING).read_text(encoding="utf-8").splitlines()
    printed = []
    for heading in gold:
        assert isinstance(heading["line"], int)
        line = source[heading["line"] - 1].lstrip("#*_ \t")
        number = NUMBER.match(line)
        printed.append(number[1] if number else None)
    assert any(printed), "the source prints numbers"
    (path,) = built_corpus.files(edition, [FOUNDING])
    found = [NUMBER.match(text) for _, text in HEADINGS[edition](path)]
    assert [number[1] if number else None for number in found] == printed


def test_its_author_and_date_are_as_the_source_has_them(built_corpus: Built) -> None:
    record = built_corpus.post(FOUNDING)["record"]
    assert record["authors"] == [
        {
            "name": "İbrahim Korucuoğlu",
            "file_as": "Korucuoğlu, İbrahim",
            "handle": "siberoloji",
            "url": "https://github.com/siberoloji",
        }
    ]
    assert record["published"] == "2024-10-04T10:08:14+03:00"
