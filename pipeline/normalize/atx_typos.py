r"""A heading whose mark is mistyped or escaped.

What it does: sets the space that is missing after ``##``, takes the backslash before it away, and
the ``##`` that closes the line.

Why: old Markdown dialects took ``##Title`` for a heading, and editors that escape marks they do not
expect write ``\## Title``. CommonMark prints both as text. A single ``#`` may be a hashtag, a
comment or a directive: it counts where it stands over text, before a capital or a number, and at
least two such lines are in the post, or one beside a ``##Title`` or a ``# Title``, or one of
several words at the head of the post. A ``##name.of_something`` counts beside two that read as
titles.

Example: ``##The Workshop##`` becomes ``## The Workshop``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Repair
from pipeline.normalize.context import governs
from pipeline.normalize.titles import heading, read_title

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft
    from pipeline.normalize.tree import Tree

CODE = "N208"
_TYPO = re.compile(
    r" {0,3}(?P<mark>\\#{2,6}[ \t]*|#{2,6})(?P<text>[^\s#!>\\'|+].*?)[ \t]*#*[ \t]*$"
)
_SINGLE = re.compile(r"(?P<mark>\\?#)(?P<text>[^\s#!>\\'|+\W][^#]*?)[ \t]*#?[ \t]*$")
_ONE_WORD = re.compile(r"\S*[^\W\d]\S*[A-Z_]\S*$")
"""``#BlackFriday``, ``#throw_back``: a hashtag of more words than one."""
_CERTAIN = 2
_SEVERAL = 3
"""Words of a line that is no hashtag, wherever it stands."""
_MOST_WORDS = 12
"""Words of a line that reads as no title and stands beside others that do."""


def find(draft: Draft) -> Iterator[Repair]:
    """A repair for each line."""
    tree = draft.tree
    found = []
    unlike = []
    single = _single(tree)
    for block in tree.every:
        if block.kind != "paragraph" or "##" not in block.text:
            continue
        for number in range(block.first, block.last + 1):
            line = tree.line(number)
            match = _TYPO.match(line)
            if match is None:
                continue
            if read_title(match["text"], sentence=True):
                found.append((number, match, number > block.first))
            elif match["text"][0].isalnum() and len(match["text"].split()) <= _MOST_WORDS:
                unlike.append((number, match, number > block.first))
    if len(found) + len(single) >= _CERTAIN:
        found = sorted((*found, *unlike), key=lambda one: one[0])
    if len(single) + bool(found) + (1 in draft.ranks) + _opens(tree, single) >= _CERTAIN:
        found = sorted((*found, *single), key=lambda one: one[0])
    for number, match, above in found:
        level = match["mark"].count("#")
        after = heading(level, "", match["text"])
        yield Repair(
            CODE, 0.97 if len(found) >= _CERTAIN else 0.9, number, number, (tree.line(number),),
            ("", after) if above else (after,), "a heading mark without its space",
        )  # fmt: skip


def _single(tree: Tree) -> tuple[tuple[int, re.Match[str], bool], ...]:
    """Lines with one ``#`` that stand over text and are no hashtags. One that is glued to the text
    below it has several words, or stands beside another of these lines."""
    found = []
    sure = 0
    for index, block in enumerate(tree.blocks):
        if block.kind != "paragraph" or not block.text.startswith(("#", "\\#")):
            continue
        match = _SINGLE.fullmatch(tree.line(block.first))
        if match is None or _ONE_WORD.match(match["text"]) or not _is_title(match["text"]):
            continue
        brief = not block.one_line and len(match["text"].split()) < _SEVERAL
        if not block.one_line or governs(tree, index + 1, 1):
            found.append((brief, (block.first, match, False)))
            sure += not brief
    return tuple(one for brief, one in found if sure or not brief)


def _is_title(text: str) -> bool:
    reading = read_title(text)
    if reading is None and text.endswith(("!", "…")) and len(text.split()) <= _MOST_WORDS:
        reading = read_title(text, sentence=True)
    return reading is not None and not reading.small


def _opens(tree: Tree, single: tuple[tuple[int, re.Match[str], bool], ...]) -> bool:
    """Whether the post begins with such a line, of more words than a hashtag has."""
    return bool(single) and (
        single[0][0] == tree.blocks[0].first and len(single[0][1]["text"].split()) >= _SEVERAL
    )
