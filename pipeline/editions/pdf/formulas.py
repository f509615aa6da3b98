"""Formulas as vector pictures: WeasyPrint sets no MathML, ziamath draws it."""

from __future__ import annotations

import warnings
from urllib.parse import quote
from xml.etree import ElementTree as ET

from pipeline.editions.pdf.pagemap import NUMBER

MATHML = "{http://www.w3.org/1998/Math/MathML}"
SIZE = 24.0
"""The size in px at which formulas are drawn; on the page they scale with the text."""


TEXT = 10.5
"""Type size of the text, in pt: what an em of a formula comes to."""
INDENT = 2.0
"""How far, in em, the later lines of a turned formula are set in."""
SIGNS = frozenset("=<>≤≥≈≡∼→⇒⇔+-−±∓")
"""Before one of these a displayed formula that is too wide may be turned."""


def draw(root: ET.Element, width: float) -> None:
    """Replace every ``<math>`` under ``root`` by an ``<img>`` with the TeX as its alt text.

    A displayed formula wider than ``width`` pt is turned before a sign; what still is too wide
    is made smaller. A formula that cannot be drawn stays as its TeX, in code type.
    """
    for parent in list(root.iter()):
        for place, child in enumerate(list(parent)):
            if child.tag == f"{MATHML}math":
                picture = _picture(child, width / TEXT)
                picture.tail = child.tail
                picture.attrib |= {NUMBER: child.get(NUMBER, "0")}
                parent[place] = picture


def _picture(math: ET.Element, room: float) -> ET.Element:
    tex = (math.get("alttext") or "".join(math.itertext())).strip()
    block = math.get("display") == "block"
    try:
        formula = _presentation(math)
        svg, width, height, below = _svg(formula)
        if block and width > room:
            svg, width, height, below = _svg(_turned(formula, room))
    except Exception:
        code = ET.Element("code", {"class": "math"})
        code.text = tex
        return code
    scale = min(1.0, room / width)
    width, height, below = width * scale, height * scale, below * scale
    style = f"width:{width:.4f}em;height:{height:.4f}em;vertical-align:{-below:.4f}em"
    return ET.Element(
        "img",
        {
            "class": "math math-block" if block else "math",
            "alt": tex,
            "style": style,
            "src": "data:image/svg+xml," + quote(svg),
        },
    )


def _turned(formula: ET.Element, room: float) -> ET.Element:
    """The formula as lines that fit ``room`` em, each turned before a sign, the later ones set
    in; the formula as it is if it has no such sign."""
    parts = _parts(formula)
    lines: list[list[ET.Element]] = [[]]
    filled = 0.0
    for part in parts:
        alone = ET.Element("math", formula.attrib)
        alone.extend(part)
        width = _svg(alone)[1]
        if lines[-1] and filled + width > room:
            lines.append([ET.Element("mspace", {"width": f"{INDENT}em"})])
            filled = INDENT
        lines[-1] += part
        filled += width
    table = ET.Element("mtable", {"columnalign": "left", "displaystyle": "true"})
    for line in lines:
        ET.SubElement(ET.SubElement(table, "mtr"), "mtd").extend(line)
    made = ET.Element("math", formula.attrib)
    made.append(table)
    return made if len(lines) > 1 else formula


def _parts(formula: ET.Element) -> list[list[ET.Element]]:
    """What stands at the top of the formula, cut before each sign."""
    items = list(formula)
    while len(items) == 1 and items[0].tag == "mrow":
        items = list(items[0])
    parts: list[list[ET.Element]] = [[]]
    for item in items:
        if item.tag == "mo" and (item.text or "").strip() in SIGNS and parts[-1]:
            parts.append([])
        parts[-1].append(item)
    return parts


def _svg(formula: ET.Element) -> tuple[str, float, float, float]:
    """The picture, its width and height and how far it reaches below the line, all in em."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # how it finds its own font file
        from ziafont.config import config
        from ziamath.zmath import Math

    config.svg2 = False  # plain paths: symbols of several pictures would share ids
    drawn = Math(ET.tostring(formula, encoding="unicode"), size=SIZE)
    picture = drawn.svgxml()
    width, height = float(picture.get("width", "0")), float(picture.get("height", "0"))
    top = float(picture.get("viewBox", "0 0 0 0").split()[1])
    svg = ET.tostring(picture, encoding="unicode")
    return svg, width / SIZE, height / SIZE, (height + top) / SIZE


def _presentation(math: ET.Element) -> ET.Element:
    """The formula without the semantics wrapper and the TeX beside it."""
    made = ET.Element("math", {k: v for k, v in math.attrib.items() if k == "display"})
    made.set("xmlns", MATHML[1:-1])
    made.extend(_plain(child) for child in _unwrapped(math))
    return made


def _unwrapped(element: ET.Element) -> list[ET.Element]:
    found = []
    for child in element:
        name = child.tag.removeprefix(MATHML)
        if name == "semantics":
            found += _unwrapped(child)
        elif not name.startswith("annotation"):
            found.append(child)
    return found


def _plain(element: ET.Element) -> ET.Element:
    made = ET.Element(element.tag.removeprefix(MATHML), element.attrib)
    made.text = element.text
    made.extend(_plain(child) for child in _unwrapped(element))
    return made
