"""A title glued to the list item or paragraph before it, or to the text below it.

What it does: sets the line free with a blank line, and makes it a heading; a numbered line is only
set free, and the run that it belongs to decides what it is. In any post, the answers glued to a run
of numbered bold questions are set free of these, and so is an underlined title (``Title`` over
``-----``) of the text right above it.

Why: an exporter that forgets the blank line makes the title part of the item above. What tells it
from a soft wrap: it begins a line although the word would have fitted on the one before, that one
is finished, it has a title's form, and the post bears the marks of an export.

Example: ``* Advocating openness`` and, on the next line, ``Historical Context`` become a list item,
a blank line and ``### Historical Context``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Repair
from pipeline.normalize.context import governs, is_prose
from pipeline.normalize.emphasis import read_emphasis
from pipeline.normalize.levels import plain_level
from pipeline.normalize.setext_accidents import underlined_alone
from pipeline.normalize.text import split_number
from pipeline.normalize.titles import Reading, heading, read_title

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft
    from pipeline.normalize.tree import Block, Tree

CODE = "N202"
_FINISHED = re.compile(r"[.?!:…)][\"”»’'*_`]*$")
_MARKED = re.compile(r"[*_#>|+~<\[\-–—•=:]|!\[|\\")
_WRAPPED_LINES = 3
_ENOUGH = 3
"""So many numbered bold lines belong together."""
_NUMBERED = re.compile(r"\d{1,3}\. ")


def find(draft: Draft) -> Iterator[Repair]:
    """A repair for each line inside a paragraph that reads as a title."""
    yield from _underlined(draft.tree)
    if not draft.evidence.exported or soft_wrapped(draft.tree):
        yield from _answers(draft)
        return
    for index, block in enumerate(draft.tree.blocks):
        if block.kind == "paragraph":
            yield from _in_paragraph(draft, index, block)
        elif block.kind in ("bullets", "steps"):
            yield from _in_list(draft, index, block)


def _underlined(tree: Tree) -> Iterator[Repair]:
    """A title that is underlined and stands right below text, which then is part of it."""
    for block in tree.headings:
        if underlined_alone(tree, block):
            line = tree.line(block.last - 1)
            yield Repair(
                CODE, 0.9, block.last - 1, block.last - 1, (line,), ("", line),
                "an underlined title glued to a paragraph",
            )  # fmt: skip


def soft_wrapped(tree: Tree) -> bool:
    """Whether the post breaks its paragraphs over lines: most of those with more than one line
    have three and more."""
    many = [b for b in tree.blocks if b.kind == "paragraph" and not b.one_line]
    long = sum(b.last - b.first + 1 >= _WRAPPED_LINES for b in many)
    return long >= 3 and long * 2 > len(many)


def _in_paragraph(draft: Draft, index: int, block: Block) -> Iterator[Repair]:
    tree = draft.tree
    for number in range(block.first, block.last + 1):
        if block.one_line:
            return
        above = tree.line(number - 1) if number > block.first else ""
        if above and not _FINISHED.search(above.rstrip()):
            continue
        if number < block.last:
            if not is_prose(tree.line(number + 1)) or tree.line(number + 1)[:1].islower():
                continue
            place = 0.95
        else:
            place = governs(tree, index + 1, draft.top)
        yield from _repair(draft, number, place, "a paragraph", bool(above))


def _in_list(draft: Draft, index: int, block: Block) -> Iterator[Repair]:
    """Unindented lines that CommonMark reads on into an item's paragraph."""
    tree = draft.tree
    if block.kind == "steps" and len(block.children) == 1 and draft.evidence.certain:
        yield from _below_numbered(draft, block.children[0])
    for position, item in enumerate(block.children):
        leaf = _last_leaf(item)
        if leaf.kind != "paragraph":
            continue
        at_end = position == len(block.children) - 1
        for number in range(leaf.first + 1, leaf.last + 1):
            if number < leaf.last:
                place = 0.9 if is_prose(tree.line(number + 1)) else 0.0
            else:
                place = governs(tree, index + 1, draft.top) if at_end else 0.95
            yield from _repair(draft, number, place, "a list item", True)


def _below_numbered(draft: Draft, item: Block) -> Iterator[Repair]:
    """The text glued to a numbered line, which is set free; the run decides what the line is."""
    tree = draft.tree
    leaf = item.children[0] if len(item.children) == 1 else item
    if leaf.kind != "paragraph" or leaf.one_line or leaf.first != item.first:
        return
    line, below = tree.line(leaf.first), tree.line(leaf.first + 1)
    reading = read_title(line)
    if reading is None or not reading.number or below[0].isspace() or below[:1].islower():
        return
    if reading.words + 3 < len(below.split()) and is_prose(below):
        yield Repair(
            CODE, round(draft.evidence.trust * 0.95, 2), leaf.first, leaf.first, (line,),
            (line, ""), f"text glued to a numbered title; {draft.evidence.told()}",
        )  # fmt: skip


def _answers(draft: Draft) -> Iterator[Repair]:
    """The answers glued to numbered bold questions that count on through the post. Numbered bold
    lines that ask nothing are mostly steps over what to type."""
    for run in _asked(draft.tree):
        broken = len({index for index, _ in run}) > 1
        for item in [item for _, item in run if not item.children[0].one_line]:
            if len(run) < _ENOUGH:
                break
            line = draft.tree.line(item.first)
            yield Repair(
                CODE, 0.9 if broken else 0.85, item.first, item.first, (line,), (line, ""),
                f"an answer glued to one of {len(run)} numbered bold questions",
            )  # fmt: skip


def _asked(tree: Tree) -> Iterator[list[tuple[int, Block]]]:
    """Items that are no more than a bold question and text at the margin below it, as they count
    on; with the index of their list."""
    run: list[tuple[int, Block]] = []
    for index, block in enumerate(tree.blocks):
        for item in block.children if block.kind == "steps" else ():
            if not _asks(tree, item):
                yield run
                run = []
            elif run and item.number == (run[-1][1].number or 0) + 1:
                run.append((index, item))
            else:
                yield run
                run = [(index, item)]
    yield run


def _asks(tree: Tree, item: Block) -> bool:
    if len(item.children) != 1 or item.children[0].kind != "paragraph":
        return False
    said = read_emphasis(split_number(tree.line(item.first))[1])
    reading = read_title(said.text) if said is not None and said.strong else None
    if reading is None or not reading.question:
        return False
    leaf = item.children[0]
    return leaf.one_line or not tree.line(leaf.first + 1)[:1].isspace()


def _last_leaf(block: Block) -> Block:
    while block.children:
        block = block.children[-1]
    return block


def _repair(draft: Draft, number: int, place: float, what: str, below: bool) -> Iterator[Repair]:
    line = draft.tree.line(number)
    if not line or line[0].isspace() or _MARKED.match(line) or not place:
        return
    reading = read_title(line)
    if reading is None or (reading.number and not _NUMBERED.match(line)):
        return
    confidence = round(draft.evidence.trust * place * _form(reading), 2)
    level = plain_level(draft.tree, number, reading.text, draft.top)
    made = line if reading.number else heading(level, "", reading.text)
    after = ("", made) if below else (made,)
    if after == (line,):
        return
    yield Repair(
        CODE, confidence, number, number, (line,), after,
        f"a title glued to {what}; {draft.evidence.told()}",
    )  # fmt: skip


def _form(reading: Reading) -> float:
    return reading.form if not reading.number else max(reading.form, 0.9)
