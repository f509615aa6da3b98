"""Pipe tables in the Markdown: rows wider than their header, tables right under a paragraph.

pandoc, as GitHub does, drops the cells that a row has more than the header, and their words with
them; here the header gets an empty cell for each instead. A table that begins on the line below
a paragraph is one to GitHub and to our block tree, but text to pandoc: it gets a blank line.
"""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.convert.reading import Reading
from pipeline.diagnostics import fault
from pipeline.normalize import tree
from pipeline.normalize.tree import Block

_DELIMITER = re.compile(r"^[ \t>]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t:|-]*+)?$", re.M)
_CONTAINER = re.compile(r"[ \t>]*")
_PIPE = re.compile(r"(?<!\\)\|")
"""What parts cells, in code too: GitHub's rule (GFM 0.29, section 4.10), and pandoc's."""


def settle(markdown: str, reading: Reading) -> str:
    """The text with every table apart from the paragraph above it and as wide as its widest row.

    Raises ``Fault`` C014 for a row of more cells than ``limits.table_span``.
    """
    if "|" not in markdown or not _DELIMITER.search(markdown):
        return markdown
    lines = markdown.split("\n")
    parsed = tree.parse(tuple(lines))
    for block in parsed.every:
        if block.kind == "table":
            _widen(lines, block, reading)
    for block in _under_paragraphs(parsed.blocks):
        indent = _CONTAINER.match(lines[block.first])
        above = indent[0].rstrip() if indent else ""
        lines[block.first - 1] = f"{above}\n{lines[block.first - 1]}"
    return "\n".join(lines)


def _widen(lines: list[str], table: Block, reading: Reading) -> None:
    header, delimiter = table.first - 1, table.first
    width = len(_cells(lines[delimiter]))
    widest = max((_filled(line) for line in lines[delimiter + 1 : table.last]), default=0)
    if widest <= width:
        return
    most = reading.config.settings.limits.table_span
    if widest > most:
        raise fault(
            "C014", f"a row of this table has {widest} cells", path=reading.manuscript.source.path,
            hint=f"at most {most}: split the table",
        )  # fmt: skip
    for number, cell in ((header, " |"), (delimiter, "---|")):
        line = lines[number].rstrip()
        closed = line.endswith("|") and not line.endswith("\\|")
        lines[number] = line + ("" if closed else "|") + cell * (widest - width)


def _cells(row: str) -> list[str]:
    cells = _PIPE.split(_CONTAINER.sub("", row, count=1).strip())
    if len(cells) > 1 and not cells[0]:
        del cells[0]
    if len(cells) > 1 and not cells[-1]:
        del cells[-1]
    return cells


def _filled(row: str) -> int:
    """How many cells there are up to the last that says something."""
    cells = _cells(row)
    while cells and not cells[-1].strip():
        cells.pop()
    return len(cells)


def _under_paragraphs(blocks: tuple[Block, ...]) -> list[Block]:
    found = [
        block
        for above, block in pairwise(blocks)
        if block.kind == "table" and above.kind == "paragraph" and above.last == block.first - 1
    ]
    return found + [inner for block in blocks for inner in _under_paragraphs(block.children)]
