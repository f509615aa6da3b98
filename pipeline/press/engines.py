"""The system libraries behind the engines, and the one command that brings them here."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterable

from pipeline.diagnostics import fault
from pipeline.editions import EDITIONS, ENGINES

PACKAGES = (
    ("apt-get", "apt-get install -y", "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
    ("dnf", "dnf install -y", "pango harfbuzz"),
    ("brew", "brew install", "pango harfbuzz"),
)
"""Package manager, its call, and the packages with Pango and HarfBuzz-Subset."""


def cure() -> str:
    """The one command that brings the system libraries on this system."""
    for tool, call, packages in PACKAGES:
        if shutil.which(tool):
            sudo = "" if tool == "brew" or os.geteuid() == 0 else "sudo "
            return f"{sudo}{call} {packages}"
    return "install Pango 1.44 or newer with your system's package manager"


def require(editions: Iterable[str]) -> None:
    """Load what the editions need. Raises ``Fault`` S010 if a system library is missing."""
    if not any(EDITIONS[name].engine == "pdf" for name in editions):
        return
    try:
        import weasyprint  # noqa: F401, PLC0415 - .5 s, and it needs Pango: only where pdf is asked
    except OSError as error:
        raise fault(
            "S010", f"PDF needs the system library Pango, which is missing here ({_short(error)})",
            hint=f"run: {cure()}",
        ) from error  # fmt: skip


def _short(error: OSError) -> str:
    return " ".join(str(error).split(".  ")[0].split())[:120]


def warm(editions: Iterable[str]) -> None:
    """Load every engine before workers are forked, so that they share it: forking a loaded
    parent costs a post nothing, loading in each worker most of a second."""
    from pipeline import convert, normalize  # noqa: F401, PLC0415

    for name in editions:
        ENGINES[EDITIONS[name].engine]()
    gc.collect()
    gc.freeze()
