"""The headings that an author wrote as HTML: no rule changes them, and lost titles stand below
them as below any other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.normalize.tree import Block

if TYPE_CHECKING:
    from pipeline.normalize.tree import Tree

_VERBATIM = re.compile(r"[ \t]*<(?:!|\?|pre\b|script\b|style\b|textarea\b|table\b)", re.I)
_OPEN = re.compile(r"<h(?P<level>[1-6])\b[^<>]*>", re.I)
_CLOSE = re.compile(r"</h[1-6]>", re.I)
_TAG = re.compile(r"<[^<>]*>")


def raw_headings(tree: Tree) -> Iterator[Block]:
    """Those in top blocks of raw HTML, as headings on the line of their tag."""
    for block in tree.blocks:
        if block.kind != "html" or "<h" not in block.text.lower():
            continue
        if not _VERBATIM.match(tree.line(block.first)):
            yield from _in_block(tree, block)


def _in_block(tree: Tree, block: Block) -> Iterator[Block]:
    text = "\n".join(tree.lines[block.first - 1 : block.last])
    line, counted = block.first, 0
    for match in _OPEN.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        end = _CLOSE.search(text, match.end())
        if end is None:
            return
        said = " ".join(_TAG.sub("", text[match.end() : end.start()]).split())
        yield Block("heading", line, line, int(match["level"]), text=said)
