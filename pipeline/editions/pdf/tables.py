"""How a table is made to fit: by its longest words, before any layout.

A column cannot be narrower than its longest word. If those widths together fit the measure at
9 pt, the table is set so; else at 8 pt, else at 7 pt; and where that is not enough, the words
that are longer than the rest may break anywhere. A table of few rows stays on one page.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

SIZES: tuple[tuple[str, float], ...] = (("", 9.0), ("wide", 8.0), ("wider", 7.0))
"""Class and type size in pt, in the order in which they are tried."""
EM_PER_CHARACTER = 0.53
CODE_EM_PER_CHARACTER = 0.56
PADDING = 8.0
"""Left and right padding of a cell, in pt."""
FEW_ROWS = 9
"""Up to so many rows, its head among them, a table is not broken over pages."""
TALL = 500
"""Characters in a cell from which on its row may go over to the next page."""
LONG = 14
"""Words of more characters than this may break where a table does not fit otherwise."""


def fit(table: ET.Element, width: float) -> None:
    """Give the table the class of the largest size at which its longest words fit ``width`` pt."""
    rows = table.findall(".//tr")
    tall = [row for row in rows if max(map(_length, row), default=0) > TALL]
    for row in tall:
        _add_class(row, "tall")
    if len(rows) <= FEW_ROWS and not tall:
        _add_class(table, "whole")
    columns = _columns(table)
    for name, size in SIZES:
        if sum(column * size + PADDING for column in columns) <= width:
            _add_class(table, name)
            return
    _add_class(table, SIZES[-1][0])
    for cell in table.iter():
        if cell.tag in ("td", "th") and _longest(cell) > LONG * EM_PER_CHARACTER:
            _add_class(cell, "long")
    if sum(min(column, LONG * EM_PER_CHARACTER) * SIZES[-1][1] + PADDING for column in columns) > (
        width
    ):
        _add_class(table, "breaking")


def share(table: ET.Element, width: float) -> float:
    """What a cell may count on for what cannot be turned, of ``width`` pt for the table."""
    columns = max((len(row) for row in table.iter("tr")), default=1)
    return max(width / max(columns, 1) - PADDING, PADDING)


def _columns(table: ET.Element) -> list[float]:
    """The width of the longest word of each column, in em."""
    widths: list[float] = []
    for row in table.iter("tr"):
        place = 0
        for cell in row:
            span = int(cell.get("colspan", "1"))
            widths += [0.0] * (place + span - len(widths))
            if span == 1:
                widths[place] = max(widths[place], _longest(cell))
            place += span
    return widths


def _length(cell: ET.Element) -> int:
    return len("".join(cell.itertext()))


def _longest(cell: ET.Element) -> float:
    words = "".join(cell.itertext()).split()
    each = CODE_EM_PER_CHARACTER if cell.find(".//code") is not None else EM_PER_CHARACTER
    return max((len(word) for word in words), default=0) * each


def _add_class(element: ET.Element, name: str) -> None:
    if name:
        element.set("class", f"{element.get('class', '')} {name}".strip())
