"""Posts with hand-made labels, and what the pipeline makes of them.

A file of labels has a line a post: ``path`` (as seen from the file's folder, else from the corpus),
``outline`` (of every true heading: ``line``, ``level``, ``kind``, which is ``kept`` or ``lost``),
``steps`` (``line`` and ``number`` of items of ordered lists), ``unsure`` (lines that are not
scored), ``control`` (no title is lost). A heading's ``text`` is without markup and hand-made
number; where it is left out, as in ``tests/labels``, it is read off its line, and ``sha256`` says
of which file.
"""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline import read
from pipeline.config import Config, Settings
from pipeline.diagnostics import Fault
from pipeline.model import Manuscript
from pipeline.normalize import manuscript
from pipeline.normalize.text import folded, split_number
from pipeline.normalize.tree import Block, parse

CORPUS = Path(os.environ.get("GALLEY_CORPUS") or "../shared/corpus")
LABELS = Path(__file__).parent / "labels"
NEIGHBOURS = read.Neighbours()
_NUMBER = re.compile(r"^\W*(?:\d+(?:\.\d+)*[.)]?\W+|[A-Za-z][.)]\s+)")
_TAG = re.compile(r"</?[a-z][^>]*>", re.I)


@dataclass(frozen=True)
class Labelled:
    """A post with its labels. ``lines`` are those of its file, ``post`` what is made of it."""

    gold: dict[str, Any]
    lines: list[str]
    post: Manuscript


def posts(labels: Path) -> Iterator[Labelled]:
    """The posts of a file of labels. Raises ``ValueError`` if a post is not the one labelled."""
    for text in filter(None, labels.read_text("utf-8").splitlines()):
        gold = json.loads(text)
        file = labels.parent / gold["path"]
        if not file.is_file():
            file = CORPUS / gold["path"]
        lines = file.read_text("utf-8-sig").split("\n")
        digest = gold.get("sha256")
        if digest and hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            raise ValueError(f"{gold['path']} is not the post that was labelled")
        for heading in gold["outline"]:
            heading.setdefault("text", lines[heading["line"] - 1])
        try:
            post = prepared(file, gold["path"])
        except Fault as error:
            sys.stderr.write(f"{gold['path']} is left out, it cannot be read: {error}\n")
            continue
        yield Labelled(gold, lines, post)


def history() -> Iterator[Labelled]:
    """The posts as they stood before their author mended them, where he left no title behind."""
    for text in (CORPUS / "history/labels.jsonl").read_text("utf-8").splitlines():
        label = json.loads(text)
        if not label["complete"]:
            continue
        path = f"history/{label['file']}"
        post = prepared(CORPUS / path, path)
        lines = (CORPUS / path).read_text("utf-8-sig").split("\n")
        kept = [
            {"line": n, "level": level, "text": t, "kind": "kept"}
            for n, level, t in headings(untouched(post))
        ]
        lost = [
            {"line": c["line_before"], "level": c["level_after"], "text": c["text"], "kind": "lost"}
            for c in label["changes"]
        ]
        # A heading's line that code had swallowed: the author could not see it was one.
        marked = {h["line"] for h in kept + lost}
        freed = [
            {"line": n} for n, line in enumerate(lines, 1) if line[:1] == "#" and n not in marked
        ]
        gold = {
            "path": path, "outline": kept + lost, "steps": [], "unsure": freed, "control": False
        }  # fmt: skip
        yield Labelled(gold, lines, post)


def key(text: str) -> str:
    """How a heading's text is compared."""
    text = _TAG.sub("", html.unescape(text)).strip().lstrip("#").replace("*", "").replace("_", "")
    stripped = _NUMBER.sub("", text)
    return folded(split_number(stripped)[1] if stripped else text)


def prepared(file: Path, path: str) -> Manuscript:
    """The post, normalized with default settings."""
    config = Config(file.parent, Settings())
    source = read.load(file, path, config.settings.limits)
    return manuscript(replace(source, family=NEIGHBOURS.family(file)), config)


def headings(post: Manuscript) -> list[tuple[int, int, str]]:
    """Source line, level and text of each heading of the normalized body; raw HTML headings that
    stay are counted as the author's."""
    tree = parse(tuple(post.body.split("\n")))
    found = [(post.lines[b.first - 1], b.level, b.text) for b in tree.every if b.kind == "heading"]
    for block in tree.every:
        if block.kind == "html":
            found += _raw_headings(block, post.lines, tree.lines)
    return sorted(found)


def _raw_headings(
    block: Block, origins: tuple[int, ...], lines: tuple[str, ...]
) -> Iterator[tuple[int, int, str]]:
    if any(lines[block.first - 1].lstrip().startswith(s) for s in ("<!--", "<pre", "<script")):
        return
    for number in range(block.first, block.last + 1):
        if match := re.search(r"<h([1-6])\b[^>]*>(.*)", lines[number - 1], re.I):
            said = match[2] if key(match[2]) else lines[min(number, block.last - 1)]
            yield origins[number - 1], int(match[1]), said


def numbers(post: Manuscript) -> dict[int, int]:
    """The number printed before the ordered item that comes from each source line."""
    printed = {}
    for block in parse(tuple(post.body.split("\n"))).every:
        if block.kind == "steps":
            start = block.children[0].number or 0
            counting = len({item.number for item in block.children}) == 1
            for count, item in enumerate(block.children):
                own = start if item.number is None else item.number
                printed[post.lines[item.first - 1]] = start + count if counting else own
    return printed


def untouched(post: Manuscript) -> Manuscript:
    source = post.source
    count = source.body.count("\n") + 1
    lines = tuple(range(source.body_line, source.body_line + count))
    return Manuscript(source, post.record, source.body, lines)
