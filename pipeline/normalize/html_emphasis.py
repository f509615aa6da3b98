"""A line of bold text in a paragraph or in a list of raw HTML.

What it does: makes a bold line of Markdown of ``<p><b>Title</b></p>`` and ``<div><strong>Title
</strong></div>`` when the text has a title's form; of ``<p><b>Title</b><br>text`` too, where two
and more of these are in the post; and ``2. **Title**`` of an ``<ol start="2">`` that holds nothing
else. Whether these are titles is for N205 and N203 to say.

Why: visual editors write titles as bold paragraphs, and an export that leaves their HTML hides them
from Markdown. One or two lines that are set in the middle or to the right are captions or mottos,
and sentences are notes: they stay as they are. So do the names at the head of addresses and of
people's cards, which have short lines below them.

Example: ``<p><strong>Soil and Light</strong></p>`` becomes ``**Soil and Light**``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Repair
from pipeline.normalize.emphasis import read_emphasis
from pipeline.normalize.text import columns, folded
from pipeline.normalize.titles import read_title

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft
    from pipeline.normalize.tree import Block, Tree

CODE = "N307"
FAMILY = 2
"""So many paragraphs that begin with a bold line belong together."""
PLACED = 3
"""So many that are set in the middle are titles, and no captions or mottos."""
_LONG = 60
"""Columns of a line that is text and no part of an address."""
_BESIDE = 12
"""So many lines of a paragraph tell whether it is text."""
_LINE = re.compile(r"[ \t]*<(p|div)\b(?P<attributes>[^<>]*)>(?P<text>[^\n]+)</\1>[ \t]*", re.I)
_HEAD = re.compile(
    r"[ \t]*(?P<open><(?:p|div)\b(?P<attributes>[^<>]*)>)[ \t]*"
    r"(?P<text><(?P<tag>b|strong)>[^<>]+(?:<br ?/?>)?</(?P=tag)>)[ \t]*"
    r"(?:(?:</?br ?/?>)+(?P<rest>.*)|(?P<none>))",
    re.I,
)
_OPEN = re.compile(r"[ \t]*<(?:p\b[^<>]*|div(?: (?:style|align|dir)=[^<>]*)?)>[ \t]*", re.I)
"""A tag alone on its line; a ``<div>`` that has a class is the author's box."""
_CLOSE = re.compile(r"[ \t]*</(?:p|div)>[ \t]*", re.I)
_END = re.compile(r"</(?:p|div)>", re.I)
_SLIPPED = re.compile(
    r" {0,3}<(?P<tag>b|strong)>(?P<text>[^<>\n]+)\n</(?P=tag)>(?:<br ?/?>)?[ \t]*", re.I
)
_ITEM = re.compile(
    r"\s*<ol(?: start=[\"']?(?P<start>\d{1,3})[\"']?)?>\s*<li>\s*"
    r"(?P<text><(?P<tag>b|strong)>[^<>]+</(?P=tag)>)\s*</li>\s*</ol>\s*", re.I
)  # fmt: skip
_PLACED = re.compile(r"center|right", re.I)
_TAG = re.compile(r"<[^<>]*>")
_VERBATIM = re.compile(r"[ \t]*<(?:!|\?|pre\b|script\b|style\b|textarea\b|table\b)", re.I)


def find(draft: Draft) -> Iterator[Repair]:
    """A repair for each such line."""
    tree = draft.tree
    heads: list[Repair] = []
    alone: list[Repair] = []
    placed: list[Repair] = []
    for block in tree.blocks:
        if block.kind == "paragraph" and "\n</" in block.text:
            yield from _closed_below(tree, block)
        if block.kind != "html" or _VERBATIM.match(tree.line(block.first)):
            continue
        if match := _ITEM.fullmatch(block.text):
            yield from _item(tree, block, match)
            continue
        for number in range(block.first, block.last + 1):
            last, line = _paragraph(tree, block, number)
            if (match := _HEAD.fullmatch(line)) and not _END.match(match["rest"] or ""):
                heads += _head(tree, block, number, match)
            elif match := _LINE.fullmatch(line):
                found = _alone(tree, block, (number, last), match)
                (placed if _PLACED.search(match["attributes"]) else alone).extend(found)
    yield from alone
    said = {folded(repair.after[-3]) for repair in heads}
    said |= {folded("".join(repair.after)) for repair in alone}
    if len(said) >= FAMILY:
        yield from heads
    if len({" ".join(repair.after) for repair in placed}) >= PLACED:
        yield from placed


