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
    """At most one repair."""
    first = next((b for b in draft.tree.blocks if b.kind == "heading"), None)
    if first is None or first.level != 1 or folded(first.text) != folded(draft.title):
        return
    tree = draft.tree
    lines = tree.lines[first.first - 1 : first.last]
    between = not tree.is_blank(first.first - 1) and not tree.is_blank(first.last + 1)
    after = ("",) if between else ()
    yield Repair(CODE, 0.98, first.first, first.last, lines, after, "repeats the title")
