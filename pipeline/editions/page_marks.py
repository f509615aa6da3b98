"""Marks where the pages of the print edition begin, so that "page 7" is the same place in all.

A mark is an empty ``span`` with DPUB-ARIA's role ``doc-pagebreak`` and an ``id``; an e-book's
also says so in ``epub:type``. It stands in the middle of a paragraph if that is where the page
begins, before a table, picture or code block that the page begins with, and before a heading
instead of inside it, so that nobody hears the number as part of the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING

from pipeline.convert import tree
from pipeline.editions.markup import OPS
from pipeline.editions.places import counted
from pipeline.model import PageStart, Part

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
    from markupsafe import Markup

BEFORE = frozenset(
    """a abbr b bdi bdo cite code del dfn dl em figure h2 h3 h4 h5 h6 hr i img ins kbd math mark ol
    pre q s samp small span strong sub sup svg table time u ul var""".split()
)
"""Elements that a mark at their very beginning is set before, not into; a table's scrolling box
is one too."""
TABLE_PARTS = frozenset(("caption", "thead", "tbody", "tr", "th", "td"))
"""No mark can stand before these: the first of them stands for the table."""
WORD_END = re.compile(r"\w{1,24}\W*?\s+(?=\S)")
CLOSED = frozenset(("math", "svg"))
"""Nothing of HTML can stand inside these."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A printed page in an edition on screen: its number, and the ``id`` of its place."""

    label: str
    uid: str
    part: Part


def marked(
    body: Element, starts: tuple[PageStart, ...], word: str, *, epub: bool, listed: bool
) -> tuple[Mark, ...]:
    """The marks of those pages, set into ``body`` where they begin in the text; ``body`` must be
    as it was parsed. ``word`` is the post's word for "page", ``listed`` whether the edition
    prints contents."""
    elements = [element for element in body.iter() if isinstance(element.tag, str)]
    taken = {element.get("id") for element in elements}
    made = tuple(_mark(start, taken) for start in starts)
    for start, mark in zip(starts, made, strict=True):
        if mark.part == "text" and start.element < len(elements):
            _insert(elements[start.element], start.offset, _span(mark, word, epub))
    return _arranged(made, listed, contents_first=epub)


def _mark(start: PageStart, taken: set[str | None]) -> Mark:
    uid = f"page-{start.label}"
    return Mark(start.label, f"g-{uid}" if uid in taken else uid, start.part)


def _arranged(made: tuple[Mark, ...], listed: bool, *, contents_first: bool) -> tuple[Mark, ...]:
    """The marks by the parts that the edition has, in its order. Without contents, the pages of
    contents begin with the title. Where contents come before the title, a page that holds
    nothing else takes those before it along."""
    if not listed:
        return tuple(replace(m, part="title") if m.part == "contents" else m for m in made)
    last = max((n for n, mark in enumerate(made) if mark.part == "contents"), default=-1)
    early = range(last if contents_first else 0)
    return tuple(replace(m, part="contents") if n in early else m for n, m in enumerate(made))


def outside(made: Iterable[Mark], word: str, *, epub: bool) -> Mapping[Part, Markup]:
    """The marks that stand outside the text, for the templates: by part, as markup."""
    from markupsafe import Markup

    texts: dict[Part, Markup] = dict.fromkeys(("title", "contents", "end"), Markup())
    for mark in made:
        if mark.part != "text":
            part: Part = mark.part if mark.part in texts else "end"
            span = " ".join(f'{key}="{escape(text)}"' for key, text in _said(mark, word, epub))
            texts[part] += Markup(f"<span {span}></span>")  # noqa: S704 - escaped
    return texts


def _span(mark: Mark, word: str, epub: bool) -> Element:
    span = tree.make("span", "")
    for key, text in _said(mark, word, epub):
        span.set(key.replace("epub:", f"{{{OPS}}}"), text)
    return span


def _said(mark: Mark, word: str, epub: bool) -> tuple[tuple[str, str], ...]:
    """The attributes of a mark; a web page shows the bare number by its style sheet."""
    own = ("epub:type", "pagebreak") if epub else ("data-page", mark.label)
    role = ("role", "doc-pagebreak")
    return (("id", mark.uid), ("class", "page-mark"), own, role,
            ("aria-label", f"{word} {mark.label}"))  # fmt: skip


def _insert(element: Element, offset: int, mark: Element) -> None:
    while (outer := _closed(element)) is not None:
        element, offset = outer, 0
    if offset == 0:
        _insert_at_start(element, mark)
        return
    if element.text and (place := _place(element.text, offset)) is not None:
        text = element.text
        element.insert(0, mark)
        element.text, mark.tail = text[:place], text[place:]
        return
    offset -= len(counted(element.text or ""))
    for child in list(element):
        tail = child.tail or ""
        place = _place(tail, offset)
        if place is not None:
            element.insert(element.index(child) + 1, mark)
            child.tail, mark.tail = tail[:place], tail[place:]
            return
        offset -= len(counted(tail))
    element.append(mark)


def _closed(element: Element) -> Element | None:
    return next((e for e in element.iterancestors() if tree.local(e) in CLOSED), None)


def _insert_at_start(element: Element, mark: Element) -> None:
    """Before the outermost element that begins here and lets a mark stand before it."""
    target: Element | None = None
    here: Element | None = element
    while here is not None and here.getparent() is not None:
        name = tree.local(here)
        if name in BEFORE or "table" in tree.classes(here):
            target = here
        elif name not in TABLE_PARTS:
            break
        here = here.getparent() if _is_first(here) else None
    if target is None:
        element.insert(0, mark)
        mark.tail, element.text = element.text, None
    else:
        target.addprevious(mark)


def _is_first(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent[0] is element and tree.is_blank(parent.text)


def _place(text: str, offset: int) -> int | None:
    """The index of the character after ``offset`` that count; None if the text ends before. A
    word that goes over to the page is left whole on the page before."""
    for index, character in enumerate(text):
        if counted(character):
            if offset == 0:
                return _after_word(text, index)
            offset -= 1
    return None


def _after_word(text: str, index: int) -> int:
    """``index``, or where the next word begins if that would part a word."""
    rest = WORD_END.match(text, index)
    return rest.end() if rest and index and text[index - 1].isalnum() else index
