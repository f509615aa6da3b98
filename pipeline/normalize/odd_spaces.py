"""Spaces that nobody meant.

What it does: takes away no-break spaces at a line's edge, makes one space of a no-break space
that stands beside another space, and removes zero-width characters that no script needs.

Why: exports and paste buffers leave them. They keep words from being found, push the first line
of a paragraph in, and break lines where they should not. A single no-break space inside a line is
right (``No. 5``, before ``:`` in French) and stays; so does everything in code.

Example: ``· Backups·· matter`` (``·`` being a no-break space) becomes ``Backups matter``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Repair
from pipeline.normalize.text import ZERO_WIDTH

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft

CODE = "N101"
_ODD = re.compile(f"[\u00a0{ZERO_WIDTH}]")
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")
_DOUBLED = re.compile("[ \u00a0]*\u00a0[ \u00a0]+|[ \u00a0]+\u00a0[ \u00a0]*")
_EDGES = re.compile("^[ \t]*\u00a0[ \t\u00a0]*|[ \t\u00a0]*\u00a0[ \t\u00a0]*$")
_ZERO_WIDTH = re.compile(f"[{ZERO_WIDTH}]")
_UNSPACED_SCRIPTS = 0x0E00
"""From Thai on, scripts write words without spaces between, and a zero width space means one."""


def find(draft: Draft) -> Iterator[Repair]:
    """A repair for each line with an odd space outside code."""
    for number, line in enumerate(draft.tree.lines, 1):
        if number in draft.tree.verbatim or not _ODD.search(line):
            continue
        tidy = _tidied(line)
        if tidy != line:
            yield Repair(CODE, 0.99, number, number, (line,), (tidy,), "odd spaces")


def _tidied(line: str) -> str:
    parts: list[str] = []
    position = 0
    for span in _CODE_SPAN.finditer(line):
        parts += [_tidied_text(line[position : span.start()]), span[0]]
        position = span.end()
    if "`" in line[position:]:
        return line
    parts.append(_tidied_text(line[position:]))
    return _EDGES.sub("", "".join(parts))


def _tidied_text(text: str) -> str:
    return _DOUBLED.sub(" ", _ZERO_WIDTH.sub(_kept, text))


def _kept(match: re.Match[str]) -> str:
    around = match.string[max(0, match.start() - 1) : match.end() + 1]
    return match[0] if any(c.isalpha() and ord(c) >= _UNSPACED_SCRIPTS for c in around) else ""
