"""Runs of neighbours that need a host of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pipeline.convert import tree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def house(host: Element, names: frozenset[str], name: str) -> None:
    """Put each run of children called ``names`` into a new element ``name``."""
    run: Element | None = None
    for child in list(host):
        if child.tag not in names:
            run = None
            continue
        if run is None:
            run = tree.make(name)
            child.addprevious(run)
        behind, child.tail = child.tail, None
        run.append(child)
        run.tail = behind
        if not tree.is_blank(behind):
            run = None


def gather(host: Element, belongs: Callable[[Element], bool], name: str) -> None:
    """Put each run of text and children that do not belong into a new element ``name``."""
    children = list(host)
    run: Element | None = None
    if not tree.is_blank(host.text):
        run = tree.make(name, host.text)
        host.text = None
        host.insert(0, run)
    for child in children:
        if not belongs(child):
            if run is None:
                run = tree.make(name)
                child.addprevious(run)
            run.append(child)
            continue
        run = None
        if not tree.is_blank(child.tail):
            run = tree.make(name, child.tail)
            child.tail = None
            child.addnext(run)
