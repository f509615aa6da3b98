"""How large a picture stands on the page: known before any layout, in proportion always.

WeasyPrint's ``max-width`` and ``max-height`` each cut one side of a picture whose ``width`` and
``height`` are given, so the size is reckoned here: natural at 96 dots an inch, or smaller.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

PT_PER_PX = 0.75
MM = 72 / 25.4
IN_TABLE = 42.0
"""The greatest height, in mm, of a picture that shares its line with other cells."""


def fit(picture: ET.Element, width: float, height: float) -> None:
    """Give the picture the largest size that keeps within ``width`` pt and ``height`` mm.

    A picture that does not tell its size is left to the style sheet.
    """
    try:
        natural = [float(picture.get(side, "")) * PT_PER_PX for side in ("width", "height")]
    except ValueError:
        return
    if min(natural) <= 0:
        return
    scale = min(1.0, width / natural[0], height * MM / natural[1])
    across, down = (side * scale for side in natural)
    picture.set("style", f"width:{across:.2f}pt;height:{down:.2f}pt;max-width:none;max-height:none")
