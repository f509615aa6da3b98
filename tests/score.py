"""How well lost structure is found, on the labelled posts of the corpus.

Run ``python -m tests.score [-v] [LABELS…]``. Each LABELS is a further file of gold, a line a post;
its paths are as seen from its folder, else from the corpus. A heading counts if it comes from the
gold's source line and says the gold's text, compared without markup, case, punctuation and
hand-made number. Precision and recall are of lost titles; a kept heading must stay one;
``unsure`` lines are not scored.
"""

from __future__ import annotations

import html
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from pipeline import read
from pipeline.config import Config, Settings
from pipeline.model import Manuscript, Repair
from pipeline.normalize import manuscript
from pipeline.normalize.text import folded, split_number
from pipeline.normalize.tree import Block, parse

CORPUS = Path(os.environ.get("GALLEY_CORPUS") or "../shared/corpus")
_NUMBER = re.compile(r"^\W*(?:\d+(?:\.\d+)*[.)]?\W+|[A-Za-z][.)]\s+)")
_TAG = re.compile(r"</?[a-z][^>]*>", re.I)


NEIGHBOURS = read.Neighbours()


def key(text: str) -> str:
    """How a heading's text is compared."""
    text = _TAG.sub("", html.unescape(text)).strip().lstrip("#").replace("*", "").replace("_", "")
    stripped = _NUMBER.sub("", text)
    return folded(split_number(stripped)[1] if stripped else text)


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


def prepared(file: Path, path: str) -> Manuscript:
    """The post, normalized with default settings."""
    config = Config(file.parent, Settings())
    source = read.load(file, path, config.settings.limits)
    return manuscript(replace(source, family=NEIGHBOURS.family(file)), config)


def headings(post: Manuscript) -> list[tuple[int, int, str]]:
    """Source line, level and text of each heading of the normalized body; raw HTML headings that
    stay are counted as the author's."""
    tree = parse(tuple(post.body.split("\n")))
    found = [(post.lines[b.first - 1], b.level, b.text) for b in tree.every if b.kind == "heading"]
    for block in tree.every:
        if block.kind == "html":
            found += _raw_headings(block, post.lines, tree.lines)
    return sorted(found)


def _raw_headings(
    block: Block, origins: tuple[int, ...], lines: tuple[str, ...]
) -> Iterator[tuple[int, int, str]]:
    if any(lines[block.first - 1].lstrip().startswith(s) for s in ("<!--", "<pre", "<script")):
        return
    for number in range(block.first, block.last + 1):
        if match := re.search(r"<h([1-6])\b[^>]*>(.*)", lines[number - 1], re.I):
            yield origins[number - 1], int(match[1]), match[2]


def numbers(post: Manuscript) -> dict[int, int]:
    """The number printed before the ordered item that comes from each source line."""
    printed = {}
    for block in parse(tuple(post.body.split("\n"))).every:
        if block.kind == "steps":
            start = block.children[0].number or 0
            for count, item in enumerate(block.children):
                printed[post.lines[item.first - 1]] = start + count
    return printed


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
    before = {n for n, _, _ in headings(_untouched(post))}
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


def _untouched(post: Manuscript) -> Manuscript:
    source = post.source
    count = source.body.count("\n") + 1
    lines = tuple(range(source.body_line, source.body_line + count))
    return Manuscript(source, post.record, source.body, lines)


def labelled(labels: Path) -> Score:
    """The score on a file of gold, as ``outlines.jsonl`` and ``blogs.jsonl`` are."""
    score = Score()
    for text in filter(None, labels.read_text("utf-8").splitlines()):
        gold = json.loads(text)
        file = labels.parent / gold["path"]
        if not file.is_file():
            file = CORPUS / gold["path"]
        judge(prepared(file, gold["path"]), gold, file.read_text("utf-8-sig").split("\n"), score)
    return score


def history() -> Score:
    """The score on the posts as they stood before their author mended them."""
    score = Score()
    for text in (CORPUS / "history/labels.jsonl").read_text("utf-8").splitlines():
        label = json.loads(text)
        path = f"history/{label['file']}"
        post = prepared(CORPUS / path, path)
        lines = (CORPUS / path).read_text("utf-8-sig").split("\n")
        kept = [
            {"line": n, "level": level, "text": t, "kind": "kept"}
            for n, level, t in headings(_untouched(post))
        ]
        lost = [
            {"line": c["line_before"], "level": c["level_after"], "text": c["text"], "kind": "lost"}
            for c in label["changes"]
        ]
        # A heading's line that code had swallowed: the author could not see it was one.
        marked = {h["line"] for h in kept + lost}
        freed = [
            {"line": n} for n, line in enumerate(lines, 1) if line[:1] == "#" and n not in marked
        ]
        gold = {
            "path": path, "outline": kept + lost, "steps": [], "unsure": freed, "control": False
        }  # fmt: skip
        if not label["complete"]:
            continue
        judge(post, gold, lines, score)
    return score


def main() -> int:
    """Print the figures of the corpus and of the files named; with ``-v`` each miss."""
    sets = {
        "posts": partial(labelled, CORPUS / "outlines.jsonl"),
        "blogs": partial(labelled, CORPUS / "blogs.jsonl"),
        "history (complete)": history,
    }
    for name in filter(lambda given: given != "-v", sys.argv[1:]):
        sets[name] = partial(labelled, Path(name))
    for name, run in sets.items():
        score = run()
        lines = [f"== {name}: {score.posts} posts", *score.lines()]
        if "-v" in sys.argv:
            lines += ["   " + note for note in score.notes]
        sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
