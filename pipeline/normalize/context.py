"""Where a possible title stands: what comes before it and what it would govern."""

from __future__ import annotations

import re

from pipeline.normalize.text import words
from pipeline.normalize.titles import read_title
from pipeline.normalize.tree import Block, Tree

PROSE = 8
"""So many words make a paragraph prose and not another short line."""

_PICTURE = re.compile(r"!\[|<img|<figure|\{\{[<%] *(figure|imgproc)", re.I)
_CLOSING = re.compile(r"\{\{[<%] */|\{% *end|:{3,}\s*$")
_ASIDE = re.compile(r"(?P<mark>[*_])(?![*_\s]).{20,}(?<![*_\s])(?P=mark)", re.S)
"""A note in italics: who wrote the post, where it appeared. A name stands above it, no title."""
_EMPHASIZED = ("**", "__", "<b>", "<strong>", "<em>", "<i>", "<u>")
_STOPS = (".", ":", "!", "…", "。", "：", "！")
_SHOWN = re.compile(
    r"\s*(?:\{% *(?:highlight|codeblock|code|include_code)\b|\{\{[<%] *highlight\b|"
    r"\[(?:source)?code\b|<pre\b)", re.I
)  # fmt: skip
"""How sites show code besides in fences."""
_ATTRIBUTES = re.compile(r"\{[:.#%<{]|:::")


def is_prose(text: str) -> bool:
    """Whether a paragraph reads as running text."""
    return words(text) >= PROSE or text.rstrip().endswith(_STOPS)


def governs(tree: Tree, index: int, level: int) -> float:
    """How well the blocks after top block ``index`` - 1 serve as what a title governs, 0 to 1.

    A title with nothing under it, or with a title of its own rank or above next, is none.
    """
    if index >= len(tree.blocks):
        return 0.0
    block = tree.blocks[index]
    if block.kind == "heading":
        return 0.95 if block.level > level else 0.0
    if is_code(block):
        return 0.8
    if block.kind == "paragraph":
        return _paragraph(tree, block, index)
    return {"wall": 0.0, "html": 0.95, "definitions": 0.9}.get(block.kind, 1.0)


def _paragraph(tree: Tree, block: Block, index: int) -> float:
    if _CLOSING.match(block.text):
        return 0.0
    aside = bool(_ASIDE.fullmatch(block.text.strip()))
    if aside or is_prose(block.text):
        return 0.6 if aside else 1.0
    first = block.text.split("\n", 1)[0]
    if not block.one_line or read_title(first) is None or first.startswith(_EMPHASIZED):
        return 0.95
    # A short line over a short line: a title over its first sub-title, or a list that lost its
    # marks. A third one settles it.
    following = tree.blocks[index + 1] if index + 1 < len(tree.blocks) else None
    if following is None or following.kind in ("heading", "wall"):
        return 0.5
    if following.kind == "paragraph" and not is_prose(following.text):
        return 0.3
    return 0.9


def is_caption(tree: Tree, index: int) -> bool:
    """Whether the block before top block ``index`` is a picture, which the line may be about; a
    line over a list is not."""
    following = tree.blocks[index + 1 : index + 2]
    if index == 0 or (following and following[0].kind in ("steps", "bullets")):
        return False
    before = tree.blocks[index - 1]
    if "<table" in before.text or "<figcaption" in before.text:
        return False
    return before.kind in ("paragraph", "html") and bool(
        _PICTURE.match(tree.line(before.first).strip())
    )


def empties(tree: Tree, index: int, level: int) -> bool:
    """Whether a title at top block ``index`` would leave a heading of its rank or below, right
    above it, with nothing to govern."""
    before = tree.blocks[index - 1] if index else None
    return before is not None and before.kind == "heading" and before.level >= level


def is_code(block: Block) -> bool:
    """Whether the block shows code, or is a formula."""
    if block.kind in ("fence", "code", "math"):
        return True
    return block.kind in ("paragraph", "html") and bool(_SHOWN.match(block.text))


def is_machinery(text: str) -> bool:
    """Whether a paragraph is attributes, a shortcode or a fenced div's mark."""
    return bool(_ATTRIBUTES.match(text.strip()))
