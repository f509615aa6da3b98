"""Dresses a document's body for print: formulas, pictures, boxes, tables, code lines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from pipeline.convert.marks import LONGEST_LEAD
from pipeline.editions.markup import add_class
from pipeline.editions.pdf import (
    code,
    footnotes,
    formulas,
    pictures,
    references,
    stacked,
    tables,
)
from pipeline.editions.pdf.sheets import TYPE_SIZE

if TYPE_CHECKING:
    from pipeline.editions.pdf.sheets import Paper
    from pipeline.model import Document

BOX = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" viewBox="0 0 10 10">'
    '<rect x=".5" y=".5" width="9" height="9" fill="none" stroke="#1a1a1a"/>{tick}</svg>'
)
TICK = '<path d="M2.2 5.2 4.2 7.4 7.9 2.6" fill="none" stroke="#1a1a1a" stroke-width="1.4"/>'

NARROWER = {"li": 17.0, "dd": 17.0, "blockquote": 15.5, "aside": 15.0, "details": 13.5,
            "div.card": 15.0}  # fmt: skip
"""By how many pt an element narrows what stands in it (the measures of the style sheet)."""


SHOWN = frozenset("pre div figure p li ul ol dl table blockquote aside details".split())
"""What a line that ends in a colon points at: the two stay on one page."""
BOXES = frozenset(("aside", "div.card"))
MUCH = 700
"""Characters (ten lines) from which on a box may go over to the next page: held together, it
would leave a hole at a page's foot."""
LONG_WORD = 24
"""Characters from which on a word makes its paragraph ragged."""
LONG_ITEM = 140
"""Characters (two lines) from which on the items of a list are set off from one another."""
RUNNING = 5.9
"""Width in pt of a character in a running head, which is of spaced small caps."""


def running(title: str, room: float) -> str:
    """A title cut to a line that has room for so many characters, at a word's end."""
    words = " ".join(title.split())
    if len(words) <= room:
        return words
    head, _, _ = words[: int(room) - 1].rpartition(" ")
    return f"{(head or words[: int(room) - 1]).rstrip(' ,;:–—-')}…"


def dress(document: Document, paper: Paper, *, feet: bool = True) -> str:
    """The body as XHTML that the pdf style sheet knows how to set; with ``feet`` its short notes
    stand at the feet of pages."""
    root = ET.fromstring(f"<div>{document.body}</div>")  # noqa: S314 - sanitized by convert
    if "math" in document.features or formulas.MATHML[1:-1] in document.body:
        formulas.draw(root, paper.measure)
    if feet:
        footnotes.to_pages(root)
    references.tell_pages(root)
    room = Room(paper.measure, paper.picture, paper.outdented_measure, paper.turned_measure)
    if not paper.small_type:
        stacked.settle(root, paper.measure, TYPE_SIZE)
        room = replace(room, outdented=0.0, turned=0.0, code=TYPE_SIZE)
    _visit(root, room)
    _open(root)
    text = ET.tostring(root, encoding="unicode", short_empty_elements=True)
    return text.removeprefix("<div>").removesuffix("</div>")


@dataclass(frozen=True, slots=True)
class Room:
    """What is left for an element's content: its width in pt, the height in mm that a picture may
    have, the width in pt of a table that reaches into the margins and of one on a turned page
    (none inside of what runs on), and the type size of code in pt."""

    width: float
    picture: float
    outdented: float = 0.0
    turned: float = 0.0
    code: float = code.SIZE

    def inside(self, narrower: float) -> Room:
        """The room within an element that takes so many pt of the width for itself."""
        if not narrower:
            return self
        return replace(self, width=self.width - narrower, outdented=0.0, turned=0.0)


def _visit(element: ET.Element, room: Room) -> None:
    """Walk the tree with the room that is left for each element's content."""
    children = list(element)
    for child, following in zip_longest(children, children[1:]):
        tag = child.tag
        if following is not None and following.tag in SHOWN and _leads(child):
            add_class(child, "leads")
        if tag == "pre":
            code.turn_long_lines(child, room.width, room.code)
            continue
        if tag == "h2":
            title = child.get("data-label") or "".join(child.itertext())
            child.set("data-running", running(title, room.width / RUNNING))
        elif tag == "table":
            place = tables.fit(child, room.width, room.outdented, room.turned)
            if place:
                add_class(element, place)
            cell = Room(tables.share(child, room.width), min(room.picture, pictures.IN_TABLE))
            _visit(child, replace(cell, code=room.code))
            continue
        elif tag in ("p", "li", "dd", "ul", "ol"):
            (_air if tag in ("ul", "ol") else _loosen)(child)
        elif tag == "img":
            source = child.get("src", "")
            if source.startswith("images/"):
                child.set("src", f"asset:{source}")
                pictures.fit(child, room.width, room.picture)
        elif tag == "a" and child.get("class") == "backlink":
            child.text = "↑"  # what HTML has there, no face of ours covers
        elif tag == "span" and child.get("class") == "box":
            _draw_box(child, done="done" in element.get("class", "").split())
        elif _kind(child) in BOXES and len("".join(child.itertext())) > MUCH:
            add_class(child, "tall")
        _visit(child, room.inside(NARROWER.get(_kind(child), 0.0)))


def _open(root: ET.Element) -> None:
    """Make the first paragraph the lead, where the author says of none that it is."""
    blocks = [block for block in root if block.get("role") != "doc-endnotes"]
    if len(blocks) < 2 or blocks[0].tag != "p" or len("".join(blocks[0].itertext())) > LONGEST_LEAD:
        return
    if not any("lead" in block.get("class", "").split() for block in blocks):
        add_class(blocks[0], "lead")


def _leads(block: ET.Element) -> bool:
    """Whether the block's last words say what stands below."""
    return block.tag in ("p", "ul", "ol", "li") and "".join(block.itertext()).rstrip().endswith(":")


def _loosen(block: ET.Element) -> None:
    """Long words that hardly break (addresses, code) would tear gaps into a justified line."""
    if any(len(word) > LONG_WORD or word[0] == "/" for word in _own_text(block).split()) or any(
        len("".join(piece.itertext())) > LONG_WORD for piece in block.iter("code")
    ):
        add_class(block, "loose")


def _air(items: ET.Element) -> None:
    """Set items of several lines off from one another: one must see where each begins."""
    each = [len(_own_text(item)) for item in items]
    if each and sum(each) / len(each) > LONG_ITEM:
        add_class(items, "airy")


def _own_text(block: ET.Element) -> str:
    """The block's text; of a list item only what stands before its inner blocks."""
    inner = [child for child in block if child.tag not in ("ul", "ol", "p", "pre", "div")]
    parts = [block.text or ""]
    for child in inner:
        parts += [*child.itertext(), child.tail or ""]
    return "".join(parts)


def _kind(element: ET.Element) -> str:
    first = element.get("class", "").split()[:1]
    return "div.card" if element.tag == "div" and first == ["card"] else str(element.tag)


def _draw_box(span: ET.Element, *, done: bool) -> None:
    """A task's box as a picture, so that what it says is its alternative text."""
    span.tag = "img"
    span.set("alt", span.attrib.pop("aria-label", "") or ("☑" if done else "☐"))
    span.attrib.pop("role", None)
    svg = BOX.format(tick=TICK if done else "")
    span.set("src", "data:image/svg+xml," + _quoted(svg))


def _quoted(svg: str) -> str:
    from urllib.parse import quote

    return quote(svg, safe="/:=' ,.")
