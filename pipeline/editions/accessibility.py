"""What an edition may say of its accessibility: computed from the content, never asserted.

The terms are schema.org's accessibility vocabulary, as EPUB Accessibility 1.1 uses it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.convert import tree
from pipeline.model import Document

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOVING = frozenset(("image/gif", "image/apng", "image/webp"))
"""Picture formats that may move, so that nobody can say they hold no flash without looking."""


@dataclass(frozen=True, slots=True)
class Accessibility:
    """``schema:accessMode`` and its kin, each in the order in which it is written."""

    modes: tuple[str, ...]
    sufficient: tuple[str, ...]
    features: tuple[str, ...]
    hazards: tuple[str, ...]


def describe(document: Document, body: Element, *, with_contents: bool) -> Accessibility:
    """What the content bears out. ``with_contents``: the edition has a list of its sections.

    Text alone suffices only when every picture has a text in its place.
    """
    pictures = [element for element in body.iter() if tree.local(element) == "img"]
    formulas = any(tree.local(element) == "math" for element in body.iter())
    described = all((picture.get("alt") or "").strip() for picture in pictures)
    features = [
        name
        for name, holds in (
            ("structuralNavigation", bool(document.outline)),
            ("tableOfContents", with_contents),
            ("readingOrder", True),
            ("displayTransformability", True),
            ("alternativeText", bool(pictures) and described),
            ("MathML", formulas),
        )
        if holds
    ]
    moving = any(asset.media_type in MOVING for asset in document.assets)
    return Accessibility(
        modes=("textual", "visual") if pictures else ("textual",),
        sufficient=("textual",) if described else ("textual,visual",),
        features=tuple(features),
        hazards=("unknown",) if moving else ("none",),
    )
