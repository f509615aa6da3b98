"""Markdown in the cells of a table that the block editor of WordPress made.

What it does: in the cells, makes ``<strong>`` of ``**bold**`` and ``<code>`` of back-ticks; a cell
that is bold but lost its opening mark gets that too.

Why: the exporter turned the inside of the cells into Markdown and left the table, and inside HTML
Markdown is printed with its marks. Never: tables that an author wrote, for their asterisks may be
meant; marks that do not pair within one cell; what stands in ``<pre>`` or ``<code>``.

Example: ``<td>**Speed**</td>`` becomes ``<td><strong>Speed</strong></td>``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Repair

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft

CODE = "N309"
_TABLE = re.compile(r"<table\b", re.I)
_VERBATIM = re.compile(r"<(?:pre|code|script|style|textarea)\b", re.I)
_CELL = re.compile(r"(?P<open><(?P<tag>t[dh])\b[^<>]*>)(?P<text>.*?)(?P<close></(?P=tag)>)", re.I)
_BOLD = re.compile(r"(?<!\*)\*\*(?=[^\s*])([^*<>]*[^\s*<>])\*\*(?!\*)")
_HALF_BOLD = re.compile(r"(?P<text>[^\s*<>][^*<>]*[^\s*<>])\*\*")
_CODE = re.compile(r"(?<!`)`(?=[^\s`])([^`<>]*[^\s`<>]|[^`<>])`(?!`)")


def find(draft: Draft) -> Iterator[Repair]:
    """A repair for each line of such a table."""
    tree = draft.tree
    for block in tree.every:
        if block.kind != "html" or "wp-block-table" not in block.text:
            continue
        if not _TABLE.search(block.text) or _VERBATIM.search(block.text):
            continue
        for number in range(block.first, block.last + 1):
            line = tree.line(number)
            after = _CELL.sub(_mended, line)
            if after != line:
                yield Repair(
                    CODE, 0.95, number, number, (line,), (after,),
                    "Markdown in a table of the block editor",
                )  # fmt: skip


def _mended(cell: re.Match[str]) -> str:
    text = cell["text"]
    if whole := _HALF_BOLD.fullmatch(text.strip()):
        return f"{cell['open']}<strong>{whole['text']}</strong>{cell['close']}"
    parts = _CODE.split(text)  # text and code in turns
    for place, part in enumerate(parts):
        parts[place] = (
            f"<code>{part}</code>" if place % 2 else _BOLD.sub(r"<strong>\1</strong>", part)
        )
    return cell["open"] + "".join(parts) + cell["close"]
