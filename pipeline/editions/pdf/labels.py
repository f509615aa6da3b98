"""Page labels (ISO 32000-1, 12.4.2): a reader's program counts pages as their feet do."""

from __future__ import annotations

from typing import Any

FRONT = "front"
"""The named page of what stands before the text: the title, the contents."""


def styles(kinds: list[str]) -> list[tuple[int, str]]:
    """Where a run of labels begins, by the page's index, and its style: ``r`` for the lower-case
    roman numbers of front matter, ``D`` for the text's arabic ones. Each run begins at 1."""
    front = next((at for at, kind in enumerate(kinds) if kind != FRONT), len(kinds))
    runs = [(0, "r")] if front else []
    return runs + ([(front, "D")] if front < len(kinds) else [])


def write(pdf: Any, kinds: list[str]) -> None:
    """Label the pages; ``kinds`` are the names of their page types, in order."""
    from pydyf import Array, Dictionary

    numbers = Array()
    for start, style in styles(kinds):
        numbers.extend((start, Dictionary({"S": f"/{style}"})))
    pdf.catalog["PageLabels"] = Dictionary({"Nums": numbers})
