"""The machinery that holds rules to their word, tried with rules made to break it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from pipeline.model import Repair
from pipeline.normalize import RULES
from pipeline.normalize.calibration import SHARES
from pipeline.normalize.repair import THRESHOLD, Draft, Mended, Rule, Safety, mend
from pipeline.normalize.tree import parse


def edit(first: int, last: int, before: str, after: str | None, confidence: float = 0.9) -> Repair:
    made = () if after is None else tuple(after.split("\n"))
    return Repair("X001", confidence, first, last, tuple(before.split("\n")), made, "a test")


def once(*repairs: Repair) -> Callable[[Draft], Iterable[Repair]]:
    """A rule that proposes those repairs where their text stands, so that it comes to an end."""

    def find(draft: Draft) -> Iterable[Repair]:
        lines = draft.tree.lines
        return [r for r in repairs if lines[r.first_line - 1 : r.last_line] == r.before]

    return find


def run(body: str, *repairs: Repair, safety: Safety = "retitles", drop: bool = False) -> Mended:
    rule = Rule("X001", "test", once(*repairs), safety, may_drop_title=drop)
    return mend(tuple(body.split("\n")), 1, "The Title", (rule,))


def test_a_repair_is_applied_and_told_with_the_lines_of_the_source() -> None:
    mended = mend(("# Odd", "", "", "", "two\u00a0"), 7, "t", RULES)
    assert mended.lines == ("# Odd", "", "two")
    assert mended.origins == (7, 10, 11)
    assert [(r.code, r.first_line, r.last_line) for r in mended.done] == [
        ("N101", 11, 11), ("N102", 8, 10),
    ]  # fmt: skip


def test_lines_put_in_come_from_the_line_they_stand_above() -> None:
    mended = run("a\nb", edit(2, 2, "b", "\n## b"))
    assert mended.lines == ("a", "", "## b")
    assert mended.origins == (1, 2, 2)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("some words", "## some other words"),
        ("some words", "## some words more"),
        ("some words here", "## some words"),
        ("some words", "## words some"),
        ("1. First", "## First"),
        ("It costs 5.5", "## It costs 55"),
        ("", "## made up"),
        ("any line", None),
    ],
)
def test_what_changes_words_is_refused(before: str, after: str | None) -> None:
    mended = run(before, edit(1, 1, before, after))
    assert mended.lines == tuple(before.split("\n"))
    assert not mended.done
    assert len(mended.proposed) == 1


def test_only_a_rule_that_may_and_only_the_title_can_go() -> None:
    assert run("# the title", edit(1, 1, "# the title", None), drop=True).lines == ()
    assert run("# the titles", edit(1, 1, "# the titles", None), drop=True).done == ()


@pytest.mark.parametrize(
    "body",
    ["```\nTitle\n```", "    Title", "<div>\nTitle\n</div>", "$$\nTitle\n$$", "<!--\nTitle\n-->"],
)
def test_verbatim_lines_are_out_of_reach(body: str) -> None:
    number = next(n for n, line in enumerate(body.split("\n"), 1) if "Title" in line)
    line = body.split("\n")[number - 1]
    assert run(body, edit(number, number, line, f"## {line.strip()}")).done == ()


def test_of_two_that_meet_the_first_is_taken() -> None:
    mended = run("a\nb\nc", edit(2, 3, "b\nc", "## b\n## c"), edit(1, 2, "a\nb", "## a\n## b"))
    assert mended.lines == ("## a", "## b", "c")


def test_the_order_in_which_a_rule_finds_them_does_not_matter() -> None:
    a, b, c = (edit(n, n, t, f"## {t}") for n, t in ((1, "a"), (3, "b"), (5, "c")))
    assert run("a\n\nb\n\nc", a, b, c) == run("a\n\nb\n\nc", c, a, b)


def test_one_that_would_make_code_of_text_does_not_spoil_the_others() -> None:
    body = "* item\nTitle\n\n      of the item\n\nOther\n\nThird"
    mended = run(
        body,
        edit(2, 2, "Title", "\n## Title"),
        edit(6, 6, "Other", "## Other"),
        edit(8, 8, "Third", "## Third"),
    )
    assert [r.before for r in mended.done] == [("Other",), ("Third",)]
    assert [r.before for r in mended.proposed] == [("Title",)]


def test_a_rule_that_tidies_may_not_change_what_blocks_are() -> None:
    assert run("text", edit(1, 1, "text", "# text"), safety="tidies").done == ()


def test_a_heading_that_does_not_come_out_as_one_is_refused() -> None:
    assert run("a\nb", edit(1, 1, "a", "#a")).done == ()


def test_below_the_threshold_a_repair_is_only_proposed() -> None:
    mended = run("a", edit(1, 1, "a", "## a", confidence=THRESHOLD - 0.01))
    assert mended.lines == ("a",)
    assert len(mended.proposed) == 1


def test_any_repair_can_be_refused_alone() -> None:
    body = ("* a", "", "* b", "", "* c", "", "What Is Mulch?", "", "It is what covers the soil.")
    refused = mend(body, 1, "t", RULES, lambda r: r.confidence >= THRESHOLD and r.code != "N204")
    assert refused.lines == body
    assert mend(body, 1, "t", RULES).lines[6] == "## What Is Mulch?"


def test_the_tree_knows_the_dialect() -> None:
    body = """\
Term
: Definition

| a | b |
|---|---|
| 1 | 2 |

[^n]: A note.

$$
x
$$

3. three
   - inner

Under
=====

> quoted

***
"""
    kinds = [block.kind for block in parse(tuple(body.split("\n"))).blocks]
    assert kinds == ("definitions table note math steps heading quote wall".split())
    every = parse(tuple(body.split("\n"))).every
    assert [b.number for b in every if b.kind == "item"] == [3, None]


def test_lines_of_a_block_do_not_count_the_blank_ones_after_it() -> None:
    tree = parse(("* a", "", "* b", "", "", "text", ""))
    assert [(b.first, b.last) for b in tree.blocks] == [(1, 3), (6, 6)]


def test_deep_nesting_is_no_trouble() -> None:
    deep = tuple(">" * n + "* " * n + "text" for n in range(1, 200))
    assert mend(deep, 1, "t", RULES).lines


@pytest.mark.parametrize("key", SHARES, ids=str)
def test_shares_grow_with_weights_and_leave_the_threshold_where_it_is(
    key: tuple[str, bool],
) -> None:
    steps = SHARES[key]
    assert list(steps) == sorted(steps, reverse=True)
    assert [share for _, share in steps] == sorted((s for _, s in steps), reverse=True)
    assert all((least >= THRESHOLD) == (share >= THRESHOLD) for least, share in steps)
    assert key[0] in {rule.code for rule in RULES}


def test_what_changes_nothing_is_no_repair() -> None:
    mended = run("a\nb", edit(2, 2, "b", "b"))
    assert not mended.done
    assert not mended.proposed
