r"""A heading whose mark is mistyped or escaped.

What it does: sets the space that is missing after ``##``, takes the backslash before it away, and
the ``##`` that closes the line.

Why: old Markdown dialects took ``##Title`` for a heading, and editors that escape marks they do not
expect write ``\## Title``. CommonMark prints both as text. A single ``#`` is left alone: it may be
a hashtag, a comment or a directive.

Example: ``##The Workshop##`` becomes ``## The Workshop``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Repair
from pipeline.normalize.titles import heading, read_title

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft

CODE = "N208"
_TYPO = re.compile(
    r" {0,3}(?P<mark>\\#{2,6}[ \t]*|#{2,6})(?P<text>[^\s#!>\\'|+].*?)[ \t]*#*[ \t]*$"
)
_CERTAIN = 2


def find(draft: Draft) -> Iterator[Repair]:
    """A repair for each line."""
    tree = draft.tree
    found = []
    for block in tree.every:
        if block.kind != "paragraph" or "##" not in block.text:
            continue
        for number in range(block.first, block.last + 1):
            line = tree.line(number)
            match = _TYPO.match(line)
            if match and read_title(match["text"], sentence=True):
                found.append((number, match, number > block.first))
    for number, match, above in found:
        level = match["mark"].count("#")
        after = heading(level, "", match["text"])
        yield Repair(
            CODE, 0.97 if len(found) >= _CERTAIN else 0.9, number, number, (tree.line(number),),
            ("", after) if above else (after,), "a heading mark without its space",
        )  # fmt: skip
