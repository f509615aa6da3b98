"""Text that stands bare between blocks becomes a paragraph, its line breaks kept.

It comes from raw HTML blocks, and from lines such as ``<IfModule mod_ssl.c>`` that CommonMark
takes for one: there a line is a line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.convert import tree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

BLOCKS = frozenset(
    """aside blockquote details div dl figure h1 h2 h3 h4 h5 h6 hr ol p pre section summary table
    ul figcaption""".split()
)
_HOSTS = ("body", "section", "blockquote")


def wrap_bare_text(body: Element) -> None:
    """Wrap runs of inline content that are direct children of the body, sections and quotes."""
    for host in [e for e in body.iter() if e.tag in _HOSTS]:
        _wrap_in(host)


def _wrap_in(host: Element) -> None:
    children = list(host)
    run = _run(host.text, host, 0) if not tree.is_blank(host.text) else None
    if run is not None:
        host.text = None
    for child in children:
        if child.tag in BLOCKS:
            run = None
            if not tree.is_blank(child.tail):
                run = _run(child.tail, host, host.index(child) + 1)
                child.tail = "\n"
            continue
        if run is None:
            run = _run(None, host, host.index(child))
        tail = child.tail
        run.append(child)
        child.tail = None
        if tail:
            _add_lines(run, tail)
    for paragraph in host.findall("p"):
        if tree.is_empty(paragraph) and not paragraph.attrib:
            tree.remove(paragraph)


def _run(text: str | None, host: Element, index: int) -> Element:
    paragraph = tree.make("p")
    paragraph.tail = "\n"
    host.insert(index, paragraph)
    if text:
        _add_lines(paragraph, text.lstrip())
    return paragraph


def _add_lines(paragraph: Element, text: str) -> None:
    lines = text.split("\n")
    tree.append_text(paragraph, lines[0])
    filled = not tree.is_blank(lines[0]) or len(paragraph) > 0
    for line in lines[1:]:
        if not line.strip():
            continue
        if filled:
            paragraph.append(tree.make("br"))
        tree.append_text(paragraph, line.strip() if not filled else line)
        filled = True
