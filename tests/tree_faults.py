"""What is wrong with the structure tree of a PDF, whatever it says: what veraPDF does not look at.

ISO 32000-1, 14.7 and 14.8; PDF/UA-1 (ISO 14289-1), clause 7. Nothing here uses the project's code.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from tests.tagged_text import Tagged

BELOW = {
    "/L": {"/LI", "/L"}, "/LI": {"/Lbl", "/LBody"}, "/TR": {"/TH", "/TD"},
    "/THead": {"/TR"}, "/TBody": {"/TR"}, "/TFoot": {"/TR"},
    "/Table": {"/Caption", "/THead", "/TBody", "/TFoot", "/TR"},
    "/TOC": {"/TOCI", "/TOC"},
}  # fmt: skip
"""Elements that hold nothing but these."""


def faults(path: Path) -> list[str]:
    """Each fault in a line; none in a good tree."""
    with pikepdf.open(path) as pdf:
        found = [*_structure(pdf), *_annotations(pdf)]
    return [*found, *_outline(path)]


def _structure(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Marks in the tree and on the pages, the way back from each, and what elements hold."""
    pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
    owners: dict[tuple[int, int], Any] = {}
    for element, parent in _elements(pdf):
        role = str(element.S)
        if element.P.objgen != parent.objgen:
            yield f"{role} does not know its parent"
        kids = _kids(element)
        below = {str(kid.S) for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid}
        if not below <= BELOW.get(role, below):
            yield f"{role} holds {sorted(below)}"
        for page, mark in _marks(element, kids):
            if (pages[page.objgen], mark) in owners:
                yield f"mark {mark} of page {pages[page.objgen] + 1} is in the tree twice"
            owners[pages[page.objgen], mark] = element
        yield from _said(role, element, kids)
    drawn = Counter(_drawn(pdf))
    if set(drawn) != set(owners) or max(drawn.values(), default=1) > 1:
        yield f"marks on the pages and in the tree: {sorted(set(drawn) ^ set(owners))[:5]}"
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    back = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
    for (number, mark), element in owners.items():
        way = back[int(pdf.pages[number].obj.StructParents)]
        if way[mark].objgen != element.objgen:
            yield f"mark {mark} of page {number + 1} leads to another element"


def _said(role: str, element: Any, kids: list[Any]) -> Iterator[str]:
    """What an element has to say of itself."""
    if role == "/TH" and str(element.get("/A", {}).get("/Scope", "")) not in ("/Row", "/Column"):
        yield "a header of a table has no scope"
    if role in ("/Figure", "/Formula") and not str(element.get("/Alt", "")):
        yield f"{role} has no text"
    if role == "/Note" and not str(element.get("/ID", "")):
        yield "a note has no name"
    if role == "/Link" and not any(
        isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR" for kid in kids
    ):
        yield "a link has no area"


def _annotations(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Areas of links: with a text, and known to the tree."""
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    back = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
    for number, page in enumerate(pdf.pages):
        for area in page.get("/Annots", []):
            if not str(area.get("/Contents", "")).strip():
                yield f"an area on page {number + 1} has no text"
            element = back.get(int(area.get("/StructParent", -1)))
            if element is None or str(element.S) != "/Link":
                yield f"an area on page {number + 1} belongs to no link"


def _outline(path: Path) -> Iterator[str]:
    """The outline and the headings, in their order."""
    tree = Tagged(path)
    drop_numbers_of_links(tree)
    headings = [
        (int(element.role[1]), re.sub(r"[\W_]+", "", tree.text(element)))
        for element in tree.root.walk()
        if re.fullmatch(r"H[2-6]", element.role)
    ]
    with tree.pdf.open_outline() as outline:
        items = list(_items(outline.root, 2))
    if [(level, re.sub(r"[\W_]+", "", title)) for level, title in items] != headings:
        yield f"the outline is not the headings: {items[:9]} {headings[:9]}"


def drop_numbers_of_links(tree: Tagged) -> None:
    """Take the text out of numbers that stand behind links in a handout: they are the page's."""
    for link in tree.root.all("Link"):
        if any(str(area.get("/Dest", "")).startswith("link-") for area in link.areas):
            link.parts.clear()


def _items(items: list[pikepdf.OutlineItem], level: int) -> Iterator[tuple[int, str]]:
    for item in items:
        yield level, item.title
        yield from _items(item.children, level + 1)


def _elements(pdf: pikepdf.Pdf) -> Iterator[tuple[Any, Any]]:
    """Every element with its parent."""
    pile: list[tuple[Any, Any]] = [(pdf.Root.StructTreeRoot, None)]
    while pile:
        item, parent = pile.pop()
        if parent is not None:
            yield item, parent
        pile += [(kid, item) for kid in _kids(item)
                 if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]  # fmt: skip


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _marks(element: Any, kids: list[Any]) -> Iterator[tuple[Any, int]]:
    for kid in kids:
        if isinstance(kid, int):
            yield element.Pg, kid
        elif kid.get("/Type") == "/MCR":
            yield kid.Pg, int(kid.MCID)


def _drawn(pdf: pikepdf.Pdf) -> Iterator[tuple[int, int]]:
    for number, page in enumerate(pdf.pages):
        for instruction in pikepdf.parse_content_stream(page, "BDC"):
            properties: Any = instruction.operands[1]
            if "/MCID" in properties:
                yield number, int(properties.MCID)
