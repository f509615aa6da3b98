"""A closing fence glued to the last line of the code.

What it does: sets the fence on a line of its own, so that the code ends there.

Why: a fence that is not alone on its line closes nothing. The code then swallows text and headings
up to the next fence, and from there on code and text have changed places. Since one mend turns all
that follows, the post is read anew as a whole, and the mends are made only if that leaves less
prose inside code than before. Markdown shown inside Markdown keeps its inner fences: they are of
another length, or their own closing fence follows.

Example: a code line ``sudo reboot`` with three backticks at its end becomes ``sudo reboot`` and,
on the next line, the fence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model import Repair

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft
    from pipeline.normalize.tree import Tree

CODE = "N301"
_OPENS = re.compile(r"(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)$")
_GLUED = re.compile(r"(?P<code>.*[^`\s].*?)(?P<fence>`{3,}|~{3,})[ \t]*$")
_HEADING = re.compile(r"#{2,6} \S|\*\*[^*]+\*\*:? *$")
_MARKDOWN = re.compile(r"\s*\{?\.?(md|markdown|mdx|rst|text/markdown)\b", re.I)
_SENTENCE = re.compile(r"(?:[*-] |\d+\. )?[^\W\d_a-z].*[^\W\d_][.:!?]$")
_SENTENCE_WORDS = 8


@dataclass(frozen=True, slots=True)
class Glued:
    """A line that ends in a fence: its number, the code on it, and the fence as it should be."""

    line: int
    code: str
    fence: str


def find(draft: Draft) -> Iterator[Repair]:
    """The repairs of the whole post, or none."""
    tree = draft.tree
    fences = [b for b in tree.every if b.kind == "fence"]
    first = next((b.first for b in fences if _holds_glued(tree, b.first, b.last)), 0)
    if not first:
        return
    glued, code = _read_anew(tree, first)
    before = _prose(tree, (n for n in tree.verbatim if n >= first))
    after = _prose(tree, code)
    if after > before:
        return
    confidence = 0.98 if after < before else 0.92
    for one in glued:
        line = tree.line(one.line)
        yield Repair(
            CODE, confidence, one.line, one.line, (line,), (one.code, one.fence),
            f"a fence glued to the code; {before} lines of prose in code, then {after}",
        )  # fmt: skip


def _holds_glued(tree: Tree, first: int, last: int) -> bool:
    return any(_GLUED.match(tree.line(n)) for n in range(first + 1, last + 1))


def _read_anew(tree: Tree, first: int) -> tuple[list[Glued], list[int]]:
    """What is glued from line ``first`` on, and which lines are code when it closes there."""
    glued: list[Glued] = []
    code: list[int] = []
    opened: re.Match[str] | None = None
    for number in range(first, len(tree.lines) + 1):
        line = tree.line(number)
        if opened is None:
            opened = _OPENS.match(line)
            continue
        if _closes(line, opened["fence"]):
            opened = None
        elif end := _glued(tree, number, opened):
            glued.append(end)
            opened = None
        else:
            code.append(number)
    return glued, code


def _closes(line: str, fence: str) -> bool:
    said = line.strip()
    return len(said) >= len(fence) and not said.strip(fence[0])


def _glued(tree: Tree, number: int, opened: re.Match[str]) -> Glued | None:
    match = _GLUED.match(tree.line(number))
    if match is None or match["fence"] != opened["fence"] or opened["fence"] in match["code"]:
        return None
    if _MARKDOWN.match(opened["info"]):
        return None
    following = tree.line(number + 1) if number < len(tree.lines) else ""
    if _closes(following, opened["fence"]) and tree.is_blank(number + 2):
        return None
    return Glued(number, match["code"].rstrip(), opened["indent"] + opened["fence"])


def _prose(tree: Tree, numbers: Iterator[int] | list[int]) -> int:
    """How many of the lines are sentences or headings of Markdown."""
    return sum(_is_prose(tree.line(n).strip()) for n in numbers)


def _is_prose(line: str) -> bool:
    if _HEADING.match(line):
        return True
    return bool(_SENTENCE.match(line)) and len(line.split()) >= _SENTENCE_WORDS
