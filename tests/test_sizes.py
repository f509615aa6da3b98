"""The part of the posts that a middle-sized run takes is the same every time, and never nothing."""

from __future__ import annotations

from tests.sizes import share


def test_a_share_is_seeded_ordered_and_of_the_size_that_was_asked() -> None:
    quarter = share(range(40), 4)
    assert quarter == share(range(40), 4)
    assert quarter == sorted(quarter)
    assert len(set(quarter)) == 10


def test_all_is_all_and_some_is_never_none() -> None:
    assert share("abc", 1) == ["a", "b", "c"]
    assert len(share("abc", 4)) == 1
    assert share("", 4) == []
