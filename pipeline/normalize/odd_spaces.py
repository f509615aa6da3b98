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
_RUN = re.compile("[ \u00a0]{2,}")
_EDGE = " \t\u00a0"
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
    line = _trimmed(line)
    parts: list[str] = []
    position = 0
    for span in _CODE_SPAN.finditer(line):
        parts += [_tidied_text(line[position : span.start()]), span[0]]
        position = span.end()
    if "`" in line[position:]:
        return line  # a code span may go on into the next line
    parts.append(_tidied_text(line[position:]))
    return "".join(parts)


def _trimmed(line: str) -> str:
    """The line without the blanks at an edge that hold a no-break space; others mean something
    (an indent, a hard break)."""
    start = len(line) - len(line.lstrip(_EDGE))
    end = len(line.rstrip(_EDGE))
    head = "" if "\u00a0" in line[:start] else line[:start]
    tail = "" if "\u00a0" in line[end:] else line[end:]
    return head + line[start:end] + tail if end else ""


def _tidied_text(text: str) -> str:
    return _RUN.sub(_single, _ZERO_WIDTH.sub(_kept, text))


def _single(match: re.Match[str]) -> str:
    return " " if "\u00a0" in match[0] else match[0]


def _kept(match: re.Match[str]) -> str:
    around = match.string[max(0, match.start() - 1) : match.end() + 1]
    return match[0] if any(c.isalpha() and ord(c) >= _UNSPACED_SCRIPTS for c in around) else ""
