"""Definition lists are terms and what they mean, in this order (HTML, 4.4.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.convert import tree
from pipeline.convert.content import runs

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

PAIR = frozenset(("dt", "dd"))


def settle(body: Element) -> None:
    """Terms and meanings get a list, groups their two kinds; a meaning of no term goes out."""
    for host in dict.fromkeys(part.getparent() for part in body.iter("dt", "dd")):
        if host is not None and host.tag != "dl" and not _is_group(host):
            runs.house(host, PAIR, "dl")
    for list_ in list(body.iter("dl")):
        _settle(list_)


def _is_group(element: Element) -> bool:
    host = element.getparent()
    return element.tag == "div" and host is not None and host.tag == "dl"


def _settle(list_: Element) -> None:
    groups = list_.findall("div")
    if groups and not _all_groups(list_):
        for group in groups:
            if any(child.tag in PAIR for child in group):
                tree.unwrap(group)
        groups = []
    if not groups:
        runs.gather(list_, lambda child: child.tag in PAIR, "dd")
    for host in groups or [list_]:
        _in_pairs(host, list_)
    if not len(list_):
        tree.remove(list_)


def _all_groups(list_: Element) -> bool:
    """Every child is a group of nothing but terms and meanings."""
    return tree.is_blank(list_.text) and all(
        child.tag == "div"
        and len(child)
        and tree.is_blank(child.text)
        and tree.is_blank(child.tail)
        and all(part.tag in PAIR and tree.is_blank(part.tail) for part in child)
        for child in list_
    )


def _in_pairs(host: Element, list_: Element) -> None:
    for part in list(host):
        if part.tag == "dt":
            break
        part.tag = "div"
        list_.addprevious(part)
    if len(host) and host[-1].tag == "dt":
        host.append(tree.make("dd"))
    if not len(host) and host is not list_:
        tree.remove(host)
