"""At which level a title stands that was written as a bold line."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from pipeline.normalize.levels import plain_level

if TYPE_CHECKING:
    from pipeline.normalize.bold_lines import BoldLine
    from pipeline.normalize.repair import Draft

_DEEPEST = 6


def levels(draft: Draft, lines: tuple[BoldLine, ...]) -> dict[int, int]:
    """The level of each line.

    A bold title is one below the author's heading that it stands under. It fills a gap in the
    author's levels, and stands above them all where it is what holds them together. A counted run
    below a title that does not count is one deeper, and so are italic titles below a bold one.
    """
    deeper = _below_another(lines)
    if _below_numbered(draft, lines):
        deeper = frozenset(b.line for b in lines)
    strong = [b.line for b in lines if b.strong]
    if len(strong) > 1:
        deeper |= {b.line for b in lines if not b.strong and b.line > strong[0]}
    return {b.line: min(_level(draft, b, lines) + (b.line in deeper), _DEEPEST) for b in lines}


def _level(draft: Draft, bold: BoldLine, lines: tuple[BoldLine, ...]) -> int:
    headings = draft.authored
    above = bisect_right([h.first for h in headings], bold.line)
    if not above or not draft.ranks:
        return 2
    if draft.top == 2 and lines[0].line < headings[0].first:
        return 2
    if draft.top == 3 and 3 not in draft.ranks and max(draft.ranks) > 3:
        return plain_level(draft.tree, bold.line, bold.reading.text, 3)
    if draft.top == 3 and plain_level(draft.tree, bold.line, bold.reading.text, 3) == 2:
        return 2
    return headings[above - 1].level + 1


def _below_numbered(draft: Draft, lines: tuple[BoldLine, ...]) -> bool:
    """Whether numbered one-item lists stand right over bold lines: the titles above them."""
    blocks = draft.tree.blocks
    over = [blocks[b.index - 1] for b in lines if b.index and not b.above]
    return sum(b.kind == "steps" and len(b.children) == 1 and b.one_line for b in over) >= 2


def _below_another(lines: tuple[BoldLine, ...]) -> frozenset[int]:
    """The lines of counted runs that stand right below a title without a number."""
    found: set[int] = set()
    run: list[BoldLine] = []
    parent = False
    for before, bold in zip((None, *lines), lines, strict=False):
        if bold.count and run and bold.count == run[-1].count + 1:
            run.append(bold)
        elif bold.count == 1:
            run = [bold]
            parent = before is not None and not before.count and before.strong == bold.strong
        else:
            run = []
        if parent and len(run) > 1:
            found |= {b.line for b in run}
    return frozenset(found)
