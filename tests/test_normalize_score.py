"""The figures of ``python -m tests.score`` that must not fall, and the founding post as a whole."""

from __future__ import annotations

import json
from pathlib import Path

from tests import score

FOUNDING = "2024-10-04-the-role-of-cyber-diplomacy-in-international-security.md"


def test_the_founding_post_has_its_whole_outline(corpus: Path) -> None:
    golds = map(json.loads, (corpus / "outlines.jsonl").read_text("utf-8").splitlines())
    gold = next(g for g in golds if g["path"].endswith(FOUNDING))
    post = score.prepared(corpus / gold["path"], gold["path"])
    found = [(line, level, score.key(text)) for line, level, text in score.headings(post)]
    assert found == [(h["line"], h["level"], score.key(h["text"])) for h in gold["outline"]]
    assert "### 1. Preventing Cyber Conflicts" in post.body.split("\n")


def test_the_posts(corpus: Path) -> None:
    figures = score.labelled(corpus / "outlines.jsonl")
    assert figures.wrong == 0
    assert figures.control_repairs == 0
    assert figures.kept_lost == 0
    assert figures.right >= 331
    assert figures.levels_wrong == 0
    assert figures.outlines >= 37
    assert figures.steps_wrong == 0


def test_the_blogs(corpus: Path) -> None:
    figures = score.labelled(corpus / "blogs.jsonl")
    assert figures.wrong == 0
    assert figures.control_repairs == 0
    assert figures.kept_lost == 0
    assert figures.levels_wrong == 0
    assert figures.right >= 103
    assert figures.steps_wrong == 0


def test_the_history(corpus: Path) -> None:
    figures = score.history()
    assert figures.kept_lost == 0
    assert figures.wrong <= 6
    assert figures.right >= 268
