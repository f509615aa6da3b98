"""The largest type with which a post keeps to so many pages, found by halving a grid.

Fifteen sizes and "none" are sixteen answers: four layouts tell them apart.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from pipeline.editions.pdf import finished, layout, sheets
from pipeline.editions.pdf.layout import Pages
from pipeline.model import Diagnostic
from pipeline.read.handout import KEY
from pipeline.variants import pages_wanted

if TYPE_CHECKING:
    from pipeline.editions.pdf.setting import Setting

T = TypeVar("T")

SMALLEST, LARGEST, STEP = 9.5, 13.0, 0.25
"""The sizes that are tried, in pt."""
GRID = tuple(SMALLEST + STEP * n for n in range(round((LARGEST - SMALLEST) / STEP) + 1))


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """The size in pt and what was set in it; ``fits`` is false if not even the smallest does."""

    size: float
    made: T
    fits: bool


def largest(make: Callable[[float], T], fits: Callable[[T], bool]) -> Found[T]:
    """The largest size of the grid that fits while the next one does not; else the smallest."""
    low, high = -1, len(GRID)
    tried: dict[int, T] = {}
    while high - low > 1:
        middle = (low + high) // 2
        tried[middle] = make(GRID[middle])
        if fits(tried[middle]):
            low = middle
        else:
            tried.pop(high, None)  # pages of a whole post: two are enough to hold
            high = middle
    if low < 0:
        return Found(SMALLEST, tried[high], fits=False)
    return Found(GRID[low], tried[low], fits=True)


def fitted(setting: Setting) -> tuple[Pages, tuple[Diagnostic, ...]]:
    """The pages, in the largest type with which ``fit`` is kept; a warning (E230) if none is.

    Without ``fit`` they are set in the type that the options name. A size costs one layout, for
    notes stand at the end then, and a last page of few lines is left as it is.
    """
    told = setting.edition.options
    wanted = pages_wanted(told.fit, told.duplex)
    if wanted is None:
        return _once(setting), ()
    found = largest(
        lambda size: setting.pages(size, tighten=False), lambda pages: pages.count <= wanted
    )
    if found.fits:
        return found.made, ()
    return found.made, (_too_long(setting, found.made, wanted),)


def _once(setting: Setting) -> Pages:
    """The pages in the type that is asked for, in two layouts at most.

    A last page of few lines is taken in; where lines for notes fill it, it is no fault.
    """
    if setting.edition.options.notes in ("lines", "grid"):
        return setting.pages(tighten=False)
    if KEY not in setting.edition.folders:
        return setting.pages()
    pages = _taken_in(setting, setting.pages(tighten=False))
    lines = finished.lonely_lines(pages.document, layout.LINE * pages.scale)
    if not lines:
        return pages
    said = layout.lonely(lines, pages.count, setting.path)
    return replace(pages, diagnostics=(*pages.diagnostics, said))


def _taken_in(setting: Setting, pages: Pages) -> Pages:
    """The pages of a handout in type a step smaller, if that spares a last page of few lines: its
    foot has no room to give. Type whose size the editor says stays as it is."""
    edition = setting.edition
    asked = edition.options.type_size is not None and "type_size" not in edition.suggested
    smaller = pages.scale * sheets.TYPE_SIZE - STEP
    if (
        asked
        or smaller < sheets.SMALLEST_TYPE
        or pages.layouts > 1
        or not finished.lonely_lines(pages.document, layout.LINE * pages.scale)
    ):
        return pages
    tried = setting.pages(smaller, tighten=False, settle=False)
    kept = tried if tried.sound and tried.count < pages.count else pages
    return replace(kept, layouts=2)


def _too_long(setting: Setting, pages: Pages, wanted: int) -> Diagnostic:
    lines = over(pages, wanted, layout.LINE * SMALLEST / sheets.TYPE_SIZE)
    told = f"{lines} line{'s' if lines > 1 else ''}"
    return Diagnostic(
        "E230", "warning",
        f"fit = {setting.edition.options.fit!r} cannot be kept: at {SMALLEST:g} pt "
        f"{told} are over", setting.path, None,
        "shorten the post, allow a page more, or take space for notes or QR codes out",
    )  # fmt: skip


def over(pages: Pages, wanted: int, line: float) -> int:
    """How many lines of ``line`` px the pages after the wanted ones hold."""
    depth = sum(finished.used(page) for page in pages.document.pages[wanted:])
    return max(1, math.ceil(depth / line - 0.01))
