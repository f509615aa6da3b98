"""Parts of details, figures and ruby stand in their wholes, once and in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.convert import tree
from pipeline.convert.balance import BLOCKS, HEADINGS, INLINE

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SECTIONS = ("aside", "blockquote")
HEADS = ("th", "dt", "summary")
"""Elements without headings and sections in them, as heads (HTML, 4.4.9, 4.9.10, 4.11.2)."""
LINES = ("p", *sorted(INLINE - {"a", "del", "ins"}))
"""Elements that hold what makes a line, and no blocks."""


def settle(body: Element) -> None:
    """Move what is out of place; what has no whole becomes a plain block or a part of the line."""
    for host in body.iter(*HEADS):
        for inner in list(host.iter(*HEADINGS, *SECTIONS)):
            inner.tag = "div" if inner.tag in SECTIONS else "strong"
    _details(body)
    _figures(body)
    _lines(body)
    _ruby(body)
    for inner in list(body.iter("dfn")):
        if next(inner.iterancestors("dfn"), None) is not None:
            inner.tag = "span"


def _details(body: Element) -> None:
    for details in list(body.iter("details")):
        summary = details.find("summary")
        if summary is None or _holds_block(summary):
            details.tag = "div"
            tree.take(details, "open")
        elif details.index(summary) or not tree.is_blank(details.text):
            tree.remove(summary)
            summary.tail = details.text
            details.text = None
            details.insert(0, summary)
    for summary in list(body.iter("summary")):
        host = summary.getparent()
        if host is None or host.tag != "details" or host[0] is not summary:
            summary.tag = "div"


def _lines(body: Element) -> None:
    """A paragraph around a block is a plain group; another element of the line gives way."""
    for host in list(body.iter(*LINES)):
        if _holds_block(host):
            if host.tag == "p":
                host.tag = "div"
            else:
                tree.unwrap(host)


def _holds_block(host: Element) -> bool:
    return any(inner.tag in BLOCKS for inner in host.iterdescendants())


def _figures(body: Element) -> None:
    for figure in body.iter("figure"):
        if next(figure.iter(*HEADINGS), None) is not None:
            figure.tag = "div"  # a part of the post that somebody put into a frame
    own = {figure: figure.find("figcaption") for figure in body.iter("figure")}
    kept = set(own.values())
    for caption in list(body.iter("figcaption")):
        if caption not in kept:
            caption.tag = "div"
    for figure, first in own.items():
        if first is not None and 0 < figure.index(first) < len(figure) - 1:
            tree.remove(first)
            figure.append(first)


def _ruby(body: Element) -> None:
    """The parentheses that readers without ruby would see are written by the style sheets."""
    for fallback in list(body.iter("rp")):
        tree.remove(fallback)
    for ruby in list(body.iter("ruby")):
        readings = ruby.findall("rt")
        if not readings or _holds_block(ruby):
            tree.unwrap(ruby)
            continue
        _end_with(ruby, readings[-1])
    for reading in list(body.iter("rt")):
        host = reading.getparent()
        if host is None or host.tag != "ruby":
            tree.unwrap(reading)


def _end_with(whole: Element, last: Element) -> None:
    """Put what stands in ``whole`` after its child ``last`` behind ``whole``."""
    host = whole.getparent()
    if host is None:
        return
    rest = list(last.itersiblings())
    behind, last.tail = last.tail or "", None
    place = host.index(whole) + 1
    host[place:place] = rest
    if rest:
        rest[-1].tail = (rest[-1].tail or "") + (whole.tail or "")
        whole.tail = behind
    else:
        whole.tail = behind + (whole.tail or "")
