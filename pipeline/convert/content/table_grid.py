"""Tables are grids: every row as wide as the widest, no cell over the edge (HTML, 4.9.12)."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from pipeline.convert import tree
from pipeline.convert.content import runs

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

GROUPS = ("thead", "tbody", "tfoot")
ORDER = ("caption", *GROUPS)


class _Cell(NamedTuple):
    """Where a cell lies: its first column, how many it spans, the first row below it."""

    column: int
    width: int
    below: int
    element: Element


def settle(body: Element) -> None:
    """Bring each table's parts into order, its spans into the grid and its rows to one width."""
    for table in list(body.iter("table")):
        for column in [*table.findall(".//colgroup"), *table.findall(".//col")]:
            tree.remove(column)  # they say how it is to look, which is for the style sheets
        _order(table)
        _square(table)


def _order(table: Element) -> None:
    """One caption, one head, one foot; loose rows are a body of their own."""
    for later in table.findall("caption")[1:]:
        later.tag = "div"
        table.addprevious(later)
    runs.house(table, frozenset(("tr",)), "tbody")
    for name in ("thead", "tfoot"):
        for later in table.findall(name)[1:]:
            later.tag = "tbody"
    for group in table.findall("*"):
        if group.tag in GROUPS:
            _drop_empty_rows(group)
            if not len(group):
                tree.remove(group)
    if table.find("tbody") is None:  # a head or a foot of nothing
        for group in [*table.findall("tfoot"), *table.findall("thead")][:1]:
            group.tag = "tbody"
    parts = {name: table.findall(name) for name in ORDER}
    table[:] = [part for name in ORDER for part in parts[name]]


def _drop_empty_rows(group: Element) -> None:
    """Rows without cells go, and the cells that reach into them are the shorter for it."""
    rows = group.findall("tr")
    for place in range(len(rows) - 1, -1, -1):
        if len(rows[place]):
            continue
        for above in range(place):
            for cell in rows[above]:
                if above + _span(cell, "rowspan") > place:
                    _put(cell, "rowspan", _span(cell, "rowspan") - 1)
        group.remove(rows.pop(place))


def _square(table: Element) -> None:
    rows = [placed for group in table if group.tag in GROUPS for placed in _placed(group)]
    starts = sorted({cell.column for _, own, _ in rows for cell in own})
    for row, own, hanging in rows:
        for cell in own:
            _put(cell.element, "colspan", _columns(cell, starts))
        missing = len(starts) - sum(_columns(cell, starts) for cell in (*own, *hanging))
        row.extend(tree.make("td") for _ in range(missing))


def _columns(cell: _Cell, starts: list[int]) -> int:
    """How many columns in which some cell begins it covers; another column is none."""
    return bisect_left(starts, cell.column + cell.width) - bisect_left(starts, cell.column)


def _placed(group: Element) -> list[tuple[Element, list[_Cell], list[_Cell]]]:
    """Each row of the group with its own cells and those that hang into it from above."""
    rows = group.findall("tr")
    hanging: list[_Cell] = []
    placed = []
    for number, row in enumerate(rows):
        hanging = [cell for cell in hanging if cell.below > number]
        own = _own(row, number, len(rows), hanging)
        placed.append((row, own, hanging))
        hanging = sorted([*hanging, *own], key=lambda cell: cell.column)
    return placed


def _own(row: Element, number: int, end: int, hanging: list[_Cell]) -> list[_Cell]:
    own: list[_Cell] = []
    column = passed = 0
    for element in row:
        while passed < len(hanging) and hanging[passed].column <= column:
            column = hanging[passed].column + hanging[passed].width
            passed += 1
        width, height = _span(element, "colspan"), _span(element, "rowspan")
        if passed < len(hanging):
            width = min(width, hanging[passed].column - column)
        height = min(height, end - number)
        _put(element, "rowspan", height)
        own.append(_Cell(column, width, number + height, element))
        column += width
    return own


def _span(cell: Element, name: str) -> int:
    """``colspan`` or ``rowspan``; 0 and what is no number count as one."""
    return int(cell.get(name) or 1) or 1


def _put(cell: Element, name: str, span: int) -> None:
    if span > 1:
        cell.set(name, str(span))
    elif name in cell.attrib:
        del cell.attrib[name]
