"""Markdown right below a line of HTML, which therefore reads it as HTML.

What it does: puts a blank line between a tag's line and the Markdown below it: a heading, what
follows an ``<hr>``, the end of an element (``</h2>``, ``</div>``) or of a block of the block
editor, what stands in a ``<div>`` that a Markdown editor left; and before a line of bold text that
follows the end of an element.

Why: a block of raw HTML goes on to the next blank line, so a ``## Title`` below a ``<p>`` is
printed with its marks, and so is the ``**bold**`` below a ``</div>``. What stands inside an element
that is not closed yet, and lines in ``<pre>``, scripts and styles are left alone.

Example: ``<p>A note.</p>`` and, on the next line, ``## Title`` get a blank line between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Repair

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft
    from pipeline.normalize.tree import Block, Tree

CODE = "N303"
_RUNS_ON = re.compile(r"[ \t]*(?:<!|<\?|<(?:pre|script|style|textarea)\b)", re.I)
_VERBATIM = re.compile(r"<(/?)(?:pre|script|style|textarea)\b", re.I)
_HEADING = re.compile(r" {0,3}#{1,6} +[^\s#]")
_RULE = re.compile(r"[ \t]*<hr\b[^>]*>[ \t]*$", re.I)
_END_MARK = re.compile(r"[ \t]*<!-- /wp:[^>]*-->[ \t]*$")
_BOLD = re.compile(r" {0,3}<(?P<tag>b|strong)>[^<>]+(?:</(?P=tag)>(?:<br ?/?>)?)?[ \t]*$", re.I)
_EDITOR = re.compile(r"[ \t]*<div\b[^>]*\bmarkdown\b[^>]*>.*[^>\s][ \t]*$", re.I)


_FENCE = re.compile(r"^[ \t]*(?:`{3}|~{3})", re.M)
_ELEMENT = re.compile(
    r"<(/?)(?:h[1-6]|div|table|[ou]l|dl|blockquote|figure|iframe|section|article|aside|details|"
    r"header|footer|nav|center|form|video|audio)\b[^>]*>",
    re.I,
)
_ENDED = re.compile(
    r"</(?:h[1-6]|p|div|table|[ou]l|dl|blockquote|figure|iframe|section|article|aside|details|"
    r"center|video|audio)>[ \t]*$", re.I,
)  # fmt: skip


def find(draft: Draft) -> Iterator[Repair]:
    """A repair for each line that wants a blank line before it."""
    for block in draft.tree.every:
        if block.kind == "html" and not _RUNS_ON.match(draft.tree.line(block.first)):
            yield from _in_block(draft.tree, block)


def _in_block(tree: Tree, block: Block) -> Iterator[Repair]:
    verbatim = 0
    # a fence in HTML is none; set free in the middle, it would open there
    depth = 1 if _FENCE.search(block.text) else 0
    for number in range(block.first, block.last + 1):
        line = tree.line(number)
        above = tree.line(number - 1) if number > block.first else ""
        if above and not verbatim and _wants_blank(line, above, depth):
            yield Repair(
                CODE, 0.97, number, number, (line,), ("", line), "Markdown right below raw HTML"
            )
        for tag in _VERBATIM.finditer(line):
            verbatim = max(0, verbatim + (-1 if tag[1] else 1))
        for tag in _ELEMENT.finditer(line):
            depth += -1 if tag[1] else 1


def _wants_blank(line: str, above: str, depth: int) -> bool:
    """``depth``: so many elements are open where the line begins."""
    if not line.strip():
        return False
    if _HEADING.match(line):
        return True
    if line.lstrip().startswith("<"):
        return depth == 0 and bool(_BOLD.match(line) and _ENDED.search(above))
    if any(mark.match(above) for mark in (_RULE, _EDITOR, _END_MARK)):
        return True
    return depth == 0 and bool(_ENDED.search(above))
