"""The figures of ``python -m tests.score`` that must not fall, and the founding post as a whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import calibration, gold, score
from tests.gold import headings, key, prepared

FOUNDING = "2024-10-04-the-role-of-cyber-diplomacy-in-international-security.md"


def test_the_founding_post_has_its_whole_outline(corpus: Path) -> None:
    golds = map(json.loads, (corpus / "outlines.jsonl").read_text("utf-8").splitlines())
    label = next(g for g in golds if g["path"].endswith(FOUNDING))
    post = prepared(corpus / label["path"], label["path"])
    found = [(line, level, key(text)) for line, level, text in headings(post)]
    assert found == [(h["line"], h["level"], key(h["text"])) for h in label["outline"]]
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


def test_posts_of_the_archive_that_the_rules_were_not_made_on(corpus: Path) -> None:
    found = score.scored(gold.posts(gold.LABELS / "archive.jsonl"))
    figures = found.score
    assert figures.posts == 30
    assert figures.wrong == 0
    assert figures.control_repairs == 0
    assert figures.kept_lost == 0
    assert figures.right >= 219
    assert figures.steps_wrong == 0
    titles = [repair for repair in found.repairs if repair.code in calibration.TITLES]
    assert len(titles) >= 200
    assert calibration.expected_error(titles) <= calibration.MOST_ERROR


def test_labels_of_this_project_hold_nothing_of_the_posts() -> None:
    for file in sorted(gold.LABELS.glob("*.jsonl")):
        for text in file.read_text("utf-8").splitlines():
            label = json.loads(text)
            assert set(label) == {"path", "sha256", "outline", "steps", "unsure", "control"}
            for heading in label["outline"]:
                assert set(heading) == {"line", "level", "kind"}
            assert all(set(step) == {"line", "number"} for step in label["steps"])
            assert all(set(one) == {"line"} for one in label["unsure"])


def test_the_interval_is_that_of_wilson() -> None:
    low, high = calibration.wilson(81, 263)  # the example of Wallis (2013), to four places
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert calibration.wilson(0, 0) == (0.0, 1.0)
    assert calibration.wilson(10, 10)[1] == 1.0


def test_the_error_is_the_distance_of_confidence_from_what_was_right() -> None:
    sure = [calibration.Judged("N204", 0.96, n > 0, True) for n in range(25)]  # 24 of 25
    made = [calibration.Judged("N205", 0.9, n < 5, True) for n in range(10)]  # 5 of 10
    assert calibration.expected_error(sure) == pytest.approx(0.0)
    assert calibration.expected_error([*sure, *made]) == pytest.approx(0.4 * 10 / 35)
    told = "\n".join(calibration.lines([*sure, *made]))
    assert "24 of   25 right" in told
    assert told.count("not judged") == 2
