"""A paragraph that a wall right below it made a heading.

What it does: sets a blank line between a paragraph, or a picture, and the ``---`` that touches it.

Why: dashes below a line of text make a heading of it and of all lines above it in its paragraph;
who types them to part two sections means a wall. Only what cannot be a title is set free: a whole
paragraph, a long sentence, a picture. A short line over ``---`` is a heading that somebody meant.

Example: a paragraph of thirty words with ``---`` on the next line becomes that paragraph, a blank
line and ``---``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Repair
from pipeline.normalize.text import plain

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft

CODE = "N211"
SENTENCE = 20
"""More words than these, with a full stop, are no title."""
PARAGRAPH = 30
"""More words than these are none, however they end."""
_UNDERLINE = re.compile(r" {0,3}-{3,}[ \t]*$")
_STOP = re.compile(r"[.?!:;…。！？][\"”»’')*_]*$")
_PICTURE = re.compile(r"(?:!\[[^\]]*\]\([^)]*\)|<img\b[^<>]*>)[ \t]*")


def find(draft: Draft) -> Iterator[Repair]:
    """A repair for each such heading."""
    for block in draft.tree.headings:
        line = draft.tree.line(block.last)
        if block.one_line or not _UNDERLINE.match(line) or not _is_text(block.text):
            continue
        yield Repair(
            CODE, 0.95, block.last, block.last, (line,), ("", line),
            "dashes that touch a paragraph make a heading of it",
        )  # fmt: skip


def _is_text(text: str) -> bool:
    said = plain(text)
    words = len(said.split())
    stops = bool(_STOP.search(said))
    return words > PARAGRAPH or (words > SENTENCE and stops) or bool(_PICTURE.fullmatch(text))
