"""Bold that lost one of its marks.

What it does: sets the mark that is missing at the start of a line or of a list item, and takes one
back that slipped to the start of the next line.

Why: an edit ate the opening mark together with a word, or an export broke the line inside the bold
text. The marks that are left are then printed. Nothing is done where it is not plain where the bold
text began.

Example: ``* Format**: six pairs`` becomes ``* **Format**: six pairs``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Repair

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft
    from pipeline.normalize.tree import Tree

CODE = "N206"
_MARK = re.compile(r"(?<![\\*])\*\*(?!\*)")
_CODE_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_START = re.compile(r"(?P<lead>[ \t]*(?:(?:[*+-]|\d{1,3}[.)])[ \t]+)?)(?=[^\W\d_])")
_LONGEST = 120
_LABEL_WORDS = 8


def find(draft: Draft) -> Iterator[Repair]:
    """A repair for each mark."""
    tree = draft.tree
    for block in tree.every:
        if block.kind != "paragraph" or "**" not in block.text:
            continue
        lines = range(block.first, block.last + 1)
        marks = {n: _marks(tree.line(n)) for n in lines}
        if sum(map(len, marks.values())) % 2 == 0 and not any(
            len(marks[n]) == 1 and _slipped(tree, n, marks) for n in lines
        ):
            continue
        alone = sum(len(found) % 2 for found in marks.values()) == 1
        for number in lines:
            if len(marks[number]) != 1:
                continue
            if _slipped(tree, number, marks):
                yield _taken_back(tree, number)
            elif alone:
                yield from _opened(tree, number, marks[number][0])


def _marks(line: str) -> tuple[int, ...]:
    """Where the line has ``**`` outside code."""
    bare = _CODE_SPAN.sub(lambda m: "`" * len(m[0]), line)
    return tuple(m.start() for m in _MARK.finditer(bare))


def _slipped(tree: Tree, number: int, marks: dict[int, tuple[int, ...]]) -> bool:
    """Whether the bold text that opens this line closes at the very start of the next one."""
    below = marks.get(number + 1, ())
    if marks[number] != (0,) or not below or below[0] != 0:
        return False
    following = tree.line(number + 1)
    return (
        len(tree.line(number)) <= _LONGEST and following[2:3].strip() != "" and len(below) % 2 == 1
    )


def _taken_back(tree: Tree, number: int) -> Repair:
    line, following = tree.line(number), tree.line(number + 1)
    return Repair(
        CODE, 0.9, number, number + 1, (line, following),
        (line.rstrip() + "**", following[2:]), "bold that closes on the next line",
    )  # fmt: skip


def _opened(tree: Tree, number: int, mark: int) -> Iterator[Repair]:
    line = tree.line(number)
    start = _START.match(line)
    if start is None or mark <= start.end() or line[mark - 1 : mark].isspace():
        return
    said, rest = line[start.end() : mark], line[mark + 2 :]
    whole = not rest.strip() and not start["lead"].strip() and len(said) <= _LONGEST
    label = len(said.split()) <= _LABEL_WORDS and rest.lstrip()[:1] in (":", "–", "-", "—", "(")
    if not whole and not (label and rest.strip()):
        return
    after = line[: start.end()] + "**" + line[start.end() :]
    yield Repair(CODE, 0.9, number, number, (line,), (after,), "bold whose opening mark is missing")
