"""Formulas as vector pictures: WeasyPrint sets no MathML, ziamath draws it."""

from __future__ import annotations

from urllib.parse import quote
from xml.etree import ElementTree as ET

MATHML = "{http://www.w3.org/1998/Math/MathML}"
SIZE = 24.0
"""The size in px at which formulas are drawn; on the page they scale with the text."""


def draw(root: ET.Element) -> None:
    """Replace every ``<math>`` under ``root`` by an ``<img>`` with the TeX as its alt text.

    A formula that cannot be drawn stays as its TeX, in code type.
    """
    for parent in list(root.iter()):
        for place, child in enumerate(list(parent)):
            if child.tag == f"{MATHML}math":
                picture = _picture(child)
                picture.tail = child.tail
                parent[place] = picture


def _picture(math: ET.Element) -> ET.Element:
    tex = (math.get("alttext") or "".join(math.itertext())).strip()
    block = math.get("display") == "block"
    try:
        svg, width, height, below = _svg(math)
    except Exception:
        code = ET.Element("code", {"class": "math"})
        code.text = tex
        return code
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


def _svg(math: ET.Element) -> tuple[str, float, float, float]:
    """The picture, its width and height and how far it reaches below the line, all in em."""
    from ziafont.config import config
    from ziamath.zmath import Math

    config.svg2 = False  # plain paths: symbols of several pictures would share ids
    drawn = Math(ET.tostring(_presentation(math), encoding="unicode"), size=SIZE)
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
