"""The baseline rhythm: lines of text stand on a grid, whatever stands between them.

A block of code, a table or a picture is as high as it is, and the text below would stand
anywhere. So a block of text begins at the next line of the grid: it is moved down by what is
missing before its lines are broken, so pages end where they must. What is no text has the space
that is left over above and below it in equal parts.

A style sheet says the grid in a custom property that is inherited: ``--grid: STEP ORIGIN``, two
lengths. Lines stand at ``ORIGIN`` from the paper's upper edge and at multiples of ``STEP`` from
there. ``--grid: none`` ends it, for what has a leading of its own. CSS has ``block-step`` for this
(css-rhythm-1), which WeasyPrint lacks.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

TEXT = frozenset("p ul ol li dl dt dd blockquote aside details div".split())
"""Elements that begin on the grid."""
HEADINGS = frozenset("h2 h3 h4 h5 h6".split())
"""Elements after whose first line the text below is to begin on the grid."""
BLOCKS = frozenset("pre figure".split())
"""Elements that stand in the middle of their room; and the ``div`` of a table."""
PROPERTY = "__grid"
"""WeasyPrint's name of ``--grid``."""
PX = {"px": 1.0, "pt": 4 / 3, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
NEAR = 0.02
"""In px: what is nearer than this to a line of the grid stands on it."""


@contextmanager
def kept() -> Iterator[None]:
    """Let WeasyPrint lay out with the grid that style sheets ask for."""
    from weasyprint.layout import block as blocks

    theirs = blocks.block_container_layout

    def on_grid(*told: Any, **named: Any) -> Any:
        if named:
            return theirs(*told, **named)  # a box that is not in the flow of the text
        context, box, bottom_space, skip_stack, _, _, _, margins, *_ = told
        grid = _grid(box.style) if skip_stack is None else NONE
        ahead = _ahead(box) if grid.step else None
        if ahead is not None:
            above = blocks.collapse_margin([*(margins or ()), box.margin_top])
            box.position_y += grid.missing(box.position_y + above + ahead)
        made = theirs(*told)
        if grid.step and _is_block(box) and made[0] is not None and made[1] is None:
            _centre(made[0], grid, context, bottom_space)
        return made

    blocks.block_container_layout = on_grid
    try:
        yield
    finally:
        blocks.block_container_layout = theirs


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines at ``origin`` px and at every multiple of ``step`` px from there; none if that is 0."""

    step: float = 0.0
    origin: float = 0.0

    def missing(self, place: float) -> float:
        """How far it is from the place down to the next line."""
        over = (place - self.origin) % self.step
        return 0.0 if over < NEAR or self.step - over < NEAR else self.step - over


NONE = Grid()


def _grid(style: Any) -> Grid:
    lengths = [
        token.value * PX[token.lower_unit]
        for token in style[PROPERTY] or ()
        if token.type == "dimension" and token.lower_unit in PX
    ]
    return Grid(*lengths) if len(lengths) == 2 and lengths[0] > 0 else NONE


def _ahead(box: Any) -> float | None:
    """How far below its upper edge the box wants a line of the grid; None if anywhere."""
    if _is_block(box):
        return None
    if box.element_tag in HEADINGS:
        return _leading(box.style) + float(box.margin_bottom)
    return 0.0 if box.element_tag in TEXT else None


def _leading(style: Any) -> float:
    """From one line to the next, in px, where the style says it as a length."""
    return float(getattr(style["line_height"], "value", 0.0))


def _is_block(box: Any) -> bool:
    """Whether the box is one of those that are no text."""
    if box.element_tag == "div":
        return "table" in box.element.get("class", "").split()
    return box.element_tag in BLOCKS


def _centre(box: Any, grid: Grid, context: Any, bottom_space: Any) -> None:
    """Put half of what is missing at the end of a finished box above it, half below it."""
    edge = box.border_box_y() + box.border_height()
    half = grid.missing(edge + box.margin_bottom) / 2
    if half and not context.overflows_page(bottom_space, edge + half):
        box.translate(dy=half)
        box.margin_bottom += half
