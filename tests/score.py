"""How well lost structure is found, on the labelled posts of the corpus.

Run ``python -m tests.score [-v] [--measure] [LABELS…]``. Each LABELS is a further file of labels
(see :mod:`tests.gold`); ``GALLEY_LABELS`` names files that are reported as held out. A heading
counts if it comes from the gold's source line and says the gold's text, compared without markup,
case, punctuation and hand-made number. Precision and recall are of lost titles; a kept heading must
stay one; ``unsure`` lines are not scored.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.model import Manuscript, Repair
from tests import calibration, gold, measured
from tests.calibration import Judged
from tests.gold import Labelled, headings, key, numbers, untouched


@dataclass
class Score:
    """Counts over a set of posts."""

    right: int = 0
    missed: int = 0
    wrong: int = 0
    kept: int = 0
    kept_lost: int = 0
    levels: int = 0
    levels_wrong: int = 0
    outlines: int = 0
    posts: int = 0
    steps: int = 0
    steps_wrong: int = 0
    control_repairs: int = 0
    notes: list[str] = field(default_factory=list)
    classes: Counter[str] = field(default_factory=Counter)

    def lines(self) -> Iterator[str]:
        """The figures, one a line."""
        found = self.right + self.wrong
        precision = self.right / found if found else 1.0
        recall = self.right / (self.right + self.missed or 1)
        f1 = 2 * precision * recall / (precision + recall or 1)
        yield (
            f"lost titles      precision {precision:.3f} ({self.wrong} wrong), "
            f"recall {recall:.3f}, F1 {f1:.3f}"
        )
        for name in sorted({n.rsplit(" ", 1)[0] for n in self.classes}):
            hit = self.classes[f"{name} found"]
            miss = self.classes[f"{name} missed"]
            yield f"  {name:15} {hit} of {hit + miss}"
        yield f"kept headings    {self.kept - self.kept_lost} of {self.kept}"
        yield f"levels right     {self.levels - self.levels_wrong} of {self.levels}"
        yield f"whole outlines   {self.outlines} of {self.posts}"
        yield f"step numbers     {self.steps - self.steps_wrong} of {self.steps}"
        yield f"control repairs  {self.control_repairs}"


def kind_of(line: str, before: str) -> str:
    """The defect of a lost title, as far as its line shows it."""
    text = line.strip()
    if re.match(r"#|<h", text):
        kind = "swallowed"
    elif re.match(r"(\*\*|__).*|[*_].*[*_]$", text):
        kind = "bold"
    elif re.match(r"\d+\. ", text):
        kind = "numbered"
    elif re.match(r"[A-Za-z][.)] ", text):
        kind = "lettered"
    else:
        kind = "plain"
    return kind + (" glued" if before.strip() and kind in ("plain", "numbered") else "")


def judge(post: Manuscript, gold: dict[str, Any], lines: list[str], score: Score) -> None:
    """Compare one post with its gold."""
    want = {h["line"]: h for h in gold["outline"]}
    unsure = {h["line"] for h in gold["unsure"]}
    have = [(n, level, t) for n, level, t in headings(post) if n not in unsure and key(t)]
    before = {n for n, _, _ in headings(untouched(post))}
    wrong = score.wrong + score.missed + score.kept_lost + score.levels_wrong
    seen = set()
    repeated = key(post.record.title)
    depth = _shift(gold, have, lines)
    for number, level, text in have:
        match = want.get(number)
        if match is None or key(match["text"]) != key(text):
            if number not in before:
                score.wrong += 1
                score.notes.append(f"{gold['path']}:{number}: wrong: {text}")
            continue
        seen.add(number)
        score.levels += 1
        if level != match["level"] and level + depth != match["level"]:
            score.levels_wrong += 1
            score.notes.append(f"{gold['path']}:{number}: h{level} not h{match['level']}: {text}")
    for number, heading in want.items():
        if heading["kind"] == "kept":
            score.kept += 1
            if number not in seen and key(heading["text"]) != repeated:
                score.kept_lost += 1
                score.notes.append(f"{gold['path']}:{number}: heading gone: {heading['text']}")
            continue
        kind = kind_of(lines[number - 1], lines[number - 2])
        score.classes[f"{kind} {'found' if number in seen else 'missed'}"] += 1
        score.right += number in seen
        if number not in seen:
            score.missed += 1
            score.notes.append(f"{gold['path']}:{number}: missed: {lines[number - 1]}")
    score.posts += 1
    score.outlines += wrong == score.wrong + score.missed + score.kept_lost + score.levels_wrong
    _judge_steps(post, gold, score)
    if gold["control"]:
        for repair in post.repairs:
            if repair.code.startswith("N2") and not _as_gold(repair, want, depth):
                score.control_repairs += 1
                score.notes.append(f"{gold['path']}:{repair.first_line}: control: {repair.after}")


def _as_gold(repair: Repair, want: dict[int, dict[str, Any]], depth: int) -> bool:
    """Whether a repair only gives a heading the level that the gold has, ``depth`` below it."""
    match = want.get(repair.first_line)
    line = repair.after[0] if repair.after else ""
    return match is not None and any(
        line.startswith("#" * level + " ") for level in (match["level"], match["level"] - depth)
    )


def _marked(heading: dict[str, Any], lines: list[str]) -> bool:
    return heading["kind"] == "kept" or lines[heading["line"] - 1].startswith("#")


def _shift(gold: dict[str, Any], have: list[tuple[int, int, str]], lines: list[str]) -> int:
    """The gold begins at level 2; a post whose headings begin elsewhere is shifted by convert."""
    level = {h["line"]: h["level"] for h in gold["outline"] if _marked(h, lines)}
    shifts = Counter(level[n] - lv for n, lv, _ in have if n in level)
    return shifts.most_common(1)[0][0] if shifts else 0


def _judge_steps(post: Manuscript, gold: dict[str, Any], score: Score) -> None:
    printed = numbers(post)
    for step in gold["steps"]:
        score.steps += 1
        if printed.get(step["line"]) != step["number"]:
            score.steps_wrong += 1
            score.notes.append(
                f"{gold['path']}:{step['line']}: step {step['number']} prints as "
                f"{printed.get(step['line'])}"
            )


@dataclass(frozen=True)
class Scored:
    """What a set of posts comes to: the figures, and every repair that its labels can judge."""

    score: Score
    repairs: tuple[Judged, ...]


def scored(posts: Iterable[Labelled]) -> Scored:
    """Judge the posts of a set."""
    score = Score()
    repairs: list[Judged] = []
    for one in posts:
        judge(one.post, one.gold, one.lines, score)
        repairs += calibration.judged(one)
    return Scored(score, tuple(repairs))


def labelled(labels: Path) -> Score:
    """The score on a file of gold, as ``outlines.jsonl`` and ``blogs.jsonl`` are."""
    return scored(gold.posts(labels)).score


def history() -> Score:
    """The score on the posts as they stood before their author mended them."""
    return scored(gold.history()).score


def developed_on() -> dict[str, Iterable[Labelled]]:
    """The sets that the rules were made on."""
    return {
        "posts": gold.posts(gold.CORPUS / "outlines.jsonl"),
        "blogs": gold.posts(gold.CORPUS / "blogs.jsonl"),
        "history (complete)": gold.history(),
        "archive": gold.posts(gold.LABELS / "archive-dev.jsonl"),
    }


def held_out() -> dict[str, Iterable[Labelled]]:
    """The sets that nobody looked at while the rules were made: labels of this project, and the
    files that ``GALLEY_LABELS`` names, with colons between."""
    others = filter(None, os.environ.get("GALLEY_LABELS", "").split(os.pathsep))
    return {
        "archive, held out": gold.posts(gold.LABELS / "archive.jsonl"),
        **{f"{Path(name).stem}, held out": gold.posts(Path(name)) for name in others},
    }


def told(name: str, found: Scored, *, notes: bool) -> None:
    """Print the figures of a set."""
    lines = [f"== {name}: {found.score.posts} posts", *found.score.lines()]
    if notes:
        lines += ["   " + note for note in found.score.notes]
    sys.stdout.write("\n".join(lines) + "\n")


def main() -> int:
    """Print the figures set by set, those of held-out sets apart, then what confidence is worth."""
    parser = argparse.ArgumentParser(description="how well lost structure is found")
    parser.add_argument("labels", nargs="*", type=Path, help="further files of labels")
    parser.add_argument("-v", action="store_true", help="name each miss")
    parser.add_argument("--measure", action="store_true", help="write tests/labels/measured.json")
    arguments = parser.parse_args()
    for path in arguments.labels:
        told(str(path), scored(gold.posts(path)), notes=arguments.v)
    halves: dict[str, list[Judged]] = {}
    for half, sets in (("developed on", developed_on()), ("held out", held_out())):
        for name, posts in sets.items():
            found = scored(posts)
            # what is wrong on a held-out set is not told: it would not be one for long
            told(name, found, notes=arguments.v and half == "developed on")
            halves.setdefault(half, []).extend(found.repairs)
    for half, repairs in halves.items():
        sys.stdout.write(f"== confidence, on posts {half}\n")
        sys.stdout.write("\n".join(calibration.lines(repairs)) + "\n")
    if arguments.measure:
        measured.write(halves["held out"], tuple(held_out()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
