"""A document's body as a tree that an edition may change: parsed anew for each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pipeline.convert import tree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class Classed(Protocol):
    """An element of lxml or of the standard library."""

    def get(self, key: str, default: str, /) -> str:
        """The value of an attribute."""

    def set(self, key: str, value: str, /) -> None:
        """Give it one."""


OPS = "http://www.idpf.org/2007/ops"
"""The namespace of ``epub:type``."""


def parse(body: str, *, epub: bool = False) -> Element:
    """The body, which convert left well-formed, under one element; ``epub`` declares the prefix
    of that name for all below it."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    declared = f' xmlns:epub="{OPS}"' if epub else ""
    return etree.fromstring(f"<body{declared}>{body}</body>", parser)


def add_class(element: Classed, name: str) -> None:
    """Put the class behind those that the element has; the empty name is none."""
    if name:
        element.set("class", f"{element.get('class', '')} {name}".strip())


def wide_formula(formula: Element) -> Element | None:
    """The paragraph of a displayed formula, made to scroll, if the formula is all it holds."""
    host = formula.getparent()
    if host is None or tree.local(host) != "p" or len(host) != 1:
        return None
    if not (tree.is_blank(host.text) and tree.is_blank(formula.tail)):
        return None
    host.set("class", "formula")
    return host
