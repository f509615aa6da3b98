"""Looks at pages that have been laid out: is a note lost, does the last page hold too little?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

FEWEST_LINES = 3
"""A last page with fewer lines of text than this is hardly a page."""


GIVEN = 0.4
"""How much of its margin a foot gives away for that."""


def lonely_lines(document: Any, line: float) -> int:
    """How many lines a last page holds that holds too few; 0 if all is well.

    ``line`` is the height of a line of text, in px.
    """
    pages = document.pages
    if len(pages) < 2:
        return 0
    _, *others = pages[-1]._page_box.children
    if any(_is_foot(child) and child.children for child in others):
        return 0  # a note stands there too
    lines = used(pages[-1]) / line
    return max(1, round(lines)) if lines < FEWEST_LINES - 0.25 else 0


def used(page: Any) -> float:
    """How much of the page's height its text takes, in px."""
    content = page._page_box.children[0]
    return float(_depth(content) - content.content_box_y())


def tightened(document: Any, line: float) -> str:
    """A style sheet that gives every page two lines more at its foot, or one where the margin is
    narrow: with one alone, every sixth post of those that need it keeps its last page. A list's
    first and last items may then stand alone."""
    feet = {}
    for page in document.pages:
        foot = _foot(page)
        lines = max(1, min(2, int(foot * GIVEN / line)))
        feet[page._page_box.page_type.name] = foot - lines * line
    rules = [
        f"@page {name} {{ margin-bottom: {foot:.3f}px !important }}" for name, foot in feet.items()
    ]
    return "\n".join([*rules, "li { break-before: auto !important; break-after: auto !important }"])


def is_whole(document: Any, notes: list[ET.Element]) -> bool:
    """Whether all that the notes say stands on the pages."""
    if not notes:
        return True
    seen = dict.fromkeys(map(id, notes), 0)
    for page in document.pages:
        for child in page._page_box.children:
            if _is_foot(child):
                for note in child.children:
                    seen[id(note.element)] = seen.get(id(note.element), 0) + _letters(note)
    return all(seen[id(note)] >= _count("".join(note.itertext())) for note in notes)


def has_strays(document: Any, notes: list[ET.Element], tree: ET.Element) -> bool:
    """Whether a note stands on another page than its call.

    WeasyPrint takes a note with it to the page after next when a paragraph that calls it is moved
    to the next page.
    """
    if not notes:
        return False
    calls: dict[str, int] = {}
    for call in tree.iter("a"):
        if call.get("role") == "doc-noteref":
            calls.setdefault(call.get("href", ""), id(call))
    for page in document.pages:
        content, *others = page._page_box.children
        here = set(_elements(content))
        for note in (kid for child in others if _is_foot(child) for kid in child.children):
            if calls.get(f"#{note.element.get('id')}") not in here:
                return True
    return False


def _elements(box: Any) -> Iterator[int]:
    """The identities of the elements whose boxes stand in this one."""
    yield id(box.element)
    for kid in getattr(box, "children", ()):
        yield from _elements(getattr(kid, "_box", kid))


def _foot(page: Any) -> float:
    return float(page._page_box.margin_bottom)


def _is_foot(box: Any) -> bool:
    """Whether the box is the area of a page's notes."""
    return type(box).__name__ == "FootnoteAreaBox"


def _depth(box: Any) -> float:
    """How far down the page the text under the box reaches, in px."""
    kids = getattr(box, "children", ())
    if not kids:
        return float(box.position_y + (box.height if isinstance(box.height, int | float) else 0))
    return max(_depth(getattr(kid, "_box", kid)) for kid in kids)


def _letters(box: Any) -> int:
    return sum(_count(text) for text in _texts(box))


def _texts(box: Any) -> Iterator[str]:
    if hasattr(box, "text"):
        yield box.text
    for kid in getattr(box, "children", ()):
        yield from _texts(getattr(kid, "_box", kid))


def _count(text: str) -> int:
    return sum(map(str.isalnum, text))