def _paragraph(tree: Tree, block: Block, number: int) -> tuple[int, str]:
    """Line ``number`` of the block, and the two below it where it is no more than a tag that the
    second of them closes; with the number of the last of them."""
    line = tree.line(number)
    if _OPEN.fullmatch(line) and number + 2 <= block.last:
        said, end = tree.line(number + 1), tree.line(number + 2)
        if _CLOSE.fullmatch(end):
            return number + 2, line.strip() + said.strip() + end.strip()
    return number, line


def _closed_below(tree: Tree, block: Block) -> Iterator[Repair]:
    """Bold text of one line whose end mark slipped to the next."""
    for number in range(block.first, block.last):
        lines = tree.lines[number - 1 : number + 1]
        match = _SLIPPED.fullmatch("\n".join(lines))
        if match and read_title(match["text"]):
            yield Repair(
                CODE, 0.9, number, number + 1, lines,
                (f"<{match['tag']}>{match['text'].strip()}</{match['tag']}>",),
                "bold text that ends on the next line",
            )  # fmt: skip


def _title(match: re.Match[str]) -> str:
    """The bold text as a line of Markdown; empty if it cannot be a title."""
    said = read_emphasis(match["text"].strip())
    if said is None or not said.strong or read_title(said.text) is None:
        return ""
    return f"{said.lead}**{said.text.strip()}**"


def _alone(
    tree: Tree, block: Block, lines: tuple[int, int], match: re.Match[str]
) -> Iterator[Repair]:
    made, (first, last) = _title(match), lines
    below = last == block.last or tree.line(last + 1).lstrip().startswith("<")
    if made and below and _begins(tree, block, first):
        yield _repair(tree, first, last, made)


def _head(tree: Tree, block: Block, number: int, match: re.Match[str]) -> Iterator[Repair]:
    """A bold line at the head of a paragraph: the paragraph then begins below it."""
    made = "" if _PLACED.search(match["attributes"]) else _title(match)
    runs_on = match["rest"] is None and tree.line(number + 1).lstrip()[:1].islower()
    if not made or runs_on or not _begins(tree, block, number):
        return
    if not _tells(tree, block, number, match):
        return
    above = () if tree.is_blank(number - 1) else ("",)
    yield Repair(
        CODE, 0.9, number, number, (tree.line(number),),
        (*above, made, "", match["open"] + (match["rest"] or "").lstrip()),
        "a bold line at the head of a paragraph of raw HTML",
    )  # fmt: skip


def _tells(tree: Tree, block: Block, number: int, match: re.Match[str]) -> bool:
    """Whether the paragraph has a line of text, as an address has none."""
    lines = (match["rest"] or "", *tree.lines[number : min(block.last, number + _BESIDE)])
    for line in lines:
        if columns(_TAG.sub("", line)) >= _LONG:
            return True
        if _END.search(line):
            return False
    return False


def _item(tree: Tree, block: Block, match: re.Match[str]) -> Iterator[Repair]:
    made = _title(match)
    if made:
        yield Repair(
            CODE, 0.9, block.first, block.last, tree.lines[block.first - 1 : block.last],
            (f"{match['start'] or 1}. {made}",), "a list of raw HTML that is one bold line",
        )  # fmt: skip


def _begins(tree: Tree, block: Block, number: int) -> bool:
    """Whether what touches the line above it ends as HTML, so that it stays that."""
    return number == block.first or tree.line(number - 1).rstrip().endswith(">")


def _repair(tree: Tree, first: int, last: int, made: str) -> Repair:
    above = () if tree.is_blank(first - 1) else ("",)
    below = () if tree.is_blank(last + 1) else ("",)
    return Repair(
        CODE, 0.9, first, last, tree.lines[first - 1 : last], (*above, made, *below),
        "a bold paragraph of raw HTML",
    )  # fmt: skip
