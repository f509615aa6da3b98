"""Steps whose numbers do not simply count on keep the numbers of their source.

CommonMark takes a list's first number and counts on, so ``1.``, ``3.``, ``7.`` would print as 1, 2,
3. A step whose number is not the next one is marked here with an empty span, for pandoc drops the
number, and its item then gets a ``value`` (HTML, 4.4.8). Where all numbers of a list are equal its
author left the counting to the list.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.convert import tree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from pipeline.normalize.tree import Block

PREFIX = "galley-step-"
"""How the class of such a span begins; the number follows."""

_NUMBERED = re.compile(r"^[ \t>*+-]*\d{1,9}[.)](?:[ \t]|$)", re.M)
_TASK = re.compile(r"\[[ xX]\][ \t]+")


def mark(markdown: str) -> str:
    """The Markdown with a span at the head of each step whose number is not the next one."""
    if not _NUMBERED.search(markdown):
        return markdown
    from pipeline.normalize.tree import parse

    lines = markdown.split("\n")
    for block in parse(tuple(lines)).every:
        if block.kind == "steps":
            for item in _out_of_turn(block):
                _put(lines, item)
    return "\n".join(lines)


def _out_of_turn(steps: Block) -> list[Block]:
    """The items that CommonMark would number otherwise than the source does."""
    first = steps.children[0].number or 0
    if all(item.number == first for item in steps.children):
        return []
    return [item for due, item in enumerate(steps.children, first) if item.number != due]


def _put(lines: list[str], item: Block) -> None:
    if not item.children or item.children[0].kind != "paragraph":
        return
    first = item.children[0]
    line = lines[first.first - 1].rstrip()
    said = first.text.split("\n", 1)[0].rstrip()
    if not line.endswith(said):
        return
    place = len(line) - len(said)
    if task := _TASK.match(said):
        place += task.end()
    lines[first.first - 1] = f"{line[:place]}[]{{.{PREFIX}{item.number}}}{line[place:]}"


def apply(body: Element) -> None:
    """Give the items their numbers, and take the spans away."""
    for span in [*body.iter("{*}span")]:
        name = next((one for one in tree.classes(span) if one.startswith(PREFIX)), None)
        if name is None:
            continue
        item = next(span.iterancestors("{*}li"), None)
        number = name.removeprefix(PREFIX)
        if item is not None and number.isascii() and number.isdigit():
            item.set("value", number)
        tree.unwrap(span)
