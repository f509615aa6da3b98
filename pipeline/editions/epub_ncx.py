"""The NCX, by which reading systems older than EPUB 3 find their way: depth, language, pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAMESPACE = "{http://www.daisy.org/z3986/2005/ncx/}"
POINT = f"{NAMESPACE}navPoint"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Page(Protocol):
    """A printed page: its number as it is printed, and its place in the book."""

    @property
    def title(self) -> str:
        """The number."""

    @property
    def address(self) -> str:
        """File and fragment."""


def with_pages(ncx: bytes, pages: tuple[Page, ...], language: str) -> bytes:
    """EbookLib's NCX with what it leaves at nothing: the language, how deep the contents are, and
    a ``pageList`` (DAISY Z39.86-2005, 8.4.3). Pages with a figure are ``normal``, all others
    (``iv``) ``front``, each kind counted from where it begins, as ``value`` asks."""
    from lxml import etree

    root = etree.fromstring(ncx)
    root.set(XML_LANG, language)
    depth = max((sum(1 for _ in p.iterancestors(POINT)) + 1 for p in root.iter(POINT)), default=0)
    numbers = [int(page.title) for page in pages if page.title.isdecimal()]
    for name, number in (
        ("depth", depth),
        ("totalPageCount", len(pages)),
        ("maxPageNumber", max(numbers, default=0)),
    ):
        for meta in root.iterfind(f"{NAMESPACE}head/{NAMESPACE}meta[@name='dtb:{name}']"):
            meta.set("content", str(number))
    for contents in root.findall(f"{NAMESPACE}navMap") if pages else ():
        contents.addnext(_page_list(pages))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _page_list(pages: tuple[Page, ...]) -> Element:
    from lxml import etree

    made = etree.Element(f"{NAMESPACE}pageList")
    counted = {"front": 0, "normal": 0}
    for number, page in enumerate(pages, 1):
        kind = "normal" if page.title.isdecimal() else "front"
        counted[kind] += 1
        value = page.title if kind == "normal" else str(counted[kind])
        target = etree.SubElement(
            made, f"{NAMESPACE}pageTarget", id=f"page-target-{number}", type=kind, value=value
        )
        label = etree.SubElement(
            etree.SubElement(target, f"{NAMESPACE}navLabel"), f"{NAMESPACE}text"
        )
        label.text = page.title
        etree.SubElement(target, f"{NAMESPACE}content", src=page.address)
    return made
