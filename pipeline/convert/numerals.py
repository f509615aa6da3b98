"""Columns of figures are set right, so that units stand under units, and by their decimal signs.

They are set right only where the author says nothing: a column of which any cell has an alignment
of its own is left as it is, and so is the first one, which names its rows.

A column that is set right, by whomever, is aligned at the decimal sign where its numbers differ in
decimals: a cell says in ``data-pad`` what it lacks, and style sheets leave as much room behind its
number without printing it. So no text is added.
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


POINT = frozenset("en zh ja ko he iw hi bn ta te th ms ga cy mt sw fil".split())
"""Languages that write decimals behind a point; others, behind a comma."""
_CORE = re.compile(r"\d(?:.*\d)?")
_SIGNS = re.compile(r"[.,]")


def settle(table: Element, language: str) -> None:
    """Give the cells of columns of figures, heads included, the class ``right``, and its cells
    ``data-pad``; ``language`` tells decimals where ``1.234`` may be either."""
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    if any(cell.get("colspan") or cell.get("rowspan") for row in rows for cell in row):
        return
    for place in range(1, max(map(len, rows), default=0)):
        column = [row[place] for row in rows if len(row) > place]
        if not any(cell.get("class") for cell in column) and _is_of_figures(column):
            for cell in column:
                cell.set("class", "right")
    for place in range(max(map(len, rows), default=0)):
        column = [row[place] for row in rows if len(row) > place and row[place].tag == "td"]
        if all(cell.get("class") == "right" for cell in column) and _is_of_figures(column):
            _align(column, "." if language.partition("-")[0].lower() in POINT else ",")


def _is_of_figures(column: list[Element]) -> bool:
    """Whether all that is not left out is a number, in one unit."""
    cells = [cell for cell in column if cell.tag == "td"]
    if any(child.tag in ("code", "a", "img") for cell in cells for child in cell.iter()):
        return False
    texts = list(map(_text, cells))
    found = [FIGURES.fullmatch(text) for text in texts if text not in NOTHING]
    units = {match["unit"] if match else None for match in found}
    return len(found) >= FEWEST and all(found) and len(units) == 1


def _text(cell: Element) -> str:
    return "".join(map(str, cell.itertext())).strip()


def _align(cells: list[Element], usual: str) -> None:
    """Say of each number how many decimals it lacks beside the one that has most."""
    numbers = {cell: found[0] for cell in cells if (found := _CORE.search(_text(cell)))}
    sign = _decimal_sign(list(numbers.values()), usual)
    if sign is None:
        return
    decimals = {cell: _decimals(number, sign) for cell, number in numbers.items()}
    most = max(decimals.values())
    for cell, count in decimals.items():
        if count < most:
            cell.set("data-pad", (sign if count == 0 else "") + "0" * (most - count))


def _decimal_sign(numbers: list[str], usual: str) -> str | None:
    """The sign before the decimals of a column; None if its numbers do not agree on one."""
    proved = {signs[-1] for number in numbers if (signs := _SIGNS.findall(number))
              and _proves_decimals(number, signs)}  # fmt: skip
    sign = proved.pop() if len(proved) == 1 else usual
    grouping = any(number.count(sign) > 1 for number in numbers)
    return None if proved or grouping else sign


def _proves_decimals(number: str, signs: list[str]) -> bool:
    """Whether the number's last sign cannot set groups of thousands apart."""
    whole, _, tail = number.rpartition(signs[-1])
    if signs.count(signs[-1]) > 1:
        return False
    return len(tail) != 3 or len(set(signs)) > 1 or whole == "0" or len(whole) > 3


def _decimals(number: str, sign: str) -> int:
    return len(number.rpartition(sign)[2]) if sign in number else 0
