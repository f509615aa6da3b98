"""The first heading that says the title again.

What it does: drops an H1 that opens the post's headings and repeats the record's title.

Why: every edition sets the title itself, so the reader would meet it twice. An H1 that says
something else is the author's and stays.

Example: under ``title: Backing Up a Laptop``, the line ``# Backing up a laptop`` goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Repair
from pipeline.normalize.text import folded

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft

CODE = "N201"


def find(draft: Draft) -> Iterator[Repair]:
    """A repair for each heading that repeats the title before any other heading stands."""
    tree = draft.tree
    for block in tree.headings:
        if block.level != 1 or folded(block.text) != folded(draft.title):
            return
        lines = tree.lines[block.first - 1 : block.last]
        between = not tree.is_blank(block.first - 1) and not tree.is_blank(block.last + 1)
        after = ("",) if between else ()
        yield Repair(CODE, 0.98, block.first, block.last, lines, after, "repeats the title")
