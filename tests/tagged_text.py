"""A PDF's structure tree read back with its text: pikepdf has the tree, PDFium the words.

Nothing here uses the project's own code.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from pypdfium2 import raw

Place = tuple[int, int]
"""A page's index and the number of marked content on it."""


@dataclass(eq=False)
class Element:
    """A structure element; ``parts`` are its kids in order, marked content as its place."""

    role: str
    entries: dict[str, Any]
    parts: list[Element | Place] = field(default_factory=list)
    areas: list[Any] = field(default_factory=list)
    """The annotations that it owns."""

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in reading order."""
        yield self
        for part in self.parts:
            if isinstance(part, Element):
                yield from part.walk()

    def all(self, *roles: str) -> list[Element]:
        """The elements of those roles, this one among them."""
        return [element for element in self.walk() if element.role in roles]

    def places(self) -> Iterator[Place]:
        """The marked content of it and of all below it, in reading order."""
        for part in self.parts:
            if isinstance(part, Element):
                yield from part.places()
            else:
                yield part


class Tagged:
    """A tagged PDF: its tree, and the text of each piece of marked content."""

    def __init__(self, source: Path | bytes) -> None:
        from io import BytesIO

        self.pdf = pikepdf.open(BytesIO(source) if isinstance(source, bytes) else source)
        self.pages = {page.objgen: number for number, page in enumerate(self.pdf.pages)}
        (self.root,) = self._elements(self.pdf.Root.StructTreeRoot.K)
        self.texts, self.boxes = _texts(source)

    def text(self, element: Element, *without: str) -> str:
        """The text of the element in reading order, what replaces text in its place, and nothing
        of elements whose role is in ``without``."""
        if element.role in without:
            return ""
        if "ActualText" in element.entries:
            return str(element.entries["ActualText"])
        return "".join(
            self.text(part, *without) if isinstance(part, Element) else self.texts.get(part, "")
            for part in element.parts
        )

    def _elements(self, kids: Any) -> Iterator[Element]:
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield self._element(kid)

    def _element(self, item: Any) -> Element:
        entries = {str(k)[1:]: v for k, v in item.items() if k not in ("/K", "/P", "/Pg", "/S")}
        made = Element(str(item.S)[1:], entries)
        kids = item.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                made.parts.append((self.pages[item.Pg.objgen], kid))
            elif "/S" in kid:
                made.parts.append(self._element(kid))
            elif kid.Type == "/MCR":
                made.parts.append((self.pages[kid.Pg.objgen], int(kid.MCID)))
            elif kid.Type == "/OBJR":
                made.areas.append(kid.Obj)
        return made


def _texts(source: Path | bytes) -> tuple[dict[Place, str], dict[Place, tuple[Box, Box]]]:
    """The text of each piece of marked content, a blank between the lines it is drawn in, and
    where its first and its last part stand."""
    found: dict[Place, str] = {}
    edges: dict[Place, tuple[Box, Box]] = {}
    document = pypdfium2.PdfDocument(source)
    for number in range(len(document)):
        page = document[number]
        words = page.get_textpage()
        for index in range(raw.FPDFPage_CountObjects(page)):
            thing = raw.FPDFPage_GetObject(page, index)
            mark = raw.FPDFPageObj_GetMarkedContentID(thing)
            if mark >= 0 and raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_TEXT:
                box = _box(thing)
                first, last = edges.get((number, mark), (box, box))
                parted = " " if apart(last, box) else ""
                edges[number, mark] = first, box
                found[number, mark] = found.get((number, mark), "") + parted + _text(thing, words)
        words.close()
        page.close()
    document.close()
    return found, edges


Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in pt."""


def _box(thing: Any) -> Box:
    edges = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(thing, *map(ctypes.byref, edges))
    left, bottom, right, top = (edge.value for edge in edges)
    return left, bottom, right, top


def apart(before: Box, box: Box) -> bool:
    """Whether a piece begins on another line than the one before it ends, or after a gap."""
    middle, height = (before[1] + before[3]) / 2, before[3] - before[1]
    elsewhere = abs((box[1] + box[3]) / 2 - middle) > max(height, box[3] - box[1]) * 0.55
    return elsewhere or box[0] < before[0] or box[0] > before[2] + (before[3] - before[1]) * 0.18


def _text(thing: Any, words: Any) -> str:
    size = raw.FPDFTextObj_GetText(thing, words, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFTextObj_GetText(
        thing, words, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size
    )
    return buffer.raw.decode("utf-16-le").removesuffix("\0")
