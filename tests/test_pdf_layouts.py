"""What pages cost: two layouts of a PDF at most, four where ``fit`` looks for the size of type.

WeasyPrint's own layouts are counted, on posts in which notes, references, contents and a short
last page ask for a second one at the same time.
"""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline import convert, normalize, read
from pipeline.config import Config, Limits, Settings, Text
from pipeline.editions import EDITIONS, Desk, Edition, render
from pipeline.editions.pdf import finished
from pipeline.model import Document, Rendered
from pipeline.press.clock import EPOCH
from pipeline.variants import Options, merged
from tests.converting import document
from tests.layouts import counted
from tests.sizes import share

WORDS = "a line of words that one reads from the left to the right".split()


def crowded(seed: int) -> Document:
    """A post whose paragraphs call notes, with references forth and back and many titles: where
    its pages end is chance, and the same for a seed."""
    chance = random.Random(seed)
    notes = 0
    parts = ["A lead.\n"]
    for section in range(chance.randint(3, 7)):
        parts.append(f"## Part {section}\n\nSee [part](#part-{chance.randint(0, 6)}).\n")
        for _ in range(chance.randint(1, 5)):
            said = [chance.choice(WORDS) for _ in range(chance.randint(5, 120))]
            for _ in range(chance.choice((0, 0, 1, 2, 5))):
                notes += 1
                said.insert(chance.randint(1, len(said)), f"so[^{notes}]")
            parts.append(" ".join(said) + ".\n")
    parts += [
        f"[^{n}]: Note n{n}x " + "says so " * chance.randint(1, 45) for n in range(1, notes + 1)
    ]
    return document("\n".join(parts))


def desk(**text: str) -> Desk:
    return Desk(Config(Path("/nowhere"), Settings(text=Text(**text))), EPOCH)


def edition(name: str, **options: Any) -> Edition:
    made = EDITIONS[name]
    return replace(made, options=merged(made.options, Options(**options)))


def made(post: Document, one: Edition, at: Desk) -> tuple[Rendered, int]:
    """The file, and how many layouts it cost."""
    with counted() as layouts:
        rendered = render(post, one, at)
    return rendered, len(layouts)


@pytest.mark.parametrize(
    ("name", "seed", "cost", "codes"),
    [
        ("pdf", 46, 2, []),  # two lines on the last page
        ("pdf", 42, 2, ["E208"]),  # notes without room, and a short page once they are at the end
        ("handout", 42, 1, []),
    ],
)
def test_two_layouts_are_the_most(name: str, seed: int, cost: int, codes: list[str]) -> None:
    rendered, layouts = made(crowded(seed), edition(name), desk(contents="always"))
    assert [said.code for said in rendered.diagnostics] == codes
    assert layouts == cost


def test_a_second_layout_that_cuts_off_a_note_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """More lines on a page are no gain where a note loses its own by them."""
    post, verdicts = crowded(46), iter((True, False))
    with monkeypatch.context() as patch:
        patch.setattr(finished, "is_whole", lambda *_: next(verdicts))
        kept, layouts = made(post, edition("pdf"), desk(contents="always"))
    assert layouts == 2
    assert [said.code for said in kept.diagnostics] == ["E208"]


@pytest.mark.parametrize(("name", "asked"), [("handout", "2 pages"), ("pdf", "3 pages")])
def test_four_layouts_find_a_size_whatever_notes_a_post_has(name: str, asked: str) -> None:
    found, layouts = made(crowded(42), edition(name, fit=asked), desk())
    assert layouts <= 4
    assert found.pages <= int(asked[0])
    assert not found.diagnostics


@pytest.mark.prove
@pytest.mark.parametrize("seed", share(range(12)))
def test_no_post_full_of_notes_costs_more(seed: int) -> None:
    post, chance = crowded(seed), random.Random(seed)
    first, layouts = made(post, edition("pdf"), desk(contents="always"))
    assert layouts <= 2
    asked = f"{max(1, (first.pages or 1) - chance.randint(0, 1))} pages"
    for name in ("handout", "pdf"):
        assert made(post, edition(name, fit=asked), desk())[1] <= 4


@pytest.mark.prove
def test_no_real_post_costs_more(corpus: Path) -> None:
    """All 40 posts, and 30 of the archive."""
    wrong = {}
    archive = sorted((corpus / "archive").rglob("*.md"))
    for file in share([*sorted((corpus / "posts").rglob("*.md")), *archive[::10][:30]]):
        for name, at in (("pdf", "auto"), ("pdf", "always"), ("handout", "auto")):
            _, layouts = made(real(file, corpus), edition(name), desk(contents=at))
            if layouts > 2:
                wrong[str(file.relative_to(corpus)), name, at] = layouts
    assert wrong == {}


def real(file: Path, corpus: Path) -> Document:
    config, name = Config(corpus, Settings()), file.relative_to(corpus).as_posix()
    manuscript = normalize.manuscript(read.load(file, name, Limits()), config)
    return convert.document((manuscript,), config)
