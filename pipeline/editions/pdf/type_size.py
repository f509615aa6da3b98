"""Larger and smaller type: every length of a page in the same ratio.

The style sheets are written for text of 10.5 pt. Type of another size is the same page seen
through a lens: it is set on a sheet that is as much smaller (:class:`.sheets.Paper`), and all its
lengths are then made larger, those of the sheet included. So leading, indents, rules and the
small print keep their ratio to the text, and code and tables are fitted by the same reckoning.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

LENGTH = re.compile(r"(?<![\w.#%-])(-?(?:\d+\.?\d*|\.\d+))(pt|mm|cm|in|px|pc|Q)\b")
"""An absolute length of CSS (css-values-3, 6.2)."""


def enlarge(tree: ET.Element, scale: float) -> None:
    """Multiply every absolute length in the style sheets and ``style`` attributes of the tree."""
    if scale == 1:
        return
    for element in tree.iter():
        if element.tag == "style" and element.text:
            element.text = enlarged(element.text, scale)
        if "style" in element.attrib:
            element.set("style", enlarged(element.get("style", ""), scale))


def enlarged(text: str, scale: float) -> str:
    """The CSS with every absolute length multiplied, to a ten-thousandth of its unit."""
    return LENGTH.sub(lambda found: f"{_number(float(found[1]) * scale)}{found[2]}", text)


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")
