"""No-break spaces: the same words in the same order, once and for all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.convert import spaces
from pipeline.words import months

PIECES = ["J.", "S.", "Bach", "No.", "5", "§", "10", "km", "%", "p.", "4", "October", "Mart", "000",
          "×", "x", "z.", "B.", "Dr.", "XIV", "€", "«", "»", "!", ":", ";", "word", "w", "1er",
          "mai", " ", "  ", "\n", "\u00a0", "(", ")", ",", "-", "&"]  # fmt: skip


def held(text: str, language: str) -> str:
    changes = spaces.held(text, language)
    return "".join(changes.get(place, character) for place, character in enumerate(text))


@given(
    st.lists(st.sampled_from(PIECES), max_size=24).map(" ".join),
    st.sampled_from(["en", "de", "tr", "fr", "pl", "cs", "es", "it", "nl", "xx"]),
)
def test_words_are_kept_and_a_second_time_changes_nothing(text: str, language: str) -> None:
    once = held(text, language)
    assert once.split() == text.split()
    assert held(once, language) == once


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Plan B? Then go. 5 came at 4:30 in 2024 300 times. See A.B and 1.5 or so.", "en"),
        ("On 14 in October, mayor of May, and 2024-10-04 or 10/4 October.", "en"),
        ("Er sagte ja. S ist ein Buchstabe, B auch.", "de"),
    ],
)
def test_other_spaces_are_left(text: str, language: str) -> None:
    assert held(text, language) == text


def test_months_are_those_of_the_language() -> None:
    assert "Oktober" in months("de-AT")
    assert "Ekim" in months("tr")
    assert months("xx") == ()
