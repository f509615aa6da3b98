"""Steps split by code that is not indented under its step.

What it does: indents the fence under the step before it, when the list goes on after it with the
number that is next.

Why: a fence at the margin ends the list, so each step becomes a list of its own: its number is set
apart, and a reader who hears the page is told of a new list at every step. What is in the code
stays what it is.

Example: ``1. Install`` , a fence, ``2. Start`` become one list of two steps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Repair

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft
    from pipeline.normalize.tree import Block, Tree

CODE = "N402"
_MARK = re.compile(r" {0,3}\d{1,9}(?P<mark>[.)])(?P<gap> {1,4})\S")


def find(draft: Draft) -> Iterator[Repair]:
    """A repair for each fence."""
    tree = draft.tree
    blocks = tree.blocks
    index = 0
    while index < len(blocks):
        step = blocks[index]
        index += 1
        if step.kind != "steps":
            continue
        fences = []
        while index < len(blocks) and blocks[index].kind == "fence":
            fences.append(blocks[index])
            index += 1
        if fences and index < len(blocks) and _goes_on(tree, step, blocks[index]):
            indent = _indent(tree, step.children[-1])
            for fence in fences:
                yield from _repair(tree, fence, indent)


def _goes_on(tree: Tree, step: Block, following: Block) -> bool:
    if following.kind != "steps":
        return False
    here = _MARK.match(tree.line(step.children[-1].first))
    there = _MARK.match(tree.line(following.first))
    first = step.children[0].number or 0
    return bool(
        here
        and there
        and here["mark"] == there["mark"]
        and following.children[0].number == first + len(step.children)
    )


def _indent(tree: Tree, item: Block) -> str:
    """Blanks up to where the text of the item begins."""
    match = _MARK.match(tree.line(item.first))
    return " " * (match.end() - 1) if match else ""


def _repair(tree: Tree, fence: Block, indent: str) -> Iterator[Repair]:
    lines = tree.lines[fence.first - 1 : fence.last]
    if not indent or any("\t" in line[: len(line) - len(line.lstrip())] for line in lines):
        return
    after = tuple(indent + line if line.strip() else line for line in lines)
    yield Repair(
        CODE, 0.95, fence.first, fence.last, lines, after, "code between steps that count on"
    )
