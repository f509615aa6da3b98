"""Code that opens as ``<pre>`` and closes as a fence, or has a stray back-tick for ``<code>``.

What it does: makes a fence of it, with the language that the tags name, and puts the characters
back for which HTML has entities.

Why: an export that turned only half of the tags into Markdown leaves a ``<pre>`` that nothing
closes, which hides the rest of the post from Markdown, or a ``<code>`` that nothing closes. A
``<pre>`` that is whole is the author's and stays.

Example: ``<pre class="wp-block-code">`` with a back-tick, the code, and three back-ticks become a
fence, the code and a fence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from pipeline.model import Repair

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft
    from pipeline.normalize.tree import Tree

CODE = "N302"
_OPEN = re.compile(r"(?P<tags>[ \t]*<pre\b[^>]*>(?:<code\b[^>]*>)?)(?P<tick>`?)(?P<rest>.*)$", re.I)
_CLOSE = re.compile(r"(?P<rest>.*?)(?P<close>`*(?:</code>)?</pre>|(?<!`)`{3,4})[ \t]*$", re.I)
_LANGUAGE = re.compile(r"\blanguage-([\w+#-]+)|\blang=\"([\w+#-]+)\"", re.I)
_MARKED = re.compile(r"</?(?:b|strong|em|i|u|span|br|mark|a|sup|sub|kbd)\b", re.I)


@dataclass(frozen=True, slots=True)
class Broken:
    """Code between lines ``first`` and ``last`` whose two ends do not fit."""

    first: int
    last: int
    language: str
    code: tuple[str, ...]


def find(draft: Draft) -> Iterator[Repair]:
    """A repair for each."""
    tree = draft.tree
    if not any(b.kind == "html" for b in tree.every):
        return
    fenced = {
        n for b in tree.every if b.kind in ("fence", "code") for n in range(b.first, b.last + 1)
    }
    number = 1
    while number <= len(tree.lines):
        match = None if number in fenced else _OPEN.match(tree.line(number))
        if match is None:
            number += 1
            continue
        last, close = _end(tree, number, match)
        if close is None:
            return
        broken = _broken(tree, number, match, last, close)
        if broken:
            yield _repair(tree, broken)
        number = last + 1


def _end(tree: Tree, first: int, opened: re.Match[str]) -> tuple[int, re.Match[str] | None]:
    """The line where the code ends, and how."""
    if match := _CLOSE.match(opened["rest"]):
        return first, match
    for number in range(first + 1, len(tree.lines) + 1):
        if match := _CLOSE.match(tree.line(number)):
            return number, match
    return first, None


def _broken(
    tree: Tree, first: int, opened: re.Match[str], last: int, close: re.Match[str]
) -> Broken | None:
    tagged = "<code" in opened["tags"].lower()
    ended = close["close"].lower()
    whole = "</pre>" in ended and not ended.startswith("`") and tagged == ("</code>" in ended)
    if whole:
        return None
    if first == last:
        code: tuple[str, ...] = (close["rest"],)
    else:
        body = (opened["rest"], *tree.lines[first : last - 1], close["rest"])
        code = body if body[-1].strip() else body[:-1]
    if not any(line.strip() for line in code) or any("```" in line for line in code):
        return None
    if any(_MARKED.search(line) for line in code):
        return None
    named = _LANGUAGE.search(opened["tags"])
    language = (named[1] or named[2]) if named else ""
    return Broken(first, last, language, tuple(map(unescape, code)))


def _repair(tree: Tree, broken: Broken) -> Repair:
    above = broken.first - 1
    in_html = above in tree.verbatim and not tree.is_blank(above)  # where a fence is none
    return Repair(
        CODE, 0.97, broken.first, broken.last, tree.lines[broken.first - 1 : broken.last],
        (*(("",) if in_html else ()), f"```{broken.language}", *broken.code, "```"),
        "code that opens as <pre> and does not close as one",
    )  # fmt: skip
