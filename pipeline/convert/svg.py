"""Local SVG files: accepted only if they hold shapes and text and nothing else.

No allow-list can make an unknown drawing safe by cutting; one that needs cutting is refused, and
the editor is asked for a PNG. ``<use>`` is refused because nested uses cost minutes.
"""

from __future__ import annotations

import re

from pipeline.convert.pictures import Picture, Unusable

_ELEMENTS = frozenset(
    """svg g path rect circle ellipse line polyline polygon text tspan title desc defs
    linearGradient radialGradient stop clipPath""".split()
)
_ATTRIBUTES = frozenset(
    """id class x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy d points width height viewBox
    preserveAspectRatio transform fill fill-opacity fill-rule stroke stroke-width stroke-opacity
    stroke-linecap stroke-linejoin stroke-dasharray stroke-dashoffset stroke-miterlimit opacity
    offset stop-color stop-opacity gradientUnits gradientTransform clip-path clip-rule
    font-size font-family font-weight font-style text-anchor dominant-baseline letter-spacing
    version space lang role display visibility color""".split()
)
_SVG = "{http://www.w3.org/2000/svg}"
_ELEMENTS_AT_MOST = 20_000
_BYTES_AT_MOST = 2_000_000
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)(px|pt|mm|cm|in)?\s*")
_PX = {"": 1.0, "px": 1.0, "pt": 96 / 72, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}


def read(data: bytes) -> Picture:
    """The drawing as it is; raises ``Unusable`` C034 naming the first thing that is not a shape."""
    from lxml import etree

    if len(data) > _BYTES_AT_MOST:
        raise Unusable("C034", f"{len(data)} bytes")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Unusable("C034", "a document type")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unusable("C033", str(error)) from error
    if root.tag != _SVG + "svg":
        raise Unusable("C033", "not an SVG file")
    for count, element in enumerate(root.iter()):
        if count > _ELEMENTS_AT_MOST:
            raise Unusable("C034", f"more than {_ELEMENTS_AT_MOST} elements")
        tag = str(element.tag)
        if not tag.startswith(_SVG) or tag[len(_SVG) :] not in _ELEMENTS:
            raise Unusable("C034", f"<{tag.rpartition('}')[2]}>")
        for name, value in element.attrib.items():
            _check(str(name), str(value))
    width, height = _size(root.get("width"), root.get("height"), root.get("viewBox"))
    return Picture(etree.tostring(root), "image/svg+xml", ".svg", width, height)


def _check(name: str, value: str) -> None:
    if name.rpartition("}")[2] not in _ATTRIBUTES:
        raise Unusable("C034", f"the attribute {name.rpartition('}')[2]}")
    address = re.sub(r"url\(\s*#[\w-]+\s*\)", "", value)
    if "url(" in address.lower() or "javascript:" in address.lower() or "\\" in address:
        raise Unusable("C034", f"an address in {name}")


def _size(width: str | None, height: str | None, box: str | None) -> tuple[int, int]:
    """Width and height in px: stated, else of the view box, else the 300 × 150 of CSS."""
    found = [_LENGTH.fullmatch(value) if value else None for value in (width, height)]
    if found[0] and found[1]:
        sizes = [float(f[1]) * _PX[f[2] or ""] for f in found if f]
        return max(1, round(sizes[0])), max(1, round(sizes[1]))
    numbers = re.findall(r"-?\d+(?:\.\d+)?", box or "")
    if len(numbers) == 4:
        return max(1, round(float(numbers[2]))), max(1, round(float(numbers[3])))
    return 300, 150
