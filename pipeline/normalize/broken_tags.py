"""Tags whose slash an import wrote as an entity.

What it does: makes ``</p>`` of ``<&#47;p>`` and ``<br />`` of ``<br &#47;>``.

Why: an importer that escaped every slash broke the end of every element. To a browser ``<&#47;p>``
is no tag, so it is printed, and nothing ends: all that follows is bold, or part of one paragraph.
What stands in a fence or in indented code means what it says.

Example: ``<p><strong>Soil<&#47;strong><&#47;p>`` becomes ``<p><strong>Soil</strong></p>``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Repair

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft

CODE = "N310"
_END = re.compile(r"<&#47;(?=[a-z][\w:]*>)", re.I)
_EMPTY = re.compile(r"(<(?:br|hr|img|input)\b[^<>]*)&#47;>", re.I)
_CODE = frozenset({"fence", "code", "math"})


def find(draft: Draft) -> Iterator[Repair]:
    """A repair for each line that has such a tag."""
    tree = draft.tree
    for block in tree.blocks:
        if block.kind in _CODE or "&#47;" not in "".join(tree.lines[block.first - 1 : block.last]):
            continue
        for number in range(block.first, block.last + 1):
            line = tree.line(number)
            made = _EMPTY.sub(r"\1/>", _END.sub("</", line))
            if made != line:
                yield Repair(
                    CODE, 0.97, number, number, (line,), (made,), "a tag with an entity for a slash"
                )  # fmt: skip
