"""At which level a lost title stands.

Under an H2 of the author lost titles are H3, else H2. Two things are known better: a run of
numbered titles inside a section of a lower rank is one below that section, and the title of a
post's closing section is not part of the section before it.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from pipeline.normalize.text import folded, plain
from pipeline.normalize.tree import Block, Tree

DEEPEST = 6
CLOSING = (
    "conclusion", "conclusions", "final thoughts", "summary", "references", "further reading",
    "sonuç", "özet", "son düşünceler", "kaynaklar", "kaynakça",
    "fazit", "zusammenfassung", "conclusión", "conclusiones", "en conclusion", "conclusione",
)  # fmt: skip
"""Names of closing sections. They decide nothing but the rank of a post's last title; in a
language that is not here that title stands where the others do."""

_FIRST_PART = re.compile(r"[:–—]| - ")
_CLOSING = frozenset(folded(name) for name in CLOSING)


def plain_level(tree: Tree, line: int, text: str, top: int) -> int:
    """The level of an unnumbered title on ``line``."""
    if top == 3 and _is_last(tree, line) and _closes(text):
        return 2
    return top


def enclosing_level(headings: tuple[Block, ...], first: int, last: int) -> int:
    """The level of the one of ``headings`` whose section holds all lines from ``first`` to
    ``last``; 0 if none does, or if one of them stands between."""
    after = bisect_right(headings, first, key=_line)
    if after == 0 or bisect_right(headings, last, key=_line) > after:
        return 0
    return headings[after - 1].level


def level_below(headings: tuple[Block, ...], line: int) -> int:
    """One below the last of ``headings`` above ``line``; 2 if there is none."""
    above = bisect_right(headings, line, key=_line)
    return min(headings[above - 1].level + 1, DEEPEST) if above else 2


def _line(block: Block) -> int:
    return block.first


def _is_last(tree: Tree, line: int) -> bool:
    return not tree.headings or tree.headings[-1].first < line


def _closes(text: str) -> bool:
    return folded(_FIRST_PART.split(plain(text))[0]) in _CLOSING
