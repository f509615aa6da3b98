"""What the block editor of WordPress leaves: headings and lists that are half HTML.

What it does: ``<h5 class="wp-block-heading">`` becomes a Markdown heading of that level; an
``<ol start="21">`` over ``*`` items becomes an ordered list that counts from 21; a ``<ul>`` over
``*`` items goes.

Why: the exporter turned the inside into Markdown and left the tag, so that the inside is printed
with its marks and the list without its numbers. Only headings that the block editor made are
touched: an author's own HTML stays.

Example: ``<ol start="2">* Restart`` becomes ``2. Restart``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Repair

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft
    from pipeline.normalize.tree import Tree

CODE = "N304"
_HEADING = re.compile(
    r" {0,3}<h([1-6])\b[^>]*\bwp-block-heading\b[^>]*>(?P<text>[^<>]+?)(?:</h\1>)?[ \t]*$", re.I
)
_LIST = re.compile(
    r" {0,3}<(?P<tag>[ou]l)\b(?P<attributes>[^>]*)>[ \t]*(?P<item>[*-] +\S.*)?$", re.I
)
_START = re.compile(r"\bstart=\"?(\d{1,9})")
_ITEM = re.compile(r"[ \t]*[*-] +(?=\S)")


def find(draft: Draft) -> Iterator[Repair]:
    """A repair for each heading and each list."""
    tree = draft.tree
    for block in tree.every:
        if block.kind != "html":
            continue
        for number in range(block.first, block.last + 1):
            line = tree.line(number)
            if match := _HEADING.match(line):
                yield _heading(tree, number, match)
            elif match := _LIST.match(line):
                yield from _list(tree, number, match)


def _heading(tree: Tree, number: int, match: re.Match[str]) -> Repair:
    said = "#" * int(match[1]) + " " + match["text"].strip()
    before = () if tree.is_blank(number - 1) or number == 1 else ("",)
    return Repair(
        CODE, 0.97, number, number, (tree.line(number),), (*before, said),
        "a heading of the block editor",
    )  # fmt: skip


def _list(tree: Tree, number: int, match: re.Match[str]) -> Iterator[Repair]:
    item, last = match["item"], number
    if not item:
        last = number + 1
        if last > len(tree.lines) or not _ITEM.match(tree.line(last)):
            return
        item = tree.line(last)
    start = _START.search(match["attributes"])
    ordered = match["tag"].lower() == "ol"
    count = int(start[1]) if start else 1
    lines = [_ITEM.sub(f"{count}. " if ordered else "* ", item, count=1)]
    leads_in = item.rstrip().endswith(":")  # then the items below it are its own
    while not leads_in and (step := _next_item(tree, last)):
        count += 1
        lines += tree.lines[last : step - 1]
        mark = f"{count}. " if ordered else "* "
        lines.append(_ITEM.sub(mark, tree.line(step), count=1))
        last = step
    before = () if tree.is_blank(number - 1) or number == 1 else ("",)
    yield Repair(
        CODE, 0.95, number, last, tree.lines[number - 1 : last], (*before, *lines),
        "a list of the block editor",
    )  # fmt: skip


def _next_item(tree: Tree, last: int) -> int:
    """The line of the item that follows line ``last``, 0 if none does."""
    number = last + 1
    while number <= len(tree.lines) and tree.is_blank(number):
        number += 1
    return number if number <= len(tree.lines) and _ITEM.match(tree.line(number)) else 0
