"""The catalogues of printed words: each has every key of the English one, and its places."""

from __future__ import annotations

import re

import pytest

from pipeline import words

PLACE = re.compile(r"\{\w+\}")


@pytest.mark.parametrize("language", words.languages())
def test_a_catalogue_says_all_that_the_english_one_says(language: str) -> None:
    english = words.catalogue(words.FALLBACK).texts
    own = words._read(language)
    assert list(own) == list(english)
    places = {key: set(PLACE.findall(text)) for key, text in english.items()}
    assert {key: set(PLACE.findall(text)) for key, text in own.items()} == places
    assert all(text.strip() == text and text for text in own.values())


def test_a_language_without_one_has_english_words_and_its_own_dates() -> None:
    made = words.catalogue("sv")
    assert (made.spoken, made["contents"]) == ("en", "Contents")
    assert words.months("sv")[0] == "januari"
