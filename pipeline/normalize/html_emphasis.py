"""A line of bold text in a paragraph of raw HTML.

What it does: makes a bold line of Markdown of ``<p><b>Title</b></p>`` and ``<div><strong>Title
</strong></div>`` when the text has a title's form. Whether it is a title is for N205 to say.

Why: visual editors write titles as bold paragraphs, and an export that leaves their HTML hides them
from Markdown. Text that is set in the middle or to the right is a caption or a motto, and sentences
are notes: they stay as they are.

Example: ``<p><strong>Soil and Light</strong></p>`` becomes ``**Soil and Light**``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Repair
from pipeline.normalize.emphasis import read_emphasis
from pipeline.normalize.titles import read_title

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft
    from pipeline.normalize.tree import Block, Tree

CODE = "N307"
_LINE = re.compile(r"[ \t]*<(p|div)\b(?P<attributes>[^<>]*)>(?P<text>[^\n]+)</\1>[ \t]*", re.I)
_PLACED = re.compile(r"center|right", re.I)
_VERBATIM = re.compile(r"[ \t]*<(?:!|\?|pre\b|script\b|style\b|textarea\b|table\b)", re.I)


def find(draft: Draft) -> Iterator[Repair]:
    """A repair for each such line."""
    tree = draft.tree
    for block in tree.blocks:
        if block.kind != "html" or _VERBATIM.match(tree.line(block.first)):
            continue
        for number in range(block.first, block.last + 1):
            match = _LINE.fullmatch(tree.line(number))
            if match is None or _PLACED.search(match["attributes"]):
                continue
            said = read_emphasis(match["text"].strip())
            if said is None or not said.strong or not _between(tree, block, number):
                continue
            reading = read_title(said.text)
            if reading is not None:
                yield _repair(tree, number, f"{said.lead}**{said.text.strip()}**")


def _between(tree: Tree, block: Block, number: int) -> bool:
    """Whether what touches the line in its block begins and ends as HTML, so that it stays that."""
    above = number == block.first or tree.line(number - 1).rstrip().endswith(">")
    return above and (number == block.last or tree.line(number + 1).lstrip().startswith("<"))


def _repair(tree: Tree, number: int, made: str) -> Repair:
    above = () if tree.is_blank(number - 1) else ("",)
    below = () if tree.is_blank(number + 1) else ("",)
    return Repair(
        CODE, 0.9, number, number, (tree.line(number),), (*above, made, *below),
        "a bold paragraph of raw HTML",
    )  # fmt: skip
