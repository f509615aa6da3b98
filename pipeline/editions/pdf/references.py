"""Links into the post itself say on which page that is: on paper nobody can follow them."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from pipeline.editions.markup import add_class

TOLD = "told"
"""Class of a link that a page number follows."""
HELD = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "nav"))
"""Where no number follows: in headings, which the outline and the running heads repeat."""


def tell_pages(root: ET.Element) -> None:
    """Mark the links under ``root`` whose target stands in the same text."""
    targets = {f"#{element.get('id')}" for element in root.iter() if element.get("id")}
    _visit(root, targets)


def _visit(element: ET.Element, targets: set[str]) -> None:
    for child in element:
        if child.tag in HELD:
            continue
        if child.tag == "a" and child.get("href") in targets and not child.get("role"):
            add_class(child, TOLD)
        _visit(child, targets)
