"""Paragraphs in ``<div>``, ``<p>`` and ``<br>``, as Blogger and word processors write them.

What it does: takes the tags around the text away and sets paragraphs apart by blank lines: one for
each ``<div>`` or ``<p>``, and where two ``<br>`` stand together, in Markdown too; a line of its own
to what follows one ``<br>``. Empty ones (``<div><br></div>``, ``<p>&nbsp;</p>``, ``<o:p></o:p>``)
go, and so do ``<span>`` and ``<font>``, which only carry a style; one that is bold becomes ``<b>``.

Why: to Markdown such a post is one block of raw HTML. Its titles cannot be found, what looks like
Markdown in it is printed with its marks, and empty boxes make holes in the page. Done only if the
post has three and more such lines, or marks of a word processor, and only for blocks that hold
nothing else: tables, lists, pictures with a caption and every element with a class or an address of
its own stay.

Example: ``<div><b>Sowing</b></div>``, ``<div><br /></div>``, ``<div>Sow in May.</div>`` become the
paragraphs ``<b>Sowing</b>`` and ``Sow in May.``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Repair
from pipeline.normalize.emphasis import STYLED

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft
    from pipeline.normalize.tree import Block, Tree

CODE = "N308"
LEAST = 3
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z][\w:]*)(?P<attributes>(?:\s[^<>]*)?)/?>", re.I)
_WORD = re.compile(r"<o:p\b|\bmso-|\bMsoNormal\b", re.I)
_LINE = re.compile(r"\s*<(?:div|p|center)\b[^<>]*>.*|.*(?:</(?:div|center)>|</?br ?/?>)\s*$", re.I)
_BOXES = frozenset({"div", "p", "center"})
_STYLES = frozenset({"span", "font", "o:p"})
_KEPT = frozenset({"b", "strong", "i", "em", "u", "a", "img", "sup", "sub", "small", "s", "del"})
_CLASS = r"(?:separator|Mso\w*|Apple-[\w-]+|post-body|gmail_\w+|tr_bq)"
_HARMLESS = re.compile(
    rf"(?:\s+(?:class=(?:\"{_CLASS}\"|'{_CLASS}'|{_CLASS})|"
    r"(?:style|align|dir|lang|xml:lang|face|size|color)=(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+)))*\s*",
    re.I,
)
_WITHIN = r"(?:(?!(?P=quote))[^<>]){0,200}"
_STYLED = re.compile(
    rf"<span style=(?P<quote>[\"']){_WITHIN}?(?:{STYLED.pattern}){_WITHIN}(?P=quote)>"
    r"(?P<said>[^<>]*)</span>", re.I
)  # fmt: skip
"""A span that is bold, or stands out otherwise."""
_OFFICE = re.compile(r"((?<!`)(`+)(?!`).*?(?<!`)\2(?!`))|</?o:p(?:\s[^<>]*)?/?>", re.I)
"""A code span, which is kept, or such a tag."""
_PARAGRAPHS = re.compile(r"\0+")
_BREAK = re.compile(r"<br ?/?>(?=[^\n\0])", re.I)
_TWO_BREAKS = re.compile(r"(?:\s*</?br ?/?>\s*){2,}", re.I)
_EDGE_BREAKS = re.compile(r"^(?:</?br ?/?>|&nbsp;|\s)+|(?:</?br ?/?>|&nbsp;|\s)+$", re.I)
_INDENT = re.compile(r"\n[ \t\u00a0]+")


def find(draft: Draft) -> Iterator[Repair]:
    """A repair for each block of such HTML, and for each line with marks of a word processor."""
    tree = draft.tree
    blocks = [b for b in tree.blocks if b.kind == "html" and _is_soup(b.text)]
    lines = sum(bool(_LINE.match(line)) for b in blocks for line in b.text.split("\n"))
    word = any(_WORD.search(b.text) for b in blocks)
    if (lines >= LEAST or word) and _balanced(blocks):
        for block in blocks:
            yield _repair(tree, block)
    broken = [b for b in tree.blocks if b.kind == "paragraph" and _TWO_BREAKS.search(b.text)]
    if sum(len(_TWO_BREAKS.findall(b.text)) for b in broken) >= LEAST:
        for block in broken:
            yield from _parted(tree, block)
    for block in tree.every:
        if block.kind in ("paragraph", "heading") and "<o:p" in block.text:
            yield from _in_markdown(tree, block)


def _in_markdown(tree: Tree, block: Block) -> Iterator[Repair]:
    """A word processor's tags within Markdown, which prints them."""
    for number in range(block.first, block.last + 1):
        line = tree.line(number)
        after = _OFFICE.sub(lambda m: m[1] or "", line)
        if after != line and after.strip():
            yield Repair(
                CODE, 0.95, number, number, (line,), (after,), "tags of a word processor"
            )  # fmt: skip


