"""Callouts: GitHub's alerts, pandoc's divs, Hugo's ``alert`` shortcode, all one ``<aside>``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.convert import tree
from pipeline.words import Catalogue

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

KINDS = {
    "note": "note", "info": "note", "primary": "note", "secondary": "note", "abstract": "note",
    "tip": "tip", "hint": "tip", "success": "tip",
    "important": "important",
    "warning": "warning", "attention": "warning",
    "caution": "caution", "danger": "caution", "error": "caution",
}  # fmt: skip
"""The class or colour that sources name, and the kind of callout it means."""

_MARK = re.compile(r"\s*\[!([A-Za-z]+)\][+-]?[ \t]*")


def build(body: Element, catalogue: Catalogue) -> bool:
    """Rewrite every callout in place; True if there is one."""
    found = False
    for quote in list(body.iter("blockquote")):
        found |= _from_quote(quote, catalogue)
    for div in list(body.iter("div")):
        kind = _kind(div)
        if kind:
            title = _own_title(div, kind)
            div.attrib.clear()
            _finish(div, kind, title, catalogue)
            found = True
    return found


def _kind(div: Element) -> str | None:
    names = [name.lower().removeprefix("callout-").removeprefix("alert-")
             for name in tree.classes(div)]  # fmt: skip
    return next((KINDS[name] for name in names if name in KINDS), None)


def _own_title(div: Element, kind: str) -> Element | None:
    """The author's title: the ``title`` attribute, or what pandoc's alert has."""
    title = div.get("title")
    if title:
        return tree.make("p", title)
    if len(div) and tree.is_blank(div.text) and "title" in tree.classes(div[0]):
        head = div[0]
        tree.remove(head)
        paragraph = head.find("p")
        words = tree.plain_text(head)
        return None if words.lower() == kind or paragraph is None else paragraph
    return None


def _from_quote(quote: Element, catalogue: Catalogue) -> bool:
    """``> [!NOTE] Title``, which pandoc knows only without the title."""
    first = quote[0] if len(quote) and quote[0].tag == "p" else None
    mark = _MARK.match(first.text or "") if first is not None else None
    if first is None or mark is None or mark[1].lower() not in KINDS:
        return False
    first.text = (first.text or "")[mark.end() :]
    title = _first_line(first)
    if tree.is_empty(first):
        tree.remove(first)
    quote.tag = "aside"
    _finish(quote, KINDS[mark[1].lower()], title, catalogue)
    return True


def _first_line(paragraph: Element) -> Element:
    """Take the paragraph's first line out, inline elements and all."""
    title = tree.make("p")
    head, broken, rest = (paragraph.text or "").partition("\n")
    title.text, paragraph.text = head, rest
    for child in [] if broken else list(paragraph):
        if child.tag == "br":
            paragraph.text, child.tail = (child.tail or "").lstrip("\n"), None
            paragraph.remove(child)
            break
        head, broken, rest = (child.tail or "").partition("\n")
        title.append(child)
        child.tail, paragraph.text = head, rest
        if broken:
            break
    return title


def _finish(aside: Element, kind: str, title: Element | None, catalogue: Catalogue) -> None:
    aside.tag = "aside"
    aside.set("class", f"callout {kind}")
    aside.set("role", "doc-tip" if kind == "tip" else "note")  # the kinds that an aside may be
    word = catalogue[kind]
    head = tree.make("p", word, class_="callout-title")
    if title is not None and tree.plain_text(title).lower() not in ("", word.lower(), kind):
        head.text = word + ": "
        tree.move_content(title, head)
    head.tail = aside.text if not tree.is_blank(aside.text) else None
    aside.text = None
    aside.insert(0, head)
    if head.tail:
        _own_paragraph(aside, head)
    head.tail = "\n"


def _own_paragraph(aside: Element, head: Element) -> None:
    """Text that stood bare in the div becomes a paragraph, with the inline elements after it."""
    paragraph = tree.make("p", head.tail)
    head.tail = None
    for child in list(aside)[1:]:
        if child.tag in ("p", "div", "ul", "ol", "pre", "table", "blockquote", "figure", "dl"):
            break
        paragraph.append(child)
    aside.insert(1, paragraph)
