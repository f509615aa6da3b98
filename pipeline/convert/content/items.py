"""Lists hold items and nothing else, and items stand in lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.convert import tree
from pipeline.convert.content import runs

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LISTS = ("ul", "ol")
ITEM = frozenset(("li",))


def settle(body: Element) -> None:
    """Items without a list get one; what stands in a list beside its items goes into an item.
    Bullets of nothing go: an item with a number keeps its place."""
    for host in dict.fromkeys(item.getparent() for item in body.iter("li")):
        if host is not None and host.tag not in LISTS:
            runs.house(host, ITEM, "ul")
    for list_ in list(body.iter(*LISTS)):
        for child in list(list_):
            before = child.getprevious()
            if child.tag in LISTS and before is not None and before.tag == "li":
                before.append(child)  # browsers show it as a part of the item above
        runs.gather(list_, lambda child: child.tag == "li", "li")
    for bullets in list(body.iter("ul")):
        for item in bullets.findall("li"):
            if tree.is_empty(item):  # a bullet that an export left above what it held
                tree.remove(item)
        if not len(bullets):
            tree.remove(bullets)
