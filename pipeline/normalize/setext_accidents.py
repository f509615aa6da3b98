"""A paragraph that a line of hyphens right below it made a heading.

What it does: sets a blank line between the paragraph and the hyphens, so that they are a rule.

Why: an author, or an export, that means a rule and leaves no blank line gets a heading of level 2
as long as the paragraph. Told by what was made a heading: a sentence that ends in a full stop,
lines of prose, a picture, a shortcode. What could be a title stays one.

Example: ``We meet again on Monday, at the usual place.`` with ``---`` below it becomes the
sentence, a blank line and ``---``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Repair
from pipeline.normalize.context import is_machinery
from pipeline.normalize.titles import read_title

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft
    from pipeline.normalize.tree import Block, Tree

CODE = "N211"
_HYPHENS = re.compile(r" {0,3}-{3,}[ \t]*$")
_ENDS = re.compile(r"[.,;:…。][\"”»’'*_`)]*$")
_WITHIN = re.compile(r"[^\W\d_]{3}[.!?] +[^\W\d_a-z]")
_OBJECT = re.compile(r"(?:\[?!\[[^\]]*\]\([^)]*\)(?:\]\([^)]*\))?|\{[{%<].*[>%}]\}|<[^<>]+>)\s*$")
_FINISHED = re.compile(r"[.?!:…。？！][\"”»’'*_`)]*\s*$")
_ALIKE = 2
"""By so many characters an underline may be longer or shorter than its title."""
_SENTENCE = 8
"""Words of a line that ends in a full stop and is more than an abbreviation."""
_LONG = 25
"""Words that no heading has."""
_LINES = 3
"""Lines that no heading has."""


def find(draft: Draft) -> Iterator[Repair]:
    """A repair for each line of hyphens."""
    for block in draft.tree.headings:
        underline = draft.tree.line(block.last)
        if block.one_line or block.level == 1 or not _HYPHENS.match(underline):
            continue
        confidence = 0.0 if underlined_alone(draft.tree, block) else _confidence(block)
        if confidence:
            yield Repair(
                CODE, confidence, block.last, block.last, (underline,), ("", underline),
                "hyphens below what is no title",
            )  # fmt: skip


def underlined_alone(tree: Tree, block: Block) -> bool:
    """Whether the heading is text with a title right below it, which alone is underlined: the line
    of hyphens or equals signs is as long as it, and the text above it is finished."""
    if block.last - block.first < 2:
        return False
    above, line, underline = tree.lines[block.last - 3 : block.last]
    alike = abs(len(line.strip()) - len(underline.strip())) <= _ALIKE
    return alike and bool(_FINISHED.search(above)) and read_title(line) is not None


def _confidence(block: Block) -> float:
    text = block.text.strip()
    words = len(text.split())
    if _OBJECT.match(text) or is_machinery(text):
        return 0.95
    if words >= _LONG:
        return 0.95
    finished = bool(_ENDS.search(text))
    if finished and (words >= _SENTENCE or _WITHIN.search(text)):
        return 0.93
    lines = block.last - block.first
    if lines >= _LINES:
        return 0.93
    if finished or (lines > 1 and words >= _SENTENCE):
        return 0.75
    return 0.0
