"""Markdown in, XHTML out: each file in ``fixtures/convert`` is a list of named pairs.

A pair is a title, then input, expected body and (after ``!``) diagnostics between lines of one
dot. ``pytest --update-fixtures`` writes what comes out now; read the diff before committing it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.converting import document

FIXTURES = Path(__file__).parent / "fixtures" / "convert"


class Pair(NamedTuple):
    file: Path
    title: str
    source: str
    expected: str


def pairs(file: Path) -> list[Pair]:
    parts = re.split(r"^\.\n", file.read_text(encoding="utf-8"), flags=re.M)
    triples = zip(parts[0::3], parts[1::3], parts[2::3], strict=False)
    return [Pair(file, title.strip(), source, expected) for title, source, expected in triples]


ALL = [pair for file in sorted(FIXTURES.glob("*.txt")) for pair in pairs(file)]


def outcome(source: str, language: str) -> str:
    made = document(source, language=language, settings={"base_url": "https://example.org"})
    said = "".join(f"! {d.code} line {d.line}: {d.message}\n" for d in made.diagnostics)
    return re.sub(r"\n{2,}", "\n", made.body) + said


def language_of(title: str) -> str:
    """``quotes (de)`` is a pair in German."""
    found = re.search(r"\(([a-z]{2})\)$", title)
    return found[1] if found else "en"


@pytest.mark.parametrize("pair", ALL, ids=lambda pair: f"{pair.file.stem}: {pair.title}")
def test_converts_as_shown(pair: Pair, update_fixtures: bool) -> None:
    made = outcome(pair.source, language_of(pair.title))
    if update_fixtures:
        text = pair.file.read_text(encoding="utf-8")
        old = f"{pair.title}\n.\n{pair.source}.\n{pair.expected}.\n"
        assert old in text
        new = f"{pair.title}\n.\n{pair.source}.\n{made}.\n"
        pair.file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return
    assert made == pair.expected
