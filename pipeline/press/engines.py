"""What engines need before the first job: system libraries, faces, and themselves in memory."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from importlib import import_module

from pipeline import fonts, system
from pipeline.diagnostics import fault
from pipeline.editions import ENGINES

PANGO = ("Pango", "PangoFT2")
"""The needs of ``system.NEEDS`` without which there is no PDF; others only make it slower."""


LAZY = {"html": ("jinja2",), "pdf": ("jinja2", "weasyprint"), "epub": ("jinja2", "ebooklib.epub")}
"""Libraries that an engine loads with its first document."""


def require(engines: Iterable[str]) -> None:
    """See that those engines can work here.

    Raises ``Fault`` S010 if a system library is missing (only PDF needs any), E1… if the faces
    cannot be made.
    """
    names = tuple(engines)
    if not names:
        return
    if "pdf" in names:
        lacking = tuple(need for need in system.missing() if need.name in PANGO)
        if lacking:
            raise fault(
                "S010",
                "PDF, and an e-book with the page numbers of it, need what this system lacks: "
                f"{', '.join(need.name for need in lacking)}",
                hint=f"run: {system.cure(lacking)}",
            )
    fonts.library()


def warm(engines: Iterable[str]) -> None:
    """Load every engine before workers are forked, so that they share it: forking a loaded
    parent costs a post nothing, loading in each worker most of a second."""
    from pipeline import convert, normalize  # noqa: F401

    for engine in engines:
        ENGINES[engine]()
        for module in LAZY.get(engine, ()):
            import_module(module)
    gc.collect()
    gc.freeze()
