"""A run of bullets that are titles.

What it does: makes headings of lists of one item each, when that item is one bold line and text at
the margin follows. Of the bold items of a flattened list it only proposes headings.

Why: an editor's bullet before a bold line is often meant as an ornament. Three such lists over
text that is not indented are titles, for nothing else is in them. In a list whose bold items have
others between them the author may have meant titles or a list in a list; which, only the author
knows. Text that is indented below an item belongs to it, and the list is a list.

Example: ``* **Soil**``, ``* **Light**`` and ``* **Water**``, each over a paragraph, become
``## Soil``, ``## Light`` and ``## Water``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Repair
from pipeline.normalize.context import governs, is_code
from pipeline.normalize.emphasis import read_emphasis
from pipeline.normalize.levels import level_below
from pipeline.normalize.text import folded
from pipeline.normalize.titles import Reading, heading, read_title

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft
    from pipeline.normalize.tree import Block, Tree

CODE = "N209"
PARALLEL = 3
"""So many lines of one form make a pattern."""
ALONE, AMONG = 0.85, 0.5
_BULLET = re.compile(r" {0,3}[*+-][ \t]+")


def find(draft: Draft) -> Iterator[Repair]:
    """A repair for each item."""
    tree = draft.tree
    lists = [(n, block) for n, block in enumerate(tree.blocks) if block.kind == "bullets"]
    single = [(n, block.children[0]) for n, block in lists if len(block.children) == 1]
    bold = [(item, said) for n, item in single if (said := _title(tree, item)) and _over(tree, n)]
    if len({folded(said.text) for _, said in bold}) >= PARALLEL and len(bold) == len(single):
        yield from (_repair(draft, item, said, ALONE, len(bold)) for item, said in bold)
    if draft.evidence.certain:
        for _, block in lists:
            yield from _among(draft, block)


def _title(tree: Tree, item: Block) -> Reading | None:
    """What the item says, if that is one line of bold text."""
    if len(item.children) != 1 or item.children[0].kind != "paragraph" or not item.one_line:
        return None
    said = read_emphasis(_BULLET.sub("", tree.line(item.first)))
    return read_title(said.text) if said is not None and said.strong else None


def _over(tree: Tree, index: int) -> bool:
    """Whether the list stands over text; code below a bold item is what the item names."""
    following = tree.blocks[index + 1 : index + 2]
    return bool(following) and not is_code(following[0]) and bool(governs(tree, index + 1, 1))


def _among(draft: Draft, block: Block) -> Iterator[Repair]:
    """Bold items that open the list and have others between them."""
    titles = {
        place: said
        for place, item in enumerate(block.children)
        if (said := _title(draft.tree, item)) is not None
    }
    parted = all(place + 1 < len(block.children) and place + 1 not in titles for place in titles)
    if len(titles) >= PARALLEL and 0 in titles and parted:
        for place, said in titles.items():
            yield _repair(draft, block.children[place], said, AMONG, len(titles))


def _repair(draft: Draft, item: Block, said: Reading, confidence: float, count: int) -> Repair:
    line = draft.tree.line(item.first)
    made = heading(level_below(draft.authored, item.first), said.number, said.text)
    return Repair(
        CODE, confidence, item.first, item.first, (line,), (made,),
        f"one of {count} bullets over what they govern; {draft.evidence.told()}",
    )  # fmt: skip
