"""The block tree of a Markdown body, with the lines that each block stands on.

It reads the same dialect as pandoc does later (CommonMark with tables, footnotes, definition
lists, display math), as far as block structure goes: what is inside a paragraph is not parsed.
Lines are counted from 1, first and last included.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.normalize.text import spaced

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

KINDS = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "bullet_list_open": "bullets",
    "ordered_list_open": "steps",
    "list_item_open": "item",
    "blockquote_open": "quote",
    "table_open": "table",
    "dl_open": "definitions",
    "dt_open": "term",
    "dd_open": "definition",
    "footnote_reference_open": "note",
    "fence": "fence",
    "code_block": "code",
    "html_block": "html",
    "math_block": "math",
    "math_block_label": "math",
    "hr": "wall",
}
"""Parser token to block kind, as the rules know it."""

VERBATIM = frozenset({"fence", "code", "html", "math"})
"""Kinds whose lines mean what they are, letter by letter."""


BLANKS = " \t"
"""What a blank line may hold; a no-break space is text to CommonMark."""

_TO_THE_END = frozenset({"fence", "html"})
"""Kinds that run on over blank lines to the end of the post when nothing closes them."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block on lines ``first`` to ``last`` (trailing blank lines are not counted in).

    ``level`` is a heading's; ``number`` is the number that the source gives an item of an
    ordered list; ``text`` is what a heading or paragraph says, or verbatim content.
    """

    kind: str
    first: int
    last: int
    level: int = 0
    number: int | None = None
    text: str = ""
    children: tuple[Block, ...] = ()

    @property
    def one_line(self) -> bool:
        """Whether the block stands on a single line."""
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class Tree:
    """The lines of a body and its top blocks in order."""

    lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    every: tuple[Block, ...]
    """All blocks in the order of the source, parents before children."""
    verbatim: frozenset[int] = field(repr=False)
    """The lines of code, raw HTML and display math."""
    headings: tuple[Block, ...] = ()
    """The headings among the top blocks."""

    def line(self, number: int) -> str:
        """Line ``number``, counted from 1."""
        return self.lines[number - 1]

    def is_blank(self, number: int) -> bool:
        """Whether that line is blank; lines before the first and after the last are."""
        return not 1 <= number <= len(self.lines) or not self.lines[number - 1].strip(BLANKS)

    def shape(self) -> tuple[tuple[str, int, int | None, str], ...]:
        """What the blocks are and say, whatever lines they stand on and however they are spaced:
        equal before and after a repair that only tidies."""
        return tuple(
            (b.kind, b.level, b.number, b.text if b.kind in VERBATIM else spaced(b.text))
            for b in self.every
        )

    def verbatim_text(self) -> tuple[tuple[str, str], ...]:
        """The content of every verbatim block, in order."""
        return tuple((b.kind, b.text) for b in self.every if b.kind in VERBATIM)


def parse(lines: tuple[str, ...]) -> Tree:
    """The block tree of ``lines``; never fails, for every text is Markdown."""
    tokens = _parser().parse("\n".join(lines))
    blocks = _children(iter(tokens), lines)
    every = tuple(_walk(blocks))
    verbatim = frozenset(
        number
        for block in every
        if block.kind in VERBATIM
        for number in range(block.first, block.last + 1)
    )
    headings = tuple(block for block in blocks if block.kind == "heading")
    return Tree(lines, blocks, every, verbatim, headings)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """The dialect; only its block rules run, which is what makes it cheap."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark").enable("table")
    parser.use(footnote_plugin).use(deflist_plugin).use(dollarmath_plugin)
    parser.core.ruler.enableOnly(["block"])
    return parser


def _children(tokens: Iterator[Token], lines: tuple[str, ...]) -> tuple[Block, ...]:
    """The blocks up to the end of the parent that is open."""
    blocks = []
    for token in tokens:
        if token.nesting < 0:
            break
        kind = KINDS.get(token.type)
        if kind is None or token.map is None:
            continue
        if kind == "table":
            _skip(tokens)
            blocks.append(_block(token, kind, lines))
        elif kind in ("heading", "paragraph"):
            text = next(tokens).content
            next(tokens)
            blocks.append(_block(token, kind, lines, text=text))
        elif token.nesting > 0:
            blocks.append(_block(token, kind, lines, children=_children(tokens, lines)))
        else:
            blocks.append(_block(token, kind, lines, text=token.content))
    return tuple(blocks)


def _skip(tokens: Iterator[Token]) -> None:
    depth = 1
    while depth:
        depth += next(tokens).nesting


def _block(
    token: Token,
    kind: str,
    lines: tuple[str, ...],
    text: str = "",
    children: tuple[Block, ...] = (),
) -> Block:
    first, end = token.map or [0, 1]
    while end > first + 1 and not lines[end - 1].strip(BLANKS) and kind not in _TO_THE_END:
        end -= 1
    level = int(token.tag[1:]) if kind == "heading" else 0
    number = int(token.info) if kind == "item" and token.info else None
    return Block(kind, first + 1, end, level, number, text, children)


def _walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        yield from _walk(block.children)
