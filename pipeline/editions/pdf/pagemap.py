"""Which place of the text each page begins with: read off the pages once they are set.

Every element of the body bears its number before it is dressed for print. On a page, the first
box that holds something says which element that is; how much of the element's own text stood on
the pages before is known by following that text along its boxes, since a hyphen at a line's end,
a word joiner or a name in place of a missing glyph is in the box but not in the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from pipeline.convert import tree as convert
from pipeline.editions import markup
from pipeline.editions.pdf import labels
from pipeline.editions.places import own_text
from pipeline.model import PageStart

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NUMBER = "data-place"
"""The attribute that holds an element's number."""
ACTUAL = "data-actual"
"""What a name stands for that is printed where a glyph is missing."""
CLOSED = ("{http://www.w3.org/1998/Math/MathML}math", "{http://www.w3.org/2000/svg}svg")
"""What is one thing to the layout: nothing in it is numbered."""


def numbered(body: str) -> str:
    """The body with the number of each element in document order; the body itself is 0."""
    root = markup.parse(body)
    inside: set[Element] = set()
    for place, element in enumerate(e for e in root.iter() if isinstance(e.tag, str)):
        parent = element.getparent()
        if parent in inside or (parent is not None and parent.tag in CLOSED):
            inside.add(element)
        elif place:
            element.set(NUMBER, str(place))
    return convert.serialize(root)


def starts(pages: Any, body: str) -> tuple[PageStart, ...]:
    """Where each of WeasyPrint's ``pages`` begins in ``body``, of which they were made with
    numbers."""
    tree = pages[0]._page_box.children[0].element
    reader = _Reader(tree, body)
    boxes = [page._page_box for page in pages]
    names = labels.texts([box.page_type.name for box in boxes])
    found = [reader.page(name, box.children[0]) for name, box in zip(names, boxes, strict=True)]
    for place in range(len(found) - 2, -1, -1):  # a blank page begins where the next one does
        following = found[place + 1]
        if found[place].part == "blank":
            found[place] = replace(following, label=found[place].label)
    return tuple(found)


class _Reader:
    """How far the text has been read, by element."""

    def __init__(self, tree: ET.Element, body: str) -> None:
        self.parents = {child: parent for parent in tree.iter() for child in parent}
        root = ET.fromstring(f"<div>{body}</div>")  # noqa: S314 - sanitized by convert
        self.texts = [own_text(element) for element in root.iter()]
        self.read = [0] * len(self.texts)
        self.heads: set[ET.Element] = set()
        self.named: set[ET.Element] = set()
        self.pages = 0

    def page(self, label: str, root: Any) -> PageStart:
        """Where the page begins; what stands on it counts as read."""
        first: PageStart | None = None
        other: ET.Element | None = None
        new_heads: set[ET.Element] = set()
        for box in self._boxes(root, new_heads):
            place = self._number(box.element)
            if place is None:
                other = box.element if other is None else other
                continue
            first = first or PageStart(label, "text", place, self.read[place])
            self._follow(place, box)
        self.heads |= new_heads
        self.pages += 1
        if self.pages == 1:
            return PageStart(label, "title")
        if first is None and any(self.read):
            first = PageStart(label, "blank" if other is None else "end")
        elif first is None:
            first = PageStart(label, "contents" if self._within(other, "nav") else "title")
        return first

    def _boxes(self, box: Any, heads: set[ET.Element]) -> Iterator[Any]:
        """The boxes that show something of an element, in order; a table's head once."""
        if "::" in box.element_tag:
            return
        if getattr(box, "is_header", False):
            if box.element in self.heads:
                return
            heads.add(box.element)
        kids = getattr(box, "children", ())
        if getattr(box, "text", "").strip() or hasattr(box, "replacement"):
            yield box
        for kid in kids:
            yield from self._boxes(getattr(kid, "_box", kid), heads)

    def _number(self, element: ET.Element | None) -> int | None:
        """The number of the element, or of the nearest above it that has one."""
        while element is not None:
            if NUMBER in element.attrib:
                return int(element.attrib[NUMBER])
            element = self.parents.get(element)
        return None

    def _within(self, element: ET.Element | None, tag: str) -> bool:
        while element is not None and element.tag != tag:
            element = self.parents.get(element)
        return element is not None

    def _follow(self, place: int, box: Any) -> None:
        """Go on in the element's own text by what the box shows of it."""
        shown = getattr(box, "text", "")
        actual = box.element.get(ACTUAL)
        if actual is not None:
            shown = "" if box.element in self.named else actual
            self.named.add(box.element)
        text, at = self.texts[place], self.read[place]
        for character in shown:
            if character.isspace() or at == len(text):
                continue
            if text[at] == character or character not in IGNORED:
                at += 1
        self.read[place] = at


IGNORED = frozenset("-\u2010\u00ad\u200b\u2060")
"""What the layout adds: a hyphen at a line's end, and what was put in to steer it."""
