"""Titles that a list further up announces: a table of contents, or what a post is going to tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.normalize.text import folded, plain

if TYPE_CHECKING:
    from pipeline.normalize.tree import Block, Tree

LEAST = 3
"""Items of a list that announces."""
_LETTERS = 10
"""A shorter word may come again by chance."""
_MARK = re.compile(r"[ \t]*(?:[*+-]|\d{1,3}[.)])[ \t]+")
_ADDED = re.compile(r"\s*\([^()]*\)$")


def announcements(tree: Tree) -> dict[str, int]:
    """What items of lists say, folded, with the line on which it stands first."""
    found: dict[str, int] = {}
    for block in tree.blocks:
        if block.kind in ("bullets", "steps") and len(block.children) >= LEAST:
            for item in block.children:
                if item.one_line and (key := _key(_MARK.sub("", tree.line(item.first), count=1))):
                    found.setdefault(key, item.first)
    return found


def is_announced(found: dict[str, int], block: Block) -> bool:
    """Whether an item further up says what the block says."""
    return found.get(_key(block.text), block.first) < block.first


def _key(text: str) -> str:
    said = folded(_ADDED.sub("", plain(text)))
    return said if len(said) >= _LETTERS else ""
