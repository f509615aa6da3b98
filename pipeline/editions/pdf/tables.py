"""How a table is made to fit: by its longest words, before any layout.

A column cannot be narrower than its longest word. The table is set in the first of these ways in
which the widths together fit:

1. at 9 pt, else 8 pt;
2. at 9 pt, else 8 pt, into both side margins, where these have the room and the table stands in
   no list or quotation;
3. at 7 pt, on the measure of the text, else into the margins;
4. at 7 pt with words of more than ``LONG`` characters broken where they must, on the measure of
   the text, else into the margins;
5. on a page of its own, turned by a quarter, if it stands in no list or quotation: at 9, 8 or
   7 pt, then with long words broken;
6. at 7 pt with words broken anywhere.

A table of few rows stays on one page.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from pipeline.editions.markup import add_class

SIZES: dict[str, float] = {"": 9.0, "wide": 8.0, "wider": 7.0}
"""Class of a table and its type size in pt."""
SMALLEST = "wider"
OUTDENTED, TURNED = "outdented", "turned"
"""Classes of what holds a table that stands elsewhere than on the measure of the text."""
WAYS: tuple[tuple[str, str, bool], ...] = (
    ("", "", False), ("", "wide", False),
    (OUTDENTED, "", False), (OUTDENTED, "wide", False),
    ("", SMALLEST, False), (OUTDENTED, SMALLEST, False),
    ("", SMALLEST, True), (OUTDENTED, SMALLEST, True),
    (TURNED, "", False), (TURNED, "wide", False), (TURNED, SMALLEST, False),
    (TURNED, SMALLEST, True),
)  # fmt: skip
"""Place, size and whether long words are broken, in the order in which they are tried."""
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
_LONG_EM = LONG * EM_PER_CHARACTER


def fit(table: ET.Element, width: float, outdented: float = 0.0, turned: float = 0.0) -> str:
    """Give the table the classes with which it fits ``width`` pt, or, if that is not to be,
    ``outdented`` or ``turned`` pt (0 where it cannot stand so); returns the class of its place."""
    rows = table.findall(".//tr")
    tall = [row for row in rows if max(map(_length, row), default=0) > TALL]
    for row in tall:
        add_class(row, "tall")
    if len(rows) <= FEW_ROWS and not tall:
        add_class(table, "whole")
    columns = _columns(table)
    broken = [min(column, _LONG_EM) for column in columns]
    rooms = {"": width, OUTDENTED: outdented, TURNED: turned}
    for place, size, breaks in WAYS:
        if _width(broken if breaks else columns, SIZES[size]) <= rooms[place]:
            add_class(table, size)
            if breaks:
                _let_long_words_break(table)
            return place
    add_class(table, SMALLEST)
    _let_long_words_break(table)
    add_class(table, "breaking")
    return TURNED if turned else ""


def _width(columns: list[float], size: float) -> float:
    """What the columns take, in pt, at a type size in pt."""
    return sum(column * size + PADDING for column in columns)


def _let_long_words_break(table: ET.Element) -> None:
    for cell in table.iter():
        if cell.tag in ("td", "th") and _longest(cell) > _LONG_EM:
            add_class(cell, "long")


def fits(table: ET.Element, width: float, size: float) -> bool:
    """Whether the table's longest words fit ``width`` pt at a type size in pt."""
    return _width(_columns(table), size) <= width


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
    words = f"{''.join(cell.itertext())}{cell.get('data-pad', '')}".split()
    each = CODE_EM_PER_CHARACTER if cell.find(".//code") is not None else EM_PER_CHARACTER
    return max((len(word) for word in words), default=0) * each
