"""QR codes (ISO/IEC 18004) as drawings, at a size that a telephone reads from paper."""

from __future__ import annotations

import io
from dataclasses import dataclass

QUIET = 4
"""Modules of white around a code (ISO/IEC 18004, 6.3.8)."""
SIDE, MODULE = 15.0, 0.4
"""The least side of a code with its quiet zone, and the least side of a module, in mm."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code: the address of its file on the page, its drawing, and its modules from edge to
    edge with the quiet zone."""

    address: str
    svg: bytes
    modules: int

    def side(self, least: float = SIDE) -> float:
        """Its side in mm with the quiet zone, no less than ``least``."""
        return max(least, self.modules * MODULE)

    @property
    def quiet(self) -> float:
        """The part of its side that the quiet zone takes at one edge."""
        return QUIET / self.modules


def code(text: str, address: str) -> Code | None:
    """The code of a text, with as much error correction as its size has room for (L or more).

    None if the text is longer than a code can hold (2,953 bytes).
    """
    import segno

    try:
        made = segno.make_qr(text, error="l", encoding="utf-8", boost_error=True)
    except segno.DataOverflowError:
        return None
    out = io.BytesIO()
    made.save(
        out, kind="svg", border=QUIET, xmldecl=False, omitsize=True, dark="#000", svgclass=None,
        lineclass=None,
    )  # fmt: skip
    return Code(address, out.getvalue().strip(), int(made.symbol_size(border=QUIET)[0]))
