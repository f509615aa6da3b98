"""Columns of figures are set right, so that units stand under units.

Only where the author says nothing: a column of which any cell has an alignment of its own is left
as it is, and so is the first one, which names its rows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.convert.spaces import UNITS

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_GROUPED = r"\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?:[.,]\d+)?"
_UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
FIGURES = re.compile(
    rf"[~≈<>≤≥±+−–-]?[ \u00a0]?[€$£¥₺%]?[ \u00a0]?(?:{_GROUPED}|\d+(?:[.,]\d+)?)"
    rf"(?:[ \u00a0\u202f]?(?P<unit>{_UNIT}))?"
)
"""A number with its sign, its currency and its unit; no date, no version, no range."""
NOTHING = frozenset(("", "-", "–", "—", "−", "…", "n/a", "N/A"))
FEWEST = 2
"""Numbers that make a column one of figures."""


def settle(table: Element) -> None:
    """Give the cells of columns of figures, heads included, the class ``right``."""
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    if any(cell.get("colspan") or cell.get("rowspan") for row in rows for cell in row):
        return
    for place in range(1, max(map(len, rows), default=0)):
        column = [row[place] for row in rows if len(row) > place]
        if not any(cell.get("class") for cell in column) and _is_of_figures(column):
            for cell in column:
                cell.set("class", "right")


def _is_of_figures(column: list[Element]) -> bool:
    """Whether all that is not left out is a number, in one unit."""
    cells = [cell for cell in column if cell.tag == "td"]
    if any(child.tag in ("code", "a", "img") for cell in cells for child in cell.iter()):
        return False
    texts = ["".join(map(str, cell.itertext())).strip() for cell in cells]
    found = [FIGURES.fullmatch(text) for text in texts if text not in NOTHING]
    units = {match["unit"] if match else None for match in found}
    return len(found) >= FEWEST and all(found) and len(units) == 1
