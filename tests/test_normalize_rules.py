"""Each rule by examples: ``fixtures/rules/<code>-<name>.md``.

A fixture file opens with a line that names what stands for characters one cannot see; then come
cases, each a name, an input and either ``becomes`` with the expected body or ``stays``. Run with
``--update-fixtures`` to write what the rule makes now into the expected parts.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.normalize import RULES
from pipeline.normalize.repair import mend
from tests.rule_cases import FOLDER, MARK, Case, cases

FILES = sorted(FOLDER.glob("N*.md"))
TITLE = "Backing Up a Laptop"
SEEN = str.maketrans({"⍽": "\u00a0", "∅": "\u200b"})
UNSEEN = str.maketrans({"\u00a0": "⍽", "\u200b": "∅"})


def repaired(code: str, body: str) -> str:
    """The body after the one rule."""
    rules = tuple(rule for rule in RULES if rule.code == code)
    lines = tuple(body.translate(SEEN).split("\n"))
    return "\n".join(mend(lines, 1, TITLE, rules).lines).translate(UNSEEN)


def written(opening: str, examples: list[Case]) -> str:
    """The fixture file with what the rule makes now."""
    parts = []
    for case in examples:
        after = repaired(case.file.stem[:4], case.before)
        said = f"{MARK} stays" if after == case.before else f"{MARK} becomes\n{after}\n{MARK}"
        parts.append(f"{MARK} {case.name}\n{case.before}\n{said}\n")
    return opening + "\n".join(parts)


@pytest.mark.parametrize("case", [c for f in FILES for c in cases(f)[1]], ids=str)
def test_a_rule_does_what_its_fixture_says(case: Case, update_fixtures: bool) -> None:
    if update_fixtures:
        opening, examples = cases(case.file)
        case.file.write_text(written(opening, examples), "utf-8")
        return
    expected = case.before if case.after is None else case.after
    assert repaired(case.file.stem[:4], case.before) == expected


def test_every_rule_has_a_fixture_and_a_docstring() -> None:
    assert [f.stem for f in FILES] == sorted(f"{rule.code}-{rule.name}" for rule in RULES)
    for rule in RULES:
        told = __import__(rule.find.__module__, fromlist=["find"]).__doc__
        assert all(part in told for part in ("What it does:", "Why:", "Example:")), rule.code


@pytest.mark.parametrize(
    "page", sorted((FOLDER.parent / "kept").glob("*.md")), ids=lambda p: p.stem
)
def test_a_well_kept_page_comes_through_byte_for_byte(page: Path) -> None:
    lines = tuple(page.read_text("utf-8").split("\n")[:-1])
    # Code at the margin between steps is common in good pages, and indenting it is no loss.
    mended = mend(lines, 1, TITLE, tuple(rule for rule in RULES if rule.code != "N402"))
    assert mended.lines == lines
    assert not mended.done
    assert {repair.code for repair in mend(lines, 1, TITLE, RULES).done} <= {"N402"}
