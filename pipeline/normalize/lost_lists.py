"""A list that has become paragraphs.

What it does: proposes list items for three and more short lines alone between blank lines, below a
paragraph that ends in a colon.

Why: an exporter that drops ``<li>`` leaves its text. Such lines may also be titles, verses, lines
of a configuration or of an address, and among the labelled posts too few are lists to tell how
often; so this is proposed and never made by itself. Accept it where it is right.

Example: ``You need:`` over the paragraphs ``A spade``, ``A rake``, ``A pair of gloves`` would get
``*`` before each of the three.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Repair
from pipeline.normalize.context import is_machinery

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft
    from pipeline.normalize.tree import Block, Tree

CODE = "N405"
LEAST = 3
_MOST_WORDS = 14
_CONFIDENCE = 0.7
_LEADS_IN = re.compile(r":[*_]*$")
_ITEM = re.compile(r"[\"“«(]?[^\W_]")


def find(draft: Draft) -> Iterator[Repair]:
    """A proposal for each run of lines."""
    tree = draft.tree
    index = 0
    while index < len(tree.blocks):
        start = index + 1
        if not _leads_in(tree.blocks[index]):
            index = start
            continue
        index = start
        while index < len(tree.blocks) and _short(tree, tree.blocks[index]):
            if _stops(tree.blocks[index]) != _stops(tree.blocks[start]):
                break  # a sentence after words, or words after sentences: the text goes on
            index += 1
        if index - start >= LEAST:
            yield _repair(tree, tree.blocks[start], tree.blocks[index - 1])


def _leads_in(block: Block) -> bool:
    return block.kind == "paragraph" and bool(_LEADS_IN.search(block.text.rstrip()))


def _stops(block: Block) -> bool:
    return block.text.rstrip().endswith((".", "!", "?", "…", "。"))


def _short(tree: Tree, block: Block) -> bool:
    """Whether the block can be an item: one short line that begins with a word and leads in to
    nothing."""
    if block.kind != "paragraph" or not block.one_line or _leads_in(block):
        return False
    line = tree.line(block.first)
    return (
        bool(_ITEM.match(line))
        and len(line.split()) <= _MOST_WORDS
        and not is_machinery(line)
        and not line.endswith(("  ", "\\"))
    )


def _repair(tree: Tree, first: Block, last: Block) -> Repair:
    lines = tree.lines[first.first - 1 : last.last]
    items = tuple(f"* {line}" for line in lines if line.strip())
    return Repair(
        CODE, _CONFIDENCE, first.first, last.last, lines, items,
        f"{len(items)} short lines below a colon",
    )  # fmt: skip
