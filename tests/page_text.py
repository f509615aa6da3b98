"""The printed pages' own text, and the text that an e-book or web page has behind each mark."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from lxml import etree

from tests.reading_back import Book, html_tree

TEXT_AREA = ("-x", "0", "-y", "74", "-W", "595", "-H", "686")
"""An A4 page without its head and foot, in pt."""
NUMBERED = re.compile(r"\s*(?:\d+|[a-z])[.)]\s+")
LINE = 90
"""Characters, white space apart, that no line of a page has more of."""


@dataclass(frozen=True)
class Paged:
    """The whole text of an edition, white space apart, and where in it each page begins."""

    text: str
    marks: dict[str, int]


def bare(text: str) -> str:
    """The text without what an edition may add or leave out: white space, hyphens, signs."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(c for c in plain if c.isalnum()).casefold()


def printed_lines(pdf: Path) -> list[list[str]]:
    """The lines of each page's text area, as a PDF reader extracts them."""
    command = ["pdftotext", "-layout", *TEXT_AREA, "-enc", "UTF-8", str(pdf), "-"]
    text = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    return [[line for line in page.splitlines() if bare(line)] for page in text.split("\f")[:-1]]


def labels_of(pdf: Path) -> list[str]:
    """The page labels, as a PDF reader shows them."""
    with pikepdf.open(pdf) as opened:
        return [page.label for page in opened.pages]


def paged(trees: list[etree._Element]) -> Paged:
    """The text of those pages or files in their order."""
    pieces: list[str] = []
    marks: dict[str, int] = {}
    length = 0

    def add(text: str | None) -> None:
        nonlocal length
        pieces.append(bare(text or ""))
        length += len(pieces[-1])

    def walk(element: etree._Element) -> None:
        if element.get("role") == "doc-pagebreak":
            marks[str(element.get("id")).removeprefix("g-").removeprefix("page-")] = length
        if isinstance(element.tag, str) and not element.tag.endswith("}math"):
            add(element.text)
            for child in element:
                walk(child)
                add(child.tail)

    for root in trees:
        walk(root)
    return Paged("".join(pieces), marks)


def in_book(epub: Path) -> Paged:
    """The e-book's text by its marks, in reading order."""
    return paged([page.find("{*}body") for page in Book(epub).pages()])


def in_page(html: Path) -> Paged:
    """The web page's text by its marks."""
    return paged([html_tree(html).find(".//article")])


def distance(paged: Paged, label: str, lines: list[str]) -> int | None:
    """How many characters lie between a mark and the first of a page's lines that is found near
    it; None if none of the first few is found within five lines."""
    at = paged.marks[label]
    for line in (lines[0], NUMBERED.sub("", lines[0])):
        wanted = bare(line)[:40]
        start = max(0, at - 5 * LINE)
        near = paged.text[start : at + 5 * LINE]
        places = [start + n for n in range(len(near)) if near.startswith(wanted, n)]
        if places:
            return min((place - at for place in places), key=abs)
    return None
