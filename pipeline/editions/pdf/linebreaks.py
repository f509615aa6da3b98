"""Where lines end and stand: what WeasyPrint 70 does not do, by four of its functions taken
in hand.

- **Titles are balanced**, as ``text-wrap: balance`` has it (CSS Text 4, 6.4): of all widths in
  which a title has as few lines as in the full one, the narrowest is taken. So no title ends
  in a line of one short word.
- **A loose line is not torn apart**: where a word or a piece of code that cannot be divided leaves
  so little for a line that its spaces would gape, the line ends ragged.
- **A line keeps its height** whatever faces stand in it: all text is set on the baseline of its
  style's own face. A word in another script or an emoji, from a face of other proportions, would
  make its line higher and push what follows off the grid.
- **A line is filled.** Where all of a text fits but for the blank at its end, and something
  slanted, bold or linked follows, WeasyPrint ends the line after its first word.

WeasyPrint's version is pinned, and a test holds each to what it is for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

TITLES = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "figcaption"))
SUBTITLE = "subtitle"
"""Class of the only paragraph that is balanced."""
MOST_LINES = 5
"""What has more lines than this is running text."""
ROUNDS = 7
"""Halvings in the search for the narrowest width: less than 1 % of the line is left."""
LOOSEST = 0.75
"""The most that justifying may add to a space, in em; a space is about a quarter of one."""


@contextmanager
def in_place_of_weasyprints() -> Iterator[None]:
    """Let WeasyPrint set lines by these rules."""
    from weasyprint.layout import block, inline

    container, justify = block.block_container_layout, inline.justify_line
    split, first = inline.split_text_box, inline.split_first_line
    block.block_container_layout = _balancing(container)
    inline.justify_line = _justifying(justify, inline.count_expandable_spaces)
    inline.split_text_box = _level(split, inline.strut)
    inline.split_first_line = _filling(first)
    try:
        yield
    finally:
        block.block_container_layout, inline.justify_line = container, justify
        inline.split_text_box, inline.split_first_line = split, first


def _level(theirs: Callable[..., Any], strut: Callable[[Any], Any]) -> Callable[..., Any]:
    def split_text_box(*given: Any, **named: Any) -> Any:
        box, *rest = theirs(*given, **named)
        if box is not None:
            _, box.baseline = strut(box.style)
        return box, *rest

    return split_text_box


def _filling(theirs: Callable[..., Any]) -> Callable[..., Any]:
    def split_first_line(
        text: str, style: Any, context: Any, width: float | None, *given: Any, **named: Any
    ) -> Any:
        found = theirs(text, style, context, width, *given, **named)
        layout, _, resume, *_ = found
        ends = text.endswith(" ") and style["white_space"] in ("normal", "pre-line")
        if width is None or resume is None or not ends or " " in layout.text.strip():
            return found
        layout, length, more, *measures = theirs(
            text.rstrip(" "), style, context, width, *given, **named
        )
        if more is not None or measures[0] > width:
            return found
        return layout, length, len(text.encode()), *measures

    return split_first_line


def _justifying(theirs: Callable[..., None], spaces: Callable[[Any], int]) -> Callable[..., None]:
    def justify_line(context: Any, line: Any, extra_width: float) -> None:
        if extra_width <= spaces(line) * LOOSEST * line.style["font_size"]:
            theirs(context, line, extra_width)

    return justify_line


def _balancing(theirs: Callable[..., Any]) -> Callable[..., Any]:
    def block_container_layout(context: Any, box: Any, *rest: Any, **named: Any) -> Any:
        if _is_title(box) and named.get("skip_stack", rest[1] if len(rest) > 1 else None) is None:
            _narrow(context, box)
        return theirs(context, box, *rest, **named)

    return block_container_layout


def _is_title(box: Any) -> bool:
    """Whether the box is a title of nothing but lines."""
    from weasyprint.formatting_structure.boxes import LineBox

    element = box.element
    if element is None or len(box.children) != 1 or not isinstance(box.children[0], LineBox):
        return False
    return box.element_tag in TITLES or (
        box.element_tag == "p" and SUBTITLE in element.get("class", "").split()
    )


def _narrow(context: Any, box: Any) -> None:
    """Make the box's content as narrow as its number of lines allows, by padding at its end: the
    box itself, its rules and its ground stay as wide as they were."""
    from weasyprint.layout.preferred import min_content_width

    full = box.width
    lines = _lines(context, box)
    if not 1 < lines <= MOST_LINES:
        return
    low = max(full / 2, min_content_width(context, box, outer=False))
    high = full
    for _ in range(ROUNDS):
        box.width = (low + high) / 2
        if low < high and _lines(context, box) <= lines:
            high = box.width
        else:
            low = box.width
    box.width = high
    _pad(box, full - high)


def _lines(context: Any, box: Any) -> int:
    """How many lines the box's content has in its width."""
    from weasyprint.layout.inline import iter_line_boxes

    line = box.children[0]
    line.position_x, line.position_y = box.content_box_x(), box.content_box_y()
    made = iter_line_boxes(context, line, line.position_y, 0, None, box, [], [], None, None)
    return sum(1 for _, _ in zip(made, range(MOST_LINES + 1), strict=False))


def _pad(box: Any, spare: float) -> None:
    """Give what is left of the width to the side where lines end, in a centred title to both."""
    align, rtl = box.style["text_align_all"], box.style["direction"] == "rtl"
    left = {"center": spare / 2, "right": spare, "end": spare * (not rtl)}.get(align, spare * rtl)
    box.padding_left += left
    box.padding_right += spare - left
