"""A heading that skips a level.

What it does: raises a heading that stands two and more levels below the one above it, and those
below it by as much, so that siblings stay siblings.

Why: a gap (``##``, then ``####``) makes a hole in every table of contents and is an error to
accessibility checkers. It is where an export lost a heading or where the author liked the smaller
type. The level of the first heading is the author's business.

Example: ``## Beds`` over ``#### Soil`` makes ``### Soil`` of the latter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Repair

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft

CODE = "N210"
_ATX = re.compile(r"( {0,3})(#{1,6})(?=[ \t])")


def find(draft: Draft) -> Iterator[Repair]:
    """A repair for each heading that moves up."""
    above: list[tuple[int, int]] = []
    for block in draft.tree.headings:
        while above and above[-1][0] >= block.level:
            above.pop()
        level = min(block.level, above[-1][1] + 1) if above else block.level
        above.append((block.level, level))
        line = draft.tree.line(block.first)
        if level < block.level and block.one_line and (match := _ATX.match(line)):
            after = f"{match[1]}{'#' * level}{line[match.end() :]}"
            yield Repair(
                CODE, 0.95, block.first, block.first, (line,), (after,),
                f"a heading of level {block.level} where level {level} is next",
            )  # fmt: skip
