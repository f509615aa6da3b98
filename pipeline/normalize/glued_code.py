"""Code glued to its opening fence.

What it does: sets what follows the language on a line of its own, as the first line of the code.

Why: all that stands after an opening fence is its info string, which no edition prints. A command
that was glued there is lost, and the reader finds an empty box. A word or two behind the language
may be meant for a highlighter (``python numberLines``), and so may attributes; so where the block
holds other code, only a longer remark or command is taken for code.

Example: three backticks with ``bash sudo dnf update`` behind them, over nothing but the closing
fence, become the fence with ``bash`` and, on the next line, ``sudo dnf update``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Repair

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft

CODE = "N306"
_OPENS = re.compile(
    r"(?P<fence>(?P<indent>[ \t]*)(?:`{3,}|~{3,})[ \t]*(?P<language>[A-Za-z][\w+#.-]*))"
    r"[ \t]+(?P<code>\S.*?)[ \t]*$"
)
_ATTRIBUTES = re.compile(r"[{}]|(?:^|\s)[\w-]+=")
_MEANT = 2
"""So many words behind a language may be meant for a highlighter."""


def find(draft: Draft) -> Iterator[Repair]:
    """A repair for each fence whose info string holds code."""
    tree = draft.tree
    for block in tree.every:
        if block.kind != "fence":
            continue
        line = tree.line(block.first)
        opened = _OPENS.match(line)
        if opened is None:
            continue
        code = opened["code"]
        empty = not block.text.strip()
        if not empty and (len(code.split()) <= _MEANT or _ATTRIBUTES.search(code)):
            continue
        if empty and code.startswith("{"):
            continue
        yield Repair(
            CODE, 0.97 if empty else 0.88, block.first, block.first, (line,),
            (opened["fence"], opened["indent"] + code),
            "code stands behind the language of an empty block" if empty
            else "a line of code stands behind the language",
        )  # fmt: skip