def _parted(tree: Tree, block: Block) -> Iterator[Repair]:
    """Paragraphs of Markdown that only two breaks set apart; not if an element goes on over them,
    or code does."""
    lines = tree.lines[block.first - 1 : block.last]
    text = _STYLED.sub(r"<b>\g<said></b>", "\n".join(lines))
    parts = [_BREAK.sub(r"\g<0>\n", part.strip("\n")) for part in _TWO_BREAKS.split(text)]
    if "`" in text or not all(_closed(part) for part in parts):
        return
    after = [line for part in parts if part.strip() for line in ("", *part.split("\n"))]
    yield Repair(
        CODE, 0.9, block.first, block.last, lines, tuple(after[1:]),
        "paragraphs that only two breaks set apart",
    )  # fmt: skip


def _closed(text: str) -> bool:
    """Whether every element that opens in the text ends in it."""
    depth = 0
    for tag in _TAG.finditer(text):
        if tag["name"].lower() not in ("br", "img", "hr"):
            depth += -1 if tag["end"] else 1
            if depth < 0:
                return False
    return depth == 0


def _is_soup(text: str) -> bool:
    """Whether the block holds nothing but text, boxes and styles."""
    rest = _TAG.sub("", text)
    if "<" in rest or "```" in rest or not _TAG.match(text.lstrip()):
        return False
    return all(_known(tag) for tag in _TAG.finditer(text))


def _known(tag: re.Match[str]) -> bool:
    name = tag["name"].lower()
    if name in _BOXES or name in _STYLES or name == "br":
        return bool(tag["end"]) or bool(_HARMLESS.fullmatch(tag["attributes"].rstrip("/")))
    return name in _KEPT


def _balanced(blocks: list[Block]) -> bool:
    """Whether what opens in these blocks is closed in them: then no box of the rest loses an
    end."""
    depth = 0
    for block in blocks:
        for tag in _TAG.finditer(block.text):
            if tag["name"].lower() in ("div", "center"):
                depth += -1 if tag["end"] else 1
                if depth < 0:
                    return False
    return depth == 0


def _repair(tree: Tree, block: Block) -> Repair:
    lines = tree.lines[block.first - 1 : block.last]
    text = _TAG.sub(_unwrapped, _STYLED.sub(r"<b>\g<said></b>", "\n".join(lines)))
    text = _BREAK.sub(r"\g<0>\n", _INDENT.sub("\n", _TWO_BREAKS.sub("\0", text)))
    parts = [_EDGE_BREAKS.sub("", part) for part in _PARAGRAPHS.split(text)]
    paragraphs = [part.split("\n") for part in parts if part]
    after = [line for part in paragraphs for line in ("", *filter(str.strip, part))]
    above = block.first > 1 and not tree.is_blank(block.first - 1)
    below = not tree.is_blank(block.last + 1)
    return Repair(
        CODE, 0.93, block.first, block.last, lines,
        (*after[not above :], *(("",) if below and after else ())),
        "paragraphs in tags that only set them apart",
    )  # fmt: skip


def _unwrapped(tag: re.Match[str]) -> str:
    name = tag["name"].lower()
    return "\0" if name in _BOXES else "" if name in _STYLES else tag[0]
