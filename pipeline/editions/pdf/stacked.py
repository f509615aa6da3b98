"""Tables for large type: a row becomes an item of a list, each cell a line with its column's head.

For an edition whose small type is as large as its text (large print). A table stays a table where

1. its longest words fit the page at the size of the text, and
2. no row has more text than fits ``LINES`` lines of the page's width.

Every other one is stacked, so that nobody has to follow a line over many narrow columns, or turn
the page. One with cells that span others, or with several rows of heads, stays a table all the
same: its words then break where they must.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from xml.etree import ElementTree as ET

from pipeline.editions.markup import add_class
from pipeline.editions.pdf import tables

LINES = 5
BRIEF = 7
"""A table of so many lines, its head among them, is not broken over pages."""
WIDER = 1.07
"""The legible face is wider than the one that :mod:`.tables` reckons with, by this factor."""
BLOCKS = frozenset(("p", "ul", "ol", "div", "pre", "figure", "blockquote", "dl", "table"))


def settle(root: ET.Element, width: float, size: float) -> None:
    """Stack the tables under ``root`` that are too much for ``width`` pt at that ``size`` in pt."""
    parents = {child: parent for parent in root.iter() for child in parent}
    for table in list(root.iter("table")):
        if not _stays(table, width, size * WIDER) and _can_be_stacked(table):
            _put_in_place(table, parents[table])
        elif _depth(table, width, size * WIDER) <= BRIEF:
            add_class(table, "brief")


def _stays(table: ET.Element, width: float, size: float) -> bool:
    fullest = max((len("".join(row.itertext())) for row in table.iter("tr")), default=0)
    short = fullest * tables.EM_PER_CHARACTER * size <= LINES * width
    return short and tables.fits(table, width, size)


def _depth(table: ET.Element, width: float, size: float) -> int:
    """How many lines the rows have, if all columns are equally wide."""
    characters = tables.share(table, width) / (tables.EM_PER_CHARACTER * size)
    return sum(
        max((-int(-len("".join(cell.itertext())) // characters) for cell in row), default=1)
        for row in table.iter("tr")
    )


def _can_be_stacked(table: ET.Element) -> bool:
    heads = table.findall("thead/tr")
    spans = any(cell.get("colspan") or cell.get("rowspan") for cell in table.iter())
    return len(heads) <= 1 and not spans and next(_rows(table), None) is not None


def _rows(table: ET.Element) -> Iterator[ET.Element]:
    heads = set(table.findall("thead/tr"))
    return (row for row in table.iter("tr") if row not in heads)


def _put_in_place(table: ET.Element, parent: ET.Element) -> None:
    """The list in the place of the table, its caption as a paragraph before it."""
    place = list(parent).index(table)
    parent.remove(table)
    made = ET.Element("ul", {"class": "stacked"})
    made.tail = table.tail
    heads = list(next(iter(table.findall("thead/tr")), ()))
    for number, row in enumerate(_rows(table)):
        made.append(_item(list(row), heads, first=number == 0))
    parent.insert(place, made)
    caption = table.find("caption")
    if caption is not None:
        caption.tag, caption.tail = "p", None
        caption.set("class", "stacked-title")
        parent.insert(place, caption)
    if parent.tag == "div" and parent.get("class") == "table":
        parent.set("class", "stack")


def _item(cells: list[ET.Element], heads: list[ET.Element], *, first: bool) -> ET.Element:
    item = ET.Element("li")
    for number, cell in enumerate(cells):
        head = heads[number] if number < len(heads) else None
        if "".join(cell.itertext()).strip() or len(cell):
            item.extend(_lines(cell, head, first=first))
        elif head is not None and first:
            item.append(_label(head, "p", first=True))  # no word of the head is lost
    return item


def _lines(cell: ET.Element, head: ET.Element | None, *, first: bool) -> list[ET.Element]:
    """The cell as a line, or as a line with its head and the blocks that it holds."""
    label = None if head is None else _label(head, "b", first=first)
    blocks = any(child.tag in BLOCKS for child in cell)
    cell.tag = "div" if blocks else "p"
    cell.attrib.pop("scope", None)
    cell.set("class", "cell")
    cell.tail = None
    if label is None or not "".join(label.itertext()).strip():
        return [cell]
    if blocks:
        line = ET.Element("p", {"class": "cell"})
        line.append(label)
        return [line, cell]
    label.tail = " " + (cell.text or "").lstrip()
    cell.text = None
    cell.insert(0, label)
    return [cell]


def _label(head: ET.Element, tag: str, *, first: bool) -> ET.Element:
    """A copy of a column's head with a colon; only the first one has its ids and calls of notes."""
    label = deepcopy(head)
    label.tag, label.tail = tag, None
    label.attrib.clear()
    label.set("class", "label")
    if not first:
        for part in label.iter():
            part.attrib.pop("id", None)
            for call in part.findall("sup"):
                part.remove(call)
    if "".join(label.itertext()).strip():
        _put_last(label, ":")
    return label


def _put_last(element: ET.Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip() + text
    else:
        element.text = (element.text or "").rstrip() + text
