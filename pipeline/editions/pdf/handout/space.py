"""Room for the reader's own notes: ruled by us into finished pages, as an artifact.

The layout keeps the least that is worth having; what the last page has below that is ruled too,
which no layout can know before it is done. Rules are no content: readers that speak pass them by.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

LINES = 8.2
"""From one line to the next, in mm."""
SQUARES = 5.0
"""The side of a square of the grid, in mm."""
ROOM = "writing-room"
"""Class of the element whose place is ruled."""
GAP, EDGE = 5.0, 9.0
"""Beside the text: from it to the room for notes, and from that to the paper's edge, in mm."""
NARROWEST = 20.0
"""The least room beside the text that is ruled, in mm."""

PX = 72 / 96
MM_PX = 96 / 25.4
INK = "0.725 0.714 0.682 RG"
"""The colour of rules (#b9b6ae)."""
THIN = 0.4
"""Thickness of a rule in pt."""

Line = tuple[float, float, float, float]
"""From x, y to x, y, in px from the page's top left."""


def rule(kind: str, document: Any, pdf: Any) -> None:
    """Draw ``lines`` or a ``grid`` to the foot of the last page, or the ``margin`` of every one."""
    pages = list(enumerate(document.pages))
    for number, page in pages if kind == "margin" else pages[-1:]:
        lines = list(_margin(page._page_box) if kind == "margin" else _room(kind, page._page_box))
        if lines:
            _draw(pdf, number, page.height, lines)


def _room(kind: str, page: Any) -> Iterator[Line]:
    """The lines from the place that the layout kept to the foot of the text."""
    box = _find(page)
    if box is None:
        return
    left, top, right = box.content_box_x(), box.content_box_y(), box.content_box_x() + box.width
    foot = page.content_box_y() + page.height
    if kind == "lines":
        for y in _steps(top, foot, LINES):
            yield left, y, right, y
        return
    across = int((right - left) / (SQUARES * MM_PX) + 0.01)
    down = int((foot - top) / (SQUARES * MM_PX) + 0.01)
    edge = left + across * SQUARES * MM_PX
    bottom = top + down * SQUARES * MM_PX
    for n in range(down + 1):
        y = top + n * SQUARES * MM_PX
        yield left, y, edge, y
    for n in range(across + 1):
        x = left + n * SQUARES * MM_PX
        yield x, top, x, bottom


def _margin(page: Any) -> Iterator[Line]:
    """Lines in the wider of the side margins, and one that sets them apart from the text."""
    top, foot = page.content_box_y(), page.content_box_y() + page.height
    text_left = page.content_box_x()
    text_right = text_left + page.width
    if page.margin_right >= page.margin_left:
        left, right = text_right + GAP * MM_PX, page.margin_width() - EDGE * MM_PX
        border = left
    else:
        left, right = EDGE * MM_PX, text_left - GAP * MM_PX
        border = right
    if right - left < NARROWEST * MM_PX:
        return  # a page that is turned has no margin to spare
    yield border, top, border, foot
    inner = 2.5 * MM_PX
    ends = (left + inner, right) if page.margin_right >= page.margin_left else (left, right - inner)
    for y in _steps(top, foot, LINES):
        yield ends[0], y, ends[1], y


def _steps(top: float, foot: float, step: float) -> Iterator[float]:
    y = top + step * MM_PX
    while y <= foot + 0.5:
        yield y
        y += step * MM_PX


def _find(box: Any) -> Any:
    """The box of the element that is kept for notes, None if the page has none."""
    box = getattr(box, "_box", box)
    element = box.element
    if element is not None and element.get("class") == ROOM:
        return box
    for child in getattr(box, "children", ()):
        found = _find(child)
        if found is not None:
            return found
    return None


def _draw(pdf: Any, number: int, height: float, lines: list[Line]) -> None:
    """Put the lines under the page's own content, in the page's coordinates."""
    from pydyf import Array, Stream

    def point(x: float, y: float) -> str:
        return f"{x * PX:.2f} {(height - y) * PX:.2f}"

    drawn = [f"{point(a, b)} m {point(c, d)} l" for a, b, c, d in lines]
    text = "\n".join(["/Artifact <</Type /Layout>> BDC", "q", INK, f"{THIN} w", *drawn, "S", "Q",
                      "EMC"])  # fmt: skip
    stream = Stream([text.encode()], compress=True)
    pdf.add_object(stream)
    page = next(item for item in pdf.objects if _is_page(item, pdf.page_references[number]))
    page["Contents"] = Array([stream.reference, page["Contents"]])


def _is_page(item: Any, reference: bytes) -> bool:
    return (
        isinstance(item, dict)
        and item.get("Type") == "/Page"
        and getattr(item, "reference", None) == reference
    )
