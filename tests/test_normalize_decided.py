"""Rules leave one another alone: each repair can be refused by itself, and rules whose repairs meet
nowhere may run in any order."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Repair
from pipeline.normalize import RULES
from pipeline.normalize.repair import Mended, Rule, confident, mend
from tests.test_normalize_properties import RECODED, bodies, posts, prepared, said

TITLE = "The Title"

ROOMS = (
    ("N206", "N205", "N202", "N204", "N207", "N203", "N209"),
    ("N403", "N402", "N404", "N405"),
)
"""Rules that look for the same kind of thing, titles and lists. The others have their place in the
table for a reason: where code ends decides what all lines below it are, level skips are closed
when all headings are there, and runs of blank lines are evidence as long as they stand."""


def lines_of(mended: Mended) -> dict[str, set[int]]:
    """By rule, the lines of the source that its repairs touch."""
    touched: dict[str, set[int]] = {}
    for repair in mended.done:
        lines = range(repair.first_line, repair.last_line + 1)
        touched.setdefault(repair.code, set()).update(lines)
    return touched


def reordered(touched: dict[str, set[int]], chance: random.Random) -> tuple[Rule, ...]:
    """The table with the rules of each room in another order; those whose repairs meet on a line
    follow one another as before."""
    table = list(RULES)
    for room in ROOMS:
        places = [n for n, rule in enumerate(table) if rule.code in room]
        left = [table[n] for n in places]
        for place in places:
            free = [
                rule for n, rule in enumerate(left)
                if all(_apart(touched, rule, other) for other in left[:n])
            ]  # fmt: skip
            table[place] = chance.choice(free)
            left.remove(table[place])
    return tuple(table)


def _apart(touched: dict[str, set[int]], one: Rule, other: Rule) -> bool:
    return not touched.get(one.code, set()) & touched.get(other.code, set())


def same_in_any_order(lines: tuple[str, ...], title: str, chance: random.Random) -> None:
    usual = mend(lines, 1, title, RULES)
    table = reordered(lines_of(usual), chance)
    assert mend(lines, 1, title, table).lines == usual.lines


def one_refused(lines: tuple[str, ...], title: str, refused: Repair) -> Mended:
    """The body with all repairs but one."""

    def accepts(repair: Repair) -> bool:
        return confident(repair) and (repair.code, repair.before, repair.occurrence) != (
            refused.code, refused.before, refused.occurrence
        )  # fmt: skip

    return mend(lines, 1, title, RULES, accepts)


def names(repairs: tuple[Repair, ...]) -> set[tuple[str, tuple[str, ...], int]]:
    return {(r.code, r.before, r.occurrence) for r in repairs}


def sampled(corpus: Path, count: int) -> Iterator[tuple[tuple[str, ...], str]]:
    files = [*posts(corpus / "posts"), *posts(corpus / "blogs"), *posts(corpus / "archive")]
    for file in random.Random(count).sample(files, count):
        post = prepared(file)
        yield tuple(post.source.body.split("\n")), post.record.title


@given(bodies, st.randoms(use_true_random=False))
@settings(max_examples=100)
def test_rules_that_do_not_meet_may_run_in_any_order(
    body: list[str], chance: random.Random
) -> None:
    same_in_any_order(tuple(body), TITLE, chance)


def test_so_they_may_in_real_posts(corpus: Path) -> None:
    chance = random.Random(5)
    for lines, title in sampled(corpus, 24):
        same_in_any_order(lines, title, chance)


@given(bodies, st.data())
@settings(max_examples=100)
def test_any_repair_can_be_refused_alone(body: list[str], data: st.DataObject) -> None:
    lines = tuple(body)
    made = mend(lines, 1, TITLE, RULES).done
    if not made:
        return
    refused = data.draw(st.sampled_from(made))
    without = one_refused(lines, TITLE, refused)
    assert (refused.code, refused.before, refused.occurrence) not in names(without.done)
    again = one_refused(without.lines, TITLE, refused)
    assert again.lines == without.lines


def test_in_real_posts_the_rest_is_made_all_the_same(corpus: Path) -> None:
    """Where the code ends decides what all lines below it are, so its repairs are not tried; what
    follows from the refused repair on its own lines goes with it, and so may the levels of the
    headings around."""
    chance = random.Random(2)
    tried = 0
    for lines, title in sampled(corpus, 20):
        usual = mend(lines, 1, title, RULES)
        made = [r for r in usual.done if r.code not in RECODED and not drops(r)]
        for refused in chance.sample(made, min(3, len(made))):
            without = one_refused(lines, title, refused)
            assert names((refused,)).isdisjoint(names(without.done))
            assert said(without.lines) == said(usual.lines)
            rest = [r for r in made if not near(r, refused) and r.code not in ("N102", "N210")]
            assert names(tuple(rest)) <= names(without.done)
            tried += len(rest)
    assert tried > 100


def drops(repair: Repair) -> bool:
    """Whether it takes a repeated title away."""
    return repair.code == "N201"


def near(one: Repair, other: Repair) -> bool:
    """Whether the two touch the same lines, or lines side by side."""
    return other.first_line - 1 <= one.last_line and one.first_line <= other.last_line + 1
