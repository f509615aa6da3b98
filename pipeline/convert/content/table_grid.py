"""Tables are grids: every row as wide as the widest, no cell over the edge (HTML, 4.9.12)."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from pipeline.convert import tree
from pipeline.convert.content import runs

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

GROUPS = ("thead", "tbody", "tfoot")
ORDER = ("caption", *GROUPS)
MOST_ADDED = 20_000
"""Cells that are added to the rows of a table; one that lacks more is no table."""


class _Cell(NamedTuple):
    """Where a cell lies: its row, its first column, how many it spans, the first row below it."""

    row: int
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
    """Rows without cells go, and cells reach over no row but those that stay in the group."""
    rows = group.findall("tr")
    stay = list(accumulate((bool(len(row)) for row in rows), initial=0))
    for place, row in enumerate(rows):
        if not len(row):
            group.remove(row)
        for cell in row:
            below = min(place + _span(cell, "rowspan"), len(rows))
            _put(cell, "rowspan", stay[below] - stay[place])


def _square(table: Element) -> None:
    groups = [group for group in table if group.tag in GROUPS]
    placed = {group: _placed(group) for group in groups}
    cells = [cell for own in placed.values() for cell in own]
    starts = sorted({cell.column for cell in cells})
    missing: dict[Element, int] = {}
    for group, own in placed.items():
        rows = group.findall("tr")
        covered = [0] * (len(rows) + 1)  # how much wider each row is than the one above it
        for cell in own:
            columns = _columns(cell, starts)
            _put(cell.element, "colspan", columns)
            covered[cell.row] += columns
            covered[cell.below] -= columns
        missing |= {
            row: len(starts) - width for row, width in zip(rows, accumulate(covered), strict=False)
        }
    if sum(missing.values()) <= MOST_ADDED:
        for row, count in missing.items():
            row.extend(tree.make("td") for _ in range(count))


def _columns(cell: _Cell, starts: list[int]) -> int:
    """How many columns in which some cell begins it covers; another column is none."""
    return bisect_left(starts, cell.column + cell.width) - bisect_left(starts, cell.column)


def _placed(group: Element) -> list[_Cell]:
    """The cells of the group, each in the first columns of its row that are free."""
    hanging: list[_Cell] = []
    placed: list[_Cell] = []
    for number, row in enumerate(group.findall("tr")):
        hanging = [cell for cell in hanging if cell.below > number]
        own = _own(row, number, hanging)
        placed += own
        tall = [cell for cell in own if cell.below > number + 1]
        if tall:
            hanging = sorted([*hanging, *tall], key=lambda cell: cell.column)
    return placed


def _own(row: Element, number: int, hanging: list[_Cell]) -> list[_Cell]:
    own: list[_Cell] = []
    column = passed = 0
    for element in row:
        while passed < len(hanging) and hanging[passed].column <= column:
            column = hanging[passed].column + hanging[passed].width
            passed += 1
        width = _span(element, "colspan")
        if passed < len(hanging):
            width = min(width, hanging[passed].column - column)
        own.append(_Cell(number, column, width, number + _span(element, "rowspan"), element))
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
