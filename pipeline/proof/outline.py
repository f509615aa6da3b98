"""The headings of a post before and after its repairs, each beside what it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.model import Manuscript
from pipeline.normalize.text import plain
from pipeline.normalize.tree import Block, parse
from pipeline.proof.lines import tidy

Fate = Literal["same", "new", "gone", "level", "text"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its level, 1 to 6, and its text without marks."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline; ``line`` is the file's line that the heading stands on."""

    line: int
    before: Heading | None
    after: Heading | None

    @property
    def fate(self) -> Fate:
        """What became of the heading."""
        if self.before is None:
            return "new"
        if self.after is None:
            return "gone"
        if self.before.level != self.after.level:
            return "level"
        return "same" if self.before.text == self.after.text else "text"


def outline(manuscript: Manuscript) -> tuple[Entry, ...]:
    """All headings in the order of the file."""
    source = manuscript.source
    old = _headings(source.body, range(source.body_line, source.body_line + _count(source.body)))
    new = _headings(manuscript.body, manuscript.lines)
    return tuple(Entry(line, old.get(line), new.get(line)) for line in sorted({*old, *new}))


def _count(body: str) -> int:
    return body.count("\n") + 1


def _headings(body: str, numbers: range | tuple[int, ...]) -> dict[int, Heading]:
    """The headings by the file's line they came from."""
    blocks = parse(tuple(body.split("\n"))).every
    return {numbers[b.first - 1]: _heading(b) for b in blocks if b.kind == "heading"}


def _heading(block: Block) -> Heading:
    return Heading(block.level, tidy(plain(block.text)))
