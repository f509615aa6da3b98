"""Hand-made numbers of titles: kept, unless a setting drops those of whole runs."""

from __future__ import annotations

from pipeline.model import Document, Section
from tests.converting import document

BODY = """\
## 1. First

### a) Inner, *with* more

Text.

### Inner without

Text.

## 2. Second

### **I. One**

Text.

### II. Two

Text. See [it](#first).
"""
DROP = {"repairs": {"numbers": "drop"}}


def titles(sections: tuple[Section, ...]) -> list[str]:
    return [t for s in sections for t in (s.title, *titles(s.children))]


def ids(made: Document) -> list[str]:
    return [part.split('"')[0] for part in made.body.split('<section id="')[1:]]


def test_numbers_stay_by_default() -> None:
    made = document(BODY)
    assert titles(made.outline) == [
        "1. First", "a) Inner, with more", "Inner without", "2. Second", "I. One", "II. Two",
    ]  # fmt: skip
    assert made.body.count('class="number"') == 5


def test_those_of_a_whole_run_go_when_the_house_wants_it() -> None:
    made = document(BODY, settings=DROP)
    assert titles(made.outline) == [
        "First", "a) Inner, with more", "Inner without", "Second", "One", "Two",
    ]  # fmt: skip
    assert made.body.count('class="number"') == 1
    for heading in ("<h2>First</h2>", "<strong>One</strong>", "<h3>Two</h3>"):
        assert heading in made.body
    assert ids(made) == ids(document(BODY))
    assert made.diagnostics == ()


def test_one_title_alone_is_no_run() -> None:
    assert titles(document("## 1. Only\n\nText.\n", settings=DROP).outline) == ["1. Only"]


def test_a_number_that_is_marked_up_apart_keeps_the_run() -> None:
    made = document("## 1. One\n\nText.\n\n## **2.** Two\n\nText.\n", settings=DROP)
    assert titles(made.outline) == ["1. One", "2. Two"]
