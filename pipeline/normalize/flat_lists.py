"""A list inside a list that was flattened.

What it does: where an item reads ``**Label:*** first``, sets the label on a line of its own and the
text, with the items that follow up to the next label, one level deeper.

Why: the exporter dropped the line break before the inner list, so that its first mark touches the
label and the other items stand beside it. Three asterisks behind a word mean nothing else; behind
a sign they do (``**LC_***``, ``**$***``).

Example: ``* **Network:*** addresses`` and ``* routes`` become ``* **Network:**`` with two items
below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Repair

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft
    from pipeline.normalize.tree import Block, Tree

CODE = "N404"
_LABEL = re.compile(
    r"(?P<mark>[*+-])(?P<gap> {1,3})(?P<label>\*\*[^*]{1,80}[^\W_]\)?:?\*\*)\* "
    r"(?P<text>[^\s:=–-].*)$"
)
_OTHER = re.compile(r"[*+-] {1,3}\*\*")
_CERTAIN = 2


def find(draft: Draft) -> Iterator[Repair]:
    """A repair for each label with its items."""
    tree = draft.tree
    for block in tree.blocks:
        if block.kind != "bullets":
            continue
        labels = [bool(_LABEL.match(tree.line(item.first))) for item in block.children]
        if any(labels):
            confidence = 0.95 if sum(labels) >= _CERTAIN else 0.88
            yield from _in_list(tree, block, labels, confidence)


def _in_list(tree: Tree, block: Block, labels: list[bool], confidence: float) -> Iterator[Repair]:
    position = 0
    items = block.children
    while position < len(items):
        start = position
        position += 1
        if not labels[start]:
            continue
        match = _LABEL.match(tree.line(items[start].first))
        inner = bool(match and match["text"].startswith("**"))  # the inner items have labels too
        while position < len(items) and _plain(tree, items[position], labels[position], inner):
            position += 1
        yield _repair(tree, items[start], items[position - 1], confidence)


def _plain(tree: Tree, item: Block, label: bool, inner: bool) -> bool:
    """Whether the item can be one of the inner list: a paragraph with or without a label, as the
    first one is."""
    if label or bool(_OTHER.match(tree.line(item.first))) != inner:
        return False
    return item.one_line and [child.kind for child in item.children] == ["paragraph"]


def _repair(tree: Tree, first: Block, last: Block, confidence: float) -> Repair:
    end = first.first if first is last else last.last
    lines = tree.lines[first.first - 1 : end]
    match = _LABEL.match(lines[0])
    assert match
    indent = " " * (1 + len(match["gap"]))
    after = (
        f"{match['mark']}{match['gap']}{match['label']}",
        f"{indent}{match['mark']}{match['gap']}{match['text']}",
        *(indent + line if line.strip() else line for line in lines[1:]),
    )
    return Repair(
        CODE, confidence, first.first, end, lines, after, "an inner list that was flattened"
    )
