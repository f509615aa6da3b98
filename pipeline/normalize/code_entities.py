"""Entities in code.

What it does: puts back the characters for which a fence has ``&lt;``, ``&gt;`` and ``&amp;``.

Why: HTML asks for entities, a fence does not know them: the reader gets ``&amp;&amp;`` to type. An
export that turned ``<pre>`` into a fence leaves them. Code about HTML may mean them, so its
languages are left alone, and code that has such characters beside them.

Example: in a fence, ``apt update &amp;&amp; apt upgrade`` becomes ``apt update && apt upgrade``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Repair

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft

CODE = "N305"
_ENTITY = re.compile(r"&(?:lt|gt|amp);")
_RAW = re.compile(r"[<>]|&(?!(?:lt|gt|amp);)")
_MARKUP = re.compile(
    r"html|xml|svg|vue|jsx|tsx|php|django|jinja|liquid|twig|erb|markdown|md|mdx|css|handlebars|text$|^$"
)
_CHARACTERS = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}


def find(draft: Draft) -> Iterator[Repair]:
    """A repair for each line of code with an entity."""
    tree = draft.tree
    for block in tree.every:
        if block.kind != "fence" or not _ENTITY.search(block.text):
            continue
        language = tree.line(block.first).strip().lstrip("`~").strip().split(" ")[0].lower()
        if _MARKUP.search(language) or _RAW.search(block.text):
            continue
        for number in range(block.first + 1, block.last + 1):
            line = tree.line(number)
            after = _ENTITY.sub(lambda m: _CHARACTERS[m[0]], line)
            if after != line:
                yield Repair(CODE, 0.93, number, number, (line,), (after,), "an entity in code")
