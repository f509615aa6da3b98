"""Code, tables and task lists as the editions' style sheets know them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.convert import numerals, tree
from pipeline.words import Catalogue

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ALIGNMENTS = frozenset(("left", "center", "right"))
# Words that pandoc puts among the classes of a code block beside the language.
_NOT_LANGUAGES = frozenset(
    "sourceCode code numberSource numberLines number-lines lineAnchors literate".split()
)


def code(body: Element) -> bool:
    """``<pre class="code"><code class="language-…">`` with token spans, without line anchors."""
    found = False
    for pre in list(body.iter("pre")):
        found = True
        host = pre.getparent()
        block = pre[0] if len(pre) == 1 and pre[0].tag == "code" and not pre.text else None
        names = [*tree.classes(pre), *(tree.classes(block) if block is not None else ())]
        if block is None or not tree.is_blank(block.tail):
            block = tree.make("code")
            tree.move_content(pre, block)
            pre.append(block)
        block.tail = None
        _plain(block)
        tree.take(pre, "id")
        pre.set("class", "code")
        block.attrib.clear()
        language = next((n for n in names if n not in _NOT_LANGUAGES and n[:3] != "wp-"), None)
        if language:
            prefix = "" if language.startswith("language-") else "language-"
            block.set("class", prefix + language)
        if host is not None and "sourceCode" in tree.classes(host):
            tree.unwrap(host)
    return found


_APART = dict.fromkeys("br dd div dt figcaption h1 h2 h3 h4 h5 h6 li p tr".split(), "\n")
_APART.update(td="\t", th="\t", caption="\n")
"""What keeps the words of elements in a ``<pre>`` apart; one that its author forgot to close
swallows tables."""


def _plain(block: Element) -> None:
    """Keep the token spans; take out line spans, their anchors and any other element."""
    for inner in list(block.iterdescendants()):
        name = tree.local(inner)
        if name in _APART:
            inner.tail = _APART[name] + (inner.tail or "")
        if name == "span" and inner.get("class") and not inner.get("id"):
            continue
        tree.unwrap(inner)
    text = block.text or ""
    if text.startswith("\n"):
        block.text = text[1:]


def tables(body: Element, language: str) -> bool:
    """Header scope, alignment as classes, and a ``<div class="table">`` around each table;
    ``language`` tells what a decimal sign is."""
    found = False
    for table in list(body.iter("table")):
        if any(up.tag == "table" for up in table.iterancestors()):
            continue
        found = True
        tree.take(table, "class")
        for header in table.iter("th"):
            header.set("scope", "row" if _heads_row(header) else "col")
        for cell in table.iter("th", "td"):
            _align(cell)
        numerals.settle(table, language)
        _caption(table)
        tree.wrap(table, tree.make("div", class_="table"))
    return found


def _heads_row(header: Element) -> bool:
    """A header cell that opens a row with data cells in it."""
    row = header.getparent()
    return (
        row is not None
        and row[0] is header
        and any(cell.tag == "td" for cell in row)
        and not any(up.tag == "thead" for up in row.iterancestors())
    )


def _align(cell: Element) -> None:
    side = tree.take(cell, "data-align")
    named = [name for name in tree.classes(cell) if name in _ALIGNMENTS]
    tree.take(cell, "class")
    if side in _ALIGNMENTS or named:
        cell.set("class", side if side in _ALIGNMENTS else named[0])


def _caption(table: Element) -> None:
    """The caption first, as HTML asks; that of a ``<figure>`` around the table included."""
    figure = table.getparent()
    if figure is None or figure.tag != "figure":
        return
    legend = figure.find("figcaption")
    if legend is not None and table.find("caption") is None:
        legend.tag = "caption"
        legend.tail = None
        table.insert(0, legend)
    tree.unwrap(figure)


_ALIGN_STYLE = re.compile(
    r'<(t[dh])\b([^>]*?) (?:style="text-align: (left|center|right);?"|align="(left|center|right)")'
)


def keep_alignment(html: str) -> str:
    """Save the one thing that ``style`` says in a table before the sanitizer takes it away."""
    return _ALIGN_STYLE.sub(
        lambda found: f'<{found[1]}{found[2]} data-align="{found[3] or found[4]}"', html
    )


def tasks(body: Element, catalogue: Catalogue) -> bool:
    """Task lists: a box that CSS draws and a screen reader hears; every other input goes."""
    found = False
    for item in list(body.iter("li")):
        _from_text(item)
        box = _box(item)
        if box is None:
            continue
        found = True
        state = "done" if box.get("checked") is not None else "open"
        label = box.getparent()
        tree.remove(box)
        if label is not None and label.tag == "label":
            tree.unwrap(label)
        first = item[0] if len(item) and tree.is_blank(item.text) and item[0].tag == "p" else item
        _open_with_box(first, state, catalogue[state])
        item.set("class", f"task {state}")
        host = item.getparent()
        if host is not None:
            host.set("class", "tasks")
    for stray in list(body.iter("input")):
        tree.remove(stray)
    for stray in list(body.iter("label")):
        tree.unwrap(stray)
    return found


_TYPED = re.compile(r"\s*\[([ xX])\]\s+")


def _from_text(item: Element) -> None:
    """A task in an ordered list, which pandoc leaves as text."""
    host = item.getparent()
    first = item[0] if len(item) and tree.is_blank(item.text) and item[0].tag == "p" else item
    typed = _TYPED.match(first.text or "")
    if typed is None or host is None or host.tag != "ol":
        return
    box = tree.make("input", type="checkbox")
    if typed[1] != " ":
        box.set("checked", "")
    box.tail = (first.text or "")[typed.end() :]
    first.text = None
    first.insert(0, box)


def _box(item: Element) -> Element | None:
    """The checkbox that opens the item, if one does."""
    for inner in item.iterdescendants():
        if inner.tag == "input":
            return inner if inner.get("type") == "checkbox" else None
        if inner.tag not in ("p", "label") or not tree.is_blank(inner.text):
            return None
    return None


def _open_with_box(host: Element, state: str, word: str) -> None:
    box = tree.make("span", class_="box", role="img", aria_label=word)
    box.tail = " " + (host.text or "").lstrip()
    host.text = None
    host.insert(0, box)
