"""Which characters of a Markdown body are prose, and which are code or raw HTML.

Shortcodes and dollars mean something in prose only. Blocks are told by markdown-it-py (the same
dialect as pandoc's), code spans by the rule of CommonMark 0.31, section 6.1.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

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


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark").enable("table").use(footnote_plugin).use(deflist_plugin)
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def kinds(markdown: str) -> str:
    """One letter for each character of ``markdown``: ``CODE``, ``HTML`` (a raw block) or prose."""
    lines = markdown.splitlines(keepends=True)
    marks = [PROSE] * len(lines)
    inline: list[tuple[int, int]] = []
    for token in _parser().parse(markdown):
        if token.map is None:
            continue
        first, last = token.map
        if token.type in ("fence", "code_block"):
            marks[first:last] = [CODE] * (last - first)
        elif token.type == "html_block":
            mark = CODE if _LITERAL_BLOCK.match(token.content) else HTML
            marks[first:last] = [mark] * (last - first)
        elif token.type == "inline":
            inline.append((first, last))
    letters = [mark * len(line) for mark, line in zip(marks, lines, strict=True)]
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    result = list("".join(letters))
    for first, last in inline:
        _mark_spans(markdown, starts[first], starts[min(last, len(lines))], result)
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
