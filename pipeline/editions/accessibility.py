"""What an edition may say of its accessibility: computed from the content, never asserted.

The terms are schema.org's accessibility vocabulary, as EPUB Accessibility 1.1 uses it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline import words
from pipeline.convert import tree
from pipeline.model import Asset, Document

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOVING = frozenset(("image/gif", "image/apng", "image/png", "image/webp"))
"""Picture formats that may move: whether one does is in its file."""


@dataclass(frozen=True, slots=True)
class Accessibility:
    """``schema:accessMode`` and its kin, each in the order in which it is written; the summary
    is text in the post's language."""

    modes: tuple[str, ...]
    sufficient: tuple[str, ...]
    features: tuple[str, ...]
    hazards: tuple[str, ...]
    summary: str


def describe(
    document: Document, body: Element, *, with_contents: bool, with_pages: bool = False
) -> Accessibility:
    """What the content bears out. ``with_contents``: the edition has a list of its sections;
    ``with_pages``: of the printed pages.

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
            ("pageNavigation", with_pages),
            ("pageBreakMarkers", with_pages),
            ("readingOrder", True),
            ("displayTransformability", True),
            ("alternativeText", bool(pictures) and described),
            ("MathML", formulas),
        )
        if holds
    ]
    moving = any(map(_moves, document.assets))
    summary = _summary(
        document.record.language,
        ("access_text", True),
        ("access_sections", bool(document.outline) and with_contents),
        ("access_pages", with_pages),
        ("access_pictures", bool(pictures) and described),
        ("access_no_pictures", not described),
        ("access_formulas", formulas),
        ("access_moving", moving),
    )
    return Accessibility(
        modes=("textual", "visual") if pictures else ("textual",),
        sufficient=("textual",) if described else ("textual,visual",),
        features=tuple(features),
        hazards=("unknown",) if moving else ("none",),
        summary=summary,
    )


def _summary(language: str, *facts: tuple[str, bool]) -> str:
    """The sentences that hold, in the post's language."""
    catalogue = words.catalogue(language)
    return " ".join(catalogue[key] for key, holds in facts if holds)


def _moves(asset: Asset) -> bool:
    """Whether the picture has more than one frame; one that cannot be opened may have."""
    if asset.media_type not in MOVING:
        return False
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(asset.data)) as picture:
            return bool(getattr(picture, "is_animated", False))
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return True
