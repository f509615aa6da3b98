"""Runs of blank lines.

What it does: makes one blank line of two and more, and takes away those at the end.

Why: they mean nothing in Markdown, yet hide the shape of the post from who edits it, and a diff of
other repairs would drown in them. Blank lines inside code, raw HTML and math stay.

Example: three blank lines between two paragraphs become one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Repair

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft

CODE = "N102"


def find(draft: Draft) -> Iterator[Repair]:
    """A repair for each run."""
    tree = draft.tree
    first = 0
    for number in range(1, len(tree.lines) + 2):
        at_end = number > len(tree.lines)
        if not at_end and tree.is_blank(number) and number not in tree.verbatim:
            first = first or number
            continue
        least = 1 if at_end else 2
        if first and number - first >= least and not (at_end and first == 1):
            run = tree.lines[first - 1 : number - 1]
            after = () if at_end else ("",)
            yield Repair(CODE, 0.99, first, number - 1, run, after, "a run of blank lines")
        first = 0
