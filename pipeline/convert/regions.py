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
_AUTOLINK = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*>")

CODE = "c"
HTML = "h"
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
            marks[first:last] = [HTML] * (last - first)
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
    """Mark code spans and autolinks between two offsets that hold one run of inline content."""
    position = start
    while True:
        ticks = _TICKS.search(text, position, end)
        link = _AUTOLINK.search(text, position, ticks.start() if ticks else end)
        if link:
            result[link.start() : link.end()] = CODE * len(link[0])
            position = link.end()
            continue
        if ticks is None:
            return
        close = re.compile(rf"(?<!`){ticks[1]}(?!`)").search(text, ticks.end(), end)
        if close is None:
            position = ticks.end()
            continue
        result[ticks.start() : close.end()] = CODE * (close.end() - ticks.start())
        position = close.end()
