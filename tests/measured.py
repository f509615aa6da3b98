"""The figures of the rules that the catalogue tells: how often made, how often right.

They are kept in ``tests/labels/measured.json``, which ``make score MEASURE=1`` writes, so that the
page is the same wherever it is made. ``made`` counts the repairs of each rule in the posts of the
corpus, ``judged`` those that held-out labels could judge, made ones only.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline.normalize import RULES
from tests import gold
from tests.calibration import Judged, wilson

FILE = gold.LABELS / "measured.json"
FOLDERS = ("posts", "archive", "blogs")
NO_POSTS = ("README.md", "LICENCES.md")


def write(repairs: Iterable[Judged], sets: tuple[str, ...]) -> None:
    """Measure and write the file; ``repairs`` are those judged on ``sets``."""
    made, proposed, posts = _counts()
    verdicts: dict[str, list[bool]] = {}
    for repair in repairs:
        if repair.made:
            verdicts.setdefault(repair.code, []).append(repair.right)
    rules = {
        rule.code: {
            "made": made[rule.code],
            "proposed": proposed[rule.code],
            "judged": len(verdicts.get(rule.code, [])),
            "right": sum(verdicts.get(rule.code, [])),
        }
        for rule in RULES
    }
    whole = {"posts": posts, "sets": list(sets), "rules": rules}
    FILE.write_text(json.dumps(whole, indent=2) + "\n", "utf-8")


def _counts() -> tuple[Counter[str], Counter[str], int]:
    """How many repairs of each rule are made and proposed in the posts of the corpus."""
    made: Counter[str] = Counter()
    proposed: Counter[str] = Counter()
    files = [
        file for folder in FOLDERS for file in sorted((gold.CORPUS / folder).rglob("*.md"))
        if file.name not in NO_POSTS
    ]  # fmt: skip
    for file in files:
        post = gold.prepared(file, file.relative_to(gold.CORPUS).as_posix())
        made.update(repair.code for repair in post.repairs)
        proposed.update(repair.code for repair in set(post.proposed))
    return made, proposed, len(files)


def told(code: str, file: Path = FILE) -> str:
    """The figures of a rule in a sentence or two."""
    whole: dict[str, Any] = json.loads(file.read_text("utf-8"))
    rule = whole["rules"].get(code)
    if rule is None:
        return "Not measured yet."
    made = f"Made {_times(rule['made'])} in {whole['posts']} posts"
    if rule["proposed"]:
        made += f", proposed {_times(rule['proposed'])}"
    if not rule["judged"]:
        return f"{made}; not judged: no labels tell whether it is right."
    low, high = wilson(rule["right"], rule["judged"])
    return (
        f"{made}. On posts that it was not developed on, {rule['right']} of {rule['judged']} were "
        f"right (95 % interval {low:.2f} to {high:.2f})."
    )


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count:,} times")
