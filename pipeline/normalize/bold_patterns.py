"""What the bold lines of a post have in common: which belong together, and which are no titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.normalize.bold_lines import BoldLine, many_lined
from pipeline.normalize.context import is_caption, is_code
from pipeline.normalize.text import folded

if TYPE_CHECKING:
    from pipeline.normalize.tree import Tree

PARALLEL = 3
"""So many lines of one form make a pattern."""
PAIR = 2
_LONG = 14
_ASKED = 9
"""Words that a question of a reader has at most, taken over all of them."""
_COLONS = (":", "：")
_CALLS = ("!", "！", "…")


@dataclass(frozen=True, slots=True)
class Pattern:
    """What the post's bold lines have in common."""

    strong: int
    """Bold lines that have a title's form and place."""
    weak: int
    """Italic ones."""
    repeated: frozenset[str]
    interview: bool
    captions: bool
    """Most of them stand below a picture."""
    labels: bool
    """Most of them come again: the others are labels too."""
    twins: bool
    """They are two, alone on their lines and each over a list."""
    stacked: frozenset[int]
    """Lines of runs of three and more with nothing between them: a list, or facts."""
    coded: frozenset[int]
    """Lines that name the code below them; of a run that counts on, all lines or none."""


def in_runs(lines: tuple[BoldLine, ...]) -> frozenset[int]:
    """The lines that belong together beyond doubt: they count on, or they are questions of which
    most are short."""
    found: set[int] = set()
    counted = [b for b in lines if b.count]
    for run in _counting(counted):
        if len(run) >= PARALLEL and any(_end(b) not in _COLONS for b in run):
            found |= {b.line for b in run}
    lines = tuple(b for b in lines if _end(b) not in _COLONS)
    for end in _CALLS:
        calling = [b for b in lines if _end(b) == end and b.reading.words <= _LONG]
        if len(calling) >= PARALLEL:
            found |= {b.line for b in calling}
    asked = [b for b in lines if b.reading.question]
    if len(asked) >= PARALLEL and sum(b.sentence for b in asked) * 4 <= len(asked):
        found |= {b.line for b in asked}
    written = [b for b in lines if b.sentence and _as_title(b)]
    if len(lines) - len(written) >= PARALLEL:
        found |= {b.line for b in written}
    return frozenset(found)


def _end(bold: BoldLine) -> str:
    return bold.reading.text.rstrip("*_")[-1:]


def _as_title(bold: BoldLine) -> bool:
    """Whether a line that breaks a rule of form is written with capitals nevertheless."""
    reading = bold.reading
    return reading.capitals >= 0.75 and reading.words <= _LONG and reading.text[-1] != "."


def _counting(counted: list[BoldLine]) -> list[list[BoldLine]]:
    runs: list[list[BoldLine]] = []
    for bold in counted:
        if runs and 0 <= bold.count - runs[-1][-1].count <= 1:
            runs[-1].append(bold)
        else:
            runs.append([bold])
    return runs


def pattern_of(tree: Tree, standing: tuple[BoldLine, ...], lines: tuple[BoldLine, ...]) -> Pattern:
    """The pattern of ``lines``, those that may be titles, out of all that stand over something."""
    times = Counter(folded(b.reading.text) for b in lines)
    repeated = frozenset(text for text, count in times.items() if count > 1)
    single = [b for b in lines if folded(b.reading.text) not in repeated]
    over_lines = many_lined(tree)
    return Pattern(
        sum(b.strong for b in single), sum(not b.strong for b in single), repeated,
        (over_lines >= 2 and over_lines * 3 >= len(lines)) or _talk(standing),
        sum(below_picture(tree, b) for b in lines) * 2 > len(lines),
        len(single) * 2 <= len(lines),
        len(single) == PAIR and all(_over_list(tree, b) for b in single),
        frozenset(_in_stacks(lines)),
        frozenset(_over_code(tree, lines)),
    )  # fmt: skip


def _talk(lines: tuple[BoldLine, ...]) -> bool:
    """Whether the lines are what an interviewer asks: nearly all are questions, without numbers,
    and longer than those that readers are thought to have, or several are more than one sentence.
    """
    asked = [b for b in lines if b.reading.question and not b.count]
    many = len(asked) > PARALLEL and len(asked) * 4 >= len(lines) * 3
    chatty = sum(b.sentence for b in asked) >= PAIR
    return many and (chatty or sum(b.reading.words for b in asked) > _ASKED * len(asked))


def _over_code(tree: Tree, lines: tuple[BoldLine, ...]) -> Iterator[int]:
    over = {b.line for b in lines if not b.below and _shows_code(tree, b.index + 1)}
    for run in _counting([b for b in lines if b.count]):
        if len(run) < PARALLEL:
            continue
        if sum(b.line in over for b in run) * 2 >= len(run):
            over.update(b.line for b in run)
        else:
            over.difference_update(b.line for b in run)
    yield from over


def _shows_code(tree: Tree, index: int) -> bool:
    return index < len(tree.blocks) and is_code(tree.blocks[index])


def _over_list(tree: Tree, bold: BoldLine) -> bool:
    following = tree.blocks[bold.index + 1 : bold.index + 2]
    alone = not bold.above and not bold.below
    return alone and bool(following) and following[0].kind in ("bullets", "steps")


def _in_stacks(lines: tuple[BoldLine, ...]) -> Iterator[int]:
    stack: list[BoldLine] = []
    for bold in lines:
        if stack and not _follows(stack[-1], bold):
            yield from (b.line for b in stack if len(stack) >= PARALLEL)
            stack = []
        stack.append(bold)
    yield from (b.line for b in stack if len(stack) >= PARALLEL)


def _follows(before: BoldLine, bold: BoldLine) -> bool:
    """Whether nothing stands between two lines."""
    if before.index == bold.index:
        return before.line + 1 == bold.line
    return before.index + 1 == bold.index and not before.below and not bold.above


def below_picture(tree: Tree, bold: BoldLine) -> bool:
    """Whether a picture stands right above the line, which may be its caption."""
    return not bold.above and not bold.below and is_caption(tree, bold.index)
