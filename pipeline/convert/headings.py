"""Headings become nested sections with ids, and the outline is read off them.

The title of the post is level 1, so the body's highest level is 2: an h1 counts as an h2. Gaps
are closed (h2, h4 becomes h2, h3), as PDF/UA-1 (7.4.2) asks: an outline has no missing floors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.convert import tree
from pipeline.convert.balance import HEADINGS
from pipeline.convert.ids import Ids, slugify
from pipeline.model import Section

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LOWEST = 6

_NUMBER = re.compile(
    r"\s*((?:\d{1,3}(?:\.\d{1,3})*[.):]|[IVXLC]{1,5}[.)]|[A-Za-z]\)"
    r"|\d{1,2}(?:\.\d{1,2})+(?=\s+[^\W\d_a-zß-öø-ÿ][^\W\d_A-Z]))\s+)(?=\S)"
)
"""A number made by hand at the head of a heading: ``1.``, ``4)``, ``IV.``, ``a)``, and ``2.3``
before a word with a capital (``3.5 million`` and ``2.4 GHz`` are no section numbers)."""

# Where a heading would be no heading: it becomes bold text instead.
_NO_HEADING = frozenset("a caption dt figcaption label summary".split())


@dataclass(slots=True)
class _Node:
    heading: Element
    id: str
    level: int
    title: str
    wish: int
    children: list[_Node] = field(default_factory=list)


@dataclass(slots=True)
class _Flow:
    """The open headings of one element, from the outermost; those below ``floor`` stand outside."""

    floor: int
    path: list[_Node]


def build(
    body: Element, ids: Ids, language: str, *, drop_numbers: bool = False
) -> tuple[Section, ...]:
    """Section the tree in place and return its outline. ``drop_numbers``: where all titles of a
    section have a number made by hand, none of them is printed."""
    _sweep(body)
    levels: dict[Element, int] = {}
    top: list[_Node] = []
    flows: dict[Element | None, _Flow] = {body: _Flow(0, [])}
    for heading in [e for e in body.iter() if e.tag in HEADINGS]:
        node = _node(heading, ids, language)
        host = heading.getparent()
        if host not in flows:  # of a quote, a card: its titles nest in themselves
            around = next(flows[up] for up in heading.iterancestors() if up in flows)
            flows[host] = _Flow(len(around.path), list(around.path))
        path = flows[host].path
        while len(path) > flows[host].floor and path[-1].wish >= node.wish:
            path.pop()
        node.level = min(len(path) + 2, LOWEST)
        (path[-1].children if path else top).append(node)
        path.append(node)
        levels[heading] = node.level
        heading.set("id", node.id)
    if drop_numbers:
        _drop_numbers(top)
    for host in {heading.getparent(): None for heading in levels}:
        if host is not None:
            _section(host, levels)
    return tuple(_freeze(node) for node in top)


def _sweep(body: Element) -> None:
    """Headings without a word go; those in places that cannot hold one become bold text."""
    for heading in [e for e in body.iter() if e.tag in HEADINGS]:
        host = heading.getparent()
        if not tree.plain_text(heading):
            tree.unwrap(heading)
        elif (host is not None and host.tag in tree.PHRASING_HOSTS) or any(
            up.tag in _NO_HEADING for up in heading.iterancestors()
        ):
            heading.tag = "strong"
        else:
            _lift(heading, body)


def _lift(heading: Element, body: Element) -> None:
    """Take away ``<div>``s without meaning around a heading, so that it sections the main flow:
    those without a class, and those that the WordPress editor put around each of its blocks."""
    for up in list(heading.iterancestors()):
        if up is body or up.tag != "div" or not all(c.startswith("wp-") for c in tree.classes(up)):
            break
        tree.unwrap(up)


def _node(heading: Element, ids: Ids, language: str) -> _Node:
    title = tree.plain_text(heading)
    number = _NUMBER.match(title)
    named = heading.get("id") or slugify(title[number.end() :] if number else title, language)
    _mark_number(heading)
    wish = max(2, int(heading.tag[1]))
    return _Node(heading, ids.take(named), 2, title, wish)


def _mark_number(heading: Element) -> None:
    """Wrap a hand-made number in ``<span class="number">``, also inside leading emphasis."""
    host = heading
    while tree.is_blank(host.text) and len(host) and host[0].tag in ("strong", "em", "b", "i"):
        host = host[0]
    number = _NUMBER.match((host.text or "") + ("x" if len(host) else ""))
    if number is None:
        return
    text = host.text or ""
    span = tree.make("span", number[1].strip(), class_="number")
    span.tail = " " + text[number.end(1) :]
    host.text = ""
    host.insert(0, span)


def _drop_numbers(run: list[_Node]) -> None:
    """Take the numbers away where every title of a run has one; likewise in each run below."""
    spans = [e for node in run for e in node.heading.iter("span") if e.get("class") == "number"]
    whole = len(run) > 1 and len(spans) == len(run)
    for node, span in zip(run, spans, strict=False):
        number, host = _NUMBER.match(node.title), span.getparent()
        if whole and number is not None and host is not None:
            node.title = node.title[number.end() :]
            host.text = (span.tail or "").lstrip()
            span.tail = None
            host.remove(span)
    for node in run:
        _drop_numbers(node.children)


def _section(host: Element, levels: dict[Element, int]) -> None:
    """Put every heading of ``host`` with what follows it into a section, nested by level."""
    path: list[tuple[int, Element]] = []
    for child in list(host):
        level = levels.get(child)
        if level is not None:
            while path and path[-1][0] >= level:
                path.pop()
            section = tree.make("section", id=child.get("id") or "", class_=f"level{level}")
            section.tail = "\n"
            (path[-1][1] if path else host).append(section)
            tree.take(child, "id")
            child.tag = f"h{level}"
            path.append((level, section))
        if path:
            path[-1][1].append(child)


def _freeze(node: _Node) -> Section:
    return Section(node.id, node.level, node.title, tuple(_freeze(n) for n in node.children))
