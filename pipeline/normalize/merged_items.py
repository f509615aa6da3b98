"""Steps that run on in one line.

What it does: begins a new line where the number that comes next stands inside a step, after the end
of a sentence.

Why: an export that joined the lines hides the later steps, and the list then counts wrong. Only
numbers that count on are taken, and only if more than one does, or the step after them has the
number that is next: ``Version 1. 2. beta`` and years are no steps.

Example: ``1. Open it. 2. **Clean** it.`` and a step 3 below become three steps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.model import Repair

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft
    from pipeline.normalize.tree import Block, Tree

CODE = "N401"
_NEXT = re.compile(r"(?<=\S)[ \t]+(?=(?P<number>\d{1,3})[.)] +(?:\*\*|[\"“'(\[`]?[^\W\d_a-z]))")
_SENTENCE_END = re.compile(r"[.!?:;)][*_`\"”’)]*$")


def find(draft: Draft) -> Iterator[Repair]:
    """A repair for each line that holds more than one step."""
    tree = draft.tree
    for block in tree.every:
        if block.kind != "steps":
            continue
        for item, following in zip(block.children, (*block.children[1:], None), strict=False):
            yield from _in_item(tree, item, following)


def _in_item(tree: Tree, item: Block, following: Block | None) -> Iterator[Repair]:
    if not item.children or item.number is None:
        return
    text = item.children[0]
    count = item.number
    if text.kind != "paragraph":
        return
    for number in range(text.first, text.last + 1):
        line = tree.line(number)
        starts = _starts(line, count)
        if not starts:
            continue
        last = count + len(starts)
        finished = all(_SENTENCE_END.search(line[:start].rstrip()) for start in starts)
        numbered = following is not None and following.number == last + 1
        # the later steps keep to the column where the first one begins
        indent = (
            tree.line(item.first)[: len(line) - len(line.lstrip())] if number == item.first else ""
        )
        confidence = (0.95 if numbered or len(starts) > 1 else 0.7) - 0.1 * (not finished)
        yield Repair(
            CODE, round(confidence, 2), number, number, (line,), _parted(line, starts, indent),
            f"steps {count} to {last} in one line",
        )  # fmt: skip
        count = last


def _starts(line: str, count: int) -> list[int]:
    starts = []
    for match in _NEXT.finditer(line):
        if int(match["number"]) == count + 1 and line[: match.start()].count("`") % 2 == 0:
            count += 1
            starts.append(match.end())
    return starts


def _parted(line: str, starts: list[int], indent: str) -> tuple[str, ...]:
    edges = [0, *starts, len(line)]
    parts = [line[a:b].rstrip() for a, b in pairwise(edges)]
    return (parts[0], *(indent + part for part in parts[1:]))
