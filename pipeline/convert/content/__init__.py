"""Raw HTML as HTML's content models have it, whatever its author closed, nested or left out.

A browser shows a ``<li>`` outside of a list, a ``<details>`` without a summary or a table whose
rows are of unequal length; a reader of e-books may refuse the book for it, and validators do.
What is mended keeps every word and stays where it was. After "3.2.5 Content models", HTML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.convert.content import attributes, definitions, formulas, items, parts, table_grid

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

STEPS = (
    parts.settle,
    items.settle,
    definitions.settle,
    table_grid.settle,
    attributes.settle,
)
"""In this order: a step may rely on what those before it have put right."""


def settle(body: Element) -> tuple[str, ...]:
    """Mend the tree in place. What is no formula becomes code; its texts are returned."""
    for step in STEPS:
        step(body)
    return formulas.settle(body)
