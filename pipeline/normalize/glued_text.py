"""A paragraph glued to the last item of a list.

What it does: sets a blank line between them.

Why: an exporter that forgets the blank line makes the paragraph part of the item. It is told from
a soft wrap as a glued title is: the post bears the marks of an export and does not wrap its lines,
the item is finished, and the line begins like a sentence.

Example: ``* Pine costs less.`` and, on the next line, ``All of them are dried before they are
sold.`` get a blank line between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Repair
from pipeline.normalize.context import is_prose
from pipeline.normalize.glued_titles import soft_wrapped

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft
    from pipeline.normalize.tree import Block, Tree

CODE = "N403"
_BEGINS = re.compile(r"[\"“«(]?[^\W\d_]")
_FINISHED = re.compile(r"[.?!)…:][\"”»’'*_`]*$")
_WORDS = 8


def find(draft: Draft) -> Iterator[Repair]:
    """At most one repair a list."""
    if not draft.evidence.exported or soft_wrapped(draft.tree):
        return
    for block in draft.tree.blocks:
        if block.kind in ("bullets", "steps"):
            yield from _after(draft, block)


def _after(draft: Draft, block: Block) -> Iterator[Repair]:
    tree = draft.tree
    leaf = block
    while leaf.children:
        leaf = leaf.children[-1]
    if leaf.kind != "paragraph" or leaf.last != block.last or leaf.last != leaf.first + 1:
        return
    line = tree.line(leaf.last)
    if not _BEGINS.match(line) or line[:1].islower() or len(line.split()) < _WORDS:
        return
    if not is_prose(line) or ("**" in line and line.startswith("**")):
        return
    trust = 0.95 if draft.evidence.certain else 0.8
    if not _finished(tree, leaf):
        trust -= 0.1
    if not _loose(tree, block):
        trust -= 0.2
    yield Repair(
        CODE, round(trust, 2), leaf.last, leaf.last, (line,), ("", line),
        f"a paragraph glued to the last item; {draft.evidence.told()}",
    )  # fmt: skip


def _finished(tree: Tree, leaf: Block) -> bool:
    return bool(_FINISHED.search(tree.line(leaf.first).rstrip()))


def _loose(tree: Tree, block: Block) -> bool:
    """Whether the other items of the list are of one line each, as an export writes them."""
    others = block.children[:-1]
    return bool(others) and all(item.one_line for item in others)
