"""Steps split by code, or by a list of their own, that is not indented under its step.

What it does: indents the fence under the step before it, when the list goes on after it with the
number that is next; and bullets, if the step leads in to them with a colon.

Why: what stands at the margin ends the list, so each step becomes a list of its own: its number is
set apart, and a reader who hears the page is told of a new list at every step. What is in the code
stays what it is. Bullets below a step without a colon may be the text below a numbered title.

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

_LEADS_IN = re.compile(r":[*_]*$")


def find(draft: Draft) -> Iterator[Repair]:
    """A repair for each fence and each list of bullets."""
    tree = draft.tree
    blocks = tree.blocks
    index = 0
    while index < len(blocks):
        step = blocks[index]
        index += 1
        if step.kind != "steps":
            continue
        own = []
        while index < len(blocks) and _belongs(tree, step, blocks[index]):
            own.append(blocks[index])
            index += 1
        if own and index < len(blocks) and _goes_on(tree, step, blocks[index]):
            indent = _indent(tree, step.children[-1])
            for block in own:
                yield from _repair(tree, block, indent)


def _belongs(tree: Tree, step: Block, block: Block) -> bool:
    """Whether the block can be part of the last one of the steps above it."""
    if block.kind == "fence":
        return True
    last = _last_line(step.children[-1])
    return block.kind == "bullets" and bool(_LEADS_IN.search(tree.line(last).rstrip()))


def _last_line(item: Block) -> int:
    """The line on which the first paragraph of the item ends."""
    leaf = item
    while leaf.children:
        leaf = leaf.children[0]
    return leaf.last


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


def _repair(tree: Tree, block: Block, indent: str) -> Iterator[Repair]:
    lines = tree.lines[block.first - 1 : block.last]
    if not indent or any("\t" in line[: len(line) - len(line.lstrip())] for line in lines):
        return
    after = tuple(indent + line if line.strip() else line for line in lines)
    what = "code" if block.kind == "fence" else "a list"
    yield Repair(
        CODE, 0.95, block.first, block.last, lines, after, f"{what} between steps that count on"
    )
