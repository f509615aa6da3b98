"""Python's garbage collector, told to wait while work is done that leaves no garbage for it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def waiting() -> Iterator[None]:
    """Inside, memory is freed by reference counts alone. What makes many objects that live on, such
    as a block tree or the boxes of a layout, would have them all looked through again and again,
    the more of them the longer, and hardly one found to be garbage."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
