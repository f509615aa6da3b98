"""Entities in code.

What it does: puts back the characters for which a fence, or code within a line, has ``&lt;``,
``&gt;`` and ``&amp;``.

Why: HTML asks for entities, code in Markdown does not know them: the reader gets ``&amp;&amp;`` to
type. An export that turned ``<pre>`` into a fence leaves them. Code about HTML may mean them, so
its languages are left alone, code that has such characters beside them, a bare ``&lt;`` in a line,
and an ``&amp;`` between the parts of an address.

Example: in a fence, ``apt update &amp;&amp; apt upgrade`` becomes ``apt update && apt upgrade``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Repair

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft
    from pipeline.normalize.tree import Block, Tree

CODE = "N305"
_ENTITY = re.compile(r"&(?:lt|gt|amp);")
_RAW = re.compile(r"[<>]|&(?!(?:lt|gt|amp);)")
_MARKUP = re.compile(
    r"html|xml|svg|vue|jsx|tsx|php|django|jinja|liquid|twig|erb|markdown|md|mdx|css|handlebars|text$|^$"
)
_CHARACTERS = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}


_SPAN = re.compile(r"(?<!`)`(?=[^`])(?P<code>[^`\n]+)`(?!`)")
_BARE = re.compile(r"\s*&\w+;\s*")
_ADDRESS = re.compile(r"[?&][\w.-]+=|://|\w=\S*&amp;\w+=")


def find(draft: Draft) -> Iterator[Repair]:
    """A repair for each line of code with an entity."""
    tree = draft.tree
    for block in tree.every:
        if not _ENTITY.search(block.text):
            continue
        if block.kind == "fence":
            yield from _in_fence(tree, block)
        elif block.kind in ("paragraph", "heading"):
            yield from _in_text(tree, block)


def _in_fence(tree: Tree, block: Block) -> Iterator[Repair]:
    language = tree.line(block.first).strip().lstrip("`~").strip().split(" ")[0].lower()
    if _MARKUP.search(language) or _RAW.search(block.text):
        return
    for number in range(block.first + 1, block.last + 1):
        line = tree.line(number)
        after = _ENTITY.sub(_character, line)
        if after != line:
            yield Repair(CODE, 0.93, number, number, (line,), (after,), "an entity in code")


def _in_text(tree: Tree, block: Block) -> Iterator[Repair]:
    for number in range(block.first, block.last + 1):
        line = tree.line(number)
        after = _SPAN.sub(_plain_span, line) if _ENTITY.search(line) else line
        if after != line:
            yield Repair(
                CODE, 0.88, number, number, (line,), (after,), "an entity in code within a line"
            )


def _plain_span(span: re.Match[str]) -> str:
    code = span["code"]
    if _RAW.search(code) or _BARE.fullmatch(code) or _ADDRESS.search(code):
        return span[0]
    return "`" + _ENTITY.sub(_character, code) + "`"


def _character(entity: re.Match[str]) -> str:
    return _CHARACTERS[entity[0]]
