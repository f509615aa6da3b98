"""Which characters of a Markdown body are prose, and which are code or raw HTML.

Shortcodes and dollars mean something in prose only. Blocks are told by the block tree of
:mod:`pipeline.normalize.tree`, code spans by the rule of CommonMark 0.31, section 6.1.
"""

from __future__ import annotations

import re

_TICKS = re.compile(r"(?<!\\)(`+)")
_LITERAL_TAG = re.compile(r"<(code|kbd|samp|tt|var|pre)\b[^<>]*>.*?</\1\s*>", re.S | re.I)
_LITERAL_BLOCK = re.compile(r"\s*<(?:pre|script|style|textarea)\b", re.I)
_AUTOLINK = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*>")

CODE = "c"
"""Code as Markdown knows it, autolinks, and raw ``<pre>`` blocks: nothing in it means anything."""
HTML = "h"
"""A raw HTML block: shortcodes count, Markdown does not."""
LITERAL = "l"
"""What stands in ``<code>`` and the like within a line: pandoc reads Markdown there."""
PROSE = "p"


_PARAGRAPHS = frozenset(("heading", "paragraph", "term"))


def kinds(markdown: str) -> str:
    """One letter for each character of ``markdown``: what of the above it is."""
    from pipeline.normalize import tree

    lines = tuple(markdown.split("\n"))
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    result = [PROSE] * len(markdown)
    for block in tree.parse(lines).every:
        start, end = starts[block.first - 1], min(starts[block.last], len(markdown))
        if block.kind in ("fence", "code"):
            result[start:end] = CODE * (end - start)
        elif block.kind == "html":
            mark = CODE if _LITERAL_BLOCK.match(block.text) else HTML
            result[start:end] = mark * (end - start)
        elif block.kind == "table":
            for number in range(block.first - 1, block.last):
                _mark_spans(markdown, starts[number], starts[number + 1] - 1, result)
        elif block.kind in _PARAGRAPHS:
            _mark_spans(markdown, start, end, result)
    return "".join(result)


def _mark_spans(text: str, start: int, end: int, result: list[str]) -> None:
    """Mark code spans, autolinks and literal elements in one run of inline content."""
    for literal in _LITERAL_TAG.finditer(text, start, end):
        result[literal.start() : literal.end()] = LITERAL * len(literal[0])
    position = start
    unclosed: set[int] = set()
    while True:
        ticks = _TICKS.search(text, position, end)
        for link in _AUTOLINK.finditer(text, position, ticks.start() if ticks else end):
            result[link.start() : link.end()] = CODE * len(link[0])
        if ticks is None:
            return
        position = ticks.end()
        width = len(ticks[1])
        if width in unclosed:
            continue
        close = re.compile(rf"(?<!`){ticks[1]}(?!`)").search(text, position, end)
        if close is None:
            unclosed.add(width)
            continue
        result[ticks.start() : close.end()] = CODE * (close.end() - ticks.start())
        position = close.end()
