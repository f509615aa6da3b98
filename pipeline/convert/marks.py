"""Comments on how the text is set become classes, which survive where comments do not.

- ``<!-- galley: page-break -->``: class ``page-break`` on what follows, which begins a page.
- ``<!-- galley: keep-together -->``: class ``keep-together`` on what follows, which stands on one
  page; before a heading that is its whole section.
- ``<!--more-->``: class ``lead`` on the paragraphs before it, the post's opening.

Which of the first two are understood, and where, is told by ``normalize.marks``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.convert import tree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_COMMENT = re.compile(
    r"^<!--[ \t]*(?:galley:[ \t]*(page-break|keep-together)|(more))[ \t]*-->$", re.M | re.I
)
_MORE = re.compile(r"<!--[ \t]*more[ \t]*-->", re.I)
PREFIX = "galley-mark-"
LONGEST_LEAD = 1_200
"""Characters: what is longer is no lead, whatever stands behind it."""
NESTING = frozenset(("li", "blockquote", "aside", "td", "th", "dd", "details", "figure"))
"""What cannot begin a page in its middle."""


def keep(html: str) -> str:
    """The comments, each alone on its line, as empty elements that the sanitizer lets through;
    the end of a lead may also stand at the end of a line of text."""
    html = _COMMENT.sub(
        lambda found: f'<div class="{PREFIX}{(found[1] or found[2]).lower()}"></div>', html
    )
    return _MORE.sub(f'<span class="{PREFIX}more"></span>', html)


def apply(body: Element) -> None:
    """Put the classes where they belong and take the marks out; after the headings are sections."""
    marks = [e for e in body.iter("div", "span") if (e.get("class") or "").startswith(PREFIX)]
    for mark in marks:
        name = (mark.get("class") or "").removeprefix(PREFIX)
        if name == "more":
            _lead(body, mark)
        elif name == "keep-together" or NESTING.isdisjoint(e.tag for e in mark.iterancestors()):
            _add(_following(mark), name)
    for mark in marks:
        tree.remove(mark)


def _following(mark: Element) -> Element | None:
    """What comes next: a sibling, else that of the section around, marks passed over."""
    place: Element | None = mark
    while place is not None and place.tag not in ("body", "li", "blockquote"):
        for sibling in place.itersiblings():
            if not (sibling.get("class") or "").startswith(PREFIX):
                return sibling
        place = place.getparent()
    return None


def _lead(body: Element, mark: Element) -> None:
    """The paragraphs that open the post, if there is nothing else before the mark."""
    inside = mark.getparent()
    before = list(mark.itersiblings(preceding=True))
    if inside is not None and inside.tag == "p":
        before = [inside, *inside.itersiblings(preceding=True)]
    top = all(element.getparent() is body for element in before)
    if not top or any(element.tag != "p" for element in before):
        return
    if sum(len(tree.plain_text(element)) for element in before) <= LONGEST_LEAD:
        for element in before:
            _add(element, "lead")


def _add(element: Element | None, name: str) -> None:
    if element is not None and name not in tree.classes(element):
        element.set("class", " ".join((*tree.classes(element), name)))
