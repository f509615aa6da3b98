"""What a text holds, as far as one can see it without having made it.

The terms are schema.org's accessibility vocabulary, as EPUB Accessibility 1.1 uses it; what an
edition says of itself has to agree with this.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pipeline.audit.said import Texts

HEADINGS = frozenset(f"h{level}" for level in range(2, 7))


def of(trees: Iterable[Any], *, navigable: bool, pages: bool = False) -> dict[str, Texts]:
    """``accessMode`` and its kin as the elements bear them out.

    ``navigable``: the edition has a list of its sections; ``pages``: it has one of the printed
    pages. What is made of text in one order, and can be set in any size, says so always.
    """
    elements = [e for tree in trees for e in _text(tree).iter() if isinstance(e.tag, str)]
    names = [element.tag.rpartition("}")[2] for element in elements]
    pictures = [e for e, name in zip(elements, names, strict=True) if name == "img"]
    described = all((picture.get("alt") or "").strip() for picture in pictures)
    features = {
        "readingOrder": True,
        "displayTransformability": True,
        "structuralNavigation": not HEADINGS.isdisjoint(names),
        "tableOfContents": navigable,
        "alternativeText": bool(pictures) and described,
        "MathML": "math" in names,
        "pageBreakMarkers": any(e.get("role") == "doc-pagebreak" for e in elements),
        "pageNavigation": pages,
    }
    return {
        "accessMode": ("textual", "visual") if pictures else ("textual",),
        "accessModeSufficient": ("textual",) if described else ("textual,visual",),
        "accessibilityFeature": tuple(name for name, holds in features.items() if holds),
    }


def _text(tree: Any) -> Any:
    """The part of a page that is the text: without masthead, cover and colophon."""
    found = tree.xpath("//*[@id='g-text']")
    return found[0] if found else tree
