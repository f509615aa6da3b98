"""Hugo shortcodes and Liquid tags (stub while the rest is laid)."""

from __future__ import annotations

from pipeline.convert.reading import Reading


def expand(markdown: str, lines: tuple[int, ...], reading: Reading) -> tuple[str, tuple[int, ...]]:
    """Expand shortcodes."""
    return markdown, lines
