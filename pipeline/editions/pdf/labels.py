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


def texts(kinds: list[str]) -> list[str]:
    """The label of each page as a reader's program shows it: ``i``, ``ii``, ``1``, ``2``."""
    runs = styles(kinds)
    made = []
    for at in range(len(kinds)):
        start, style = max(run for run in runs if run[0] <= at)
        made.append(_roman(at - start + 1) if style == "r" else str(at - start + 1))
    return made


def _roman(number: int) -> str:
    """The number, 1 to 399, in lower-case roman numerals."""
    text = "c" * (number // 100)
    for value, one, five, ten in ((number // 10 % 10, "x", "l", "c"), (number % 10, "i", "v", "x")):
        nine = {4: one + five, 9: one + ten}.get(value)
        text += nine or five * (value // 5) + one * (value % 5)
    return text


def write(pdf: Any, kinds: list[str]) -> None:
    """Label the pages; ``kinds`` are the names of their page types, in order."""
    from pydyf import Array, Dictionary

    numbers = Array()
    for start, style in styles(kinds):
        numbers.extend((start, Dictionary({"S": f"/{style}"})))
    pdf.catalog["PageLabels"] = Dictionary({"Nums": numbers})
