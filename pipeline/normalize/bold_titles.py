"""A title written as a line of bold or italic text.

What it does: makes a heading of a line that is bold or underlined as a whole, alone or glued to the
text around it, when it has a title's form and governs what follows; of italic lines, and of
quotations that are one bold line, when three and more do. Emphasis in HTML counts
(``<strong>Title</strong><br>``), so does bold in pieces and bold whose asterisks are printed
because of a blank inside them.

Why: editors that offer no headings, and exports that dropped them, leave bold lines. In an export
one is enough, and in a post without headings; beside headings two parallel ones are asked for.
Whether titles are written with capitals is read off the author's own. Never: labels that end in a
colon or come again under several headings, lines over code, captions, values, the name at the head
of a post, the date below a heading, terms of a definition list, and the questions of an interview,
which run over lines, or are in italics with numbers.

Example: ``**What Is Mulch?**`` over a paragraph becomes ``## What Is Mulch?``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Repair
from pipeline.normalize.bold_lines import BoldLine, bold_lines, is_bold_line
from pipeline.normalize.bold_patterns import (
    PARALLEL,
    Pattern,
    below_picture,
    in_runs,
    pattern_of,
)
from pipeline.normalize.bold_ranks import levels
from pipeline.normalize.context import governs, is_prose
from pipeline.normalize.text import columns, folded
from pipeline.normalize.titles import heading

if TYPE_CHECKING:
    from pipeline.normalize.repair import Draft
    from pipeline.normalize.tree import Tree

CODE = "N205"
_BESIDE = 3
"""So many lines below one that is glued tell whether they are prose."""
_CARD = 6
"""So many lines tell whether they are an address."""
_LONG = 60
"""Columns of a line that is text and no part of an address."""
_NAME = 3
"""Words that a name has at most."""
_HARD = re.compile(r"(?:  |\\|</?br ?/?>)\s*$", re.I)
_TAG = re.compile(r"<[^<>]*>")
_NOTHING = re.compile(r"^(?:&nbsp;|<br ?/?>|[\\\u00a0])+$")
"""A line of blanks that an editor made."""
_FINISHED = re.compile(r"[.?!:…)。？！][\"”»’'*_`]*$")


def find(draft: Draft) -> Iterator[Repair]:
    """A repair for each line, whatever its confidence."""
    lines = tuple(bold_lines(draft.tree))
    if not lines:
        return
    standing = tuple(b for b in lines if _stands(draft, b))
    runs = in_runs(standing)
    lines = tuple(b for b in standing if not b.sentence or b.line in runs)
    pattern = pattern_of(draft.tree, standing, lines)
    ranked = levels(draft, lines)
    for bold in lines:
        level = ranked[bold.line]
        confidence = round(_confidence(draft, bold, pattern, level), 2)
        if confidence <= 0:
            continue
        made = heading(level, (bold.lead + bold.reading.number).strip(), bold.reading.text)
        line = draft.tree.line(bold.line)
        yield Repair(
            CODE, confidence, bold.line, bold.line, (line,), ("", made) if bold.above else (made,),
            f"a line of {'bold' if bold.strong else 'italic'} text over what it governs, one of "
            f"{pattern.strong if bold.strong else pattern.weak}; {draft.evidence.told()}",
        )  # fmt: skip


def _stands(draft: Draft, bold: BoldLine) -> bool:
    """Whether the line can be set free and has something below it."""
    tree = draft.tree
    above = tree.line(bold.line - 1).rstrip() if bold.above and not bold.item else ""
    above = _NOTHING.sub("", above)
    if above and not _FINISHED.search(above) and not is_bold_line(above):
        return False
    return bool(_place(tree, bold, 1))


def _place(tree: Tree, bold: BoldLine, level: int) -> float:
    if bold.below:
        following = tree.line(bold.line + 1).lstrip()
        if following[:1].islower():
            return 0.0
        if following.startswith("`"):
            return 0.7  # a label over code that is no block
        last = min(bold.block.last, bold.line + _BESIDE)
        text = " ".join(tree.line(number) for number in range(bold.line + 1, last + 1))
        if _is_card(tree, bold):
            return 0.6
        return 0.97 if is_prose(text) or following.startswith(("**", "__")) else 0.85
    if bold.item and bold.line < _last_line(tree, bold):
        return 0.97
    return governs(tree, bold.index + 1, level)


def _is_card(tree: Tree, bold: BoldLine) -> bool:
    """Whether what is below the line are short lines set apart by hand: an address, or facts."""
    lines = tree.lines[bold.line : min(bold.block.last, bold.line + _CARD)]
    broken = all(_HARD.search(one) for one in lines[:-1])
    return len(lines) > 1 and broken and all(columns(_TAG.sub("", one)) < _LONG for one in lines)


def _last_line(tree: Tree, bold: BoldLine) -> int:
    return tree.blocks[bold.index].last


def _confidence(draft: Draft, bold: BoldLine, pattern: Pattern, level: int) -> float:
    count = pattern.strong if bold.strong else pattern.weak
    trust = _trust(draft, bold, count)
    form = bold.reading.written(small=draft.small)
    if bold.strong or count >= PARALLEL:
        alike = count >= PARALLEL or (count > 1 and pattern.twins)
        form = max(form, 0.93 if alike else 0.75)
    place = _place(draft.tree, bold, level)
    if place and bold.count and bold.line not in pattern.coded:
        place = max(place, 0.95)  # code below one of a run is what that step comes to
    value = trust * form * place
    if pattern.labels or folded(bold.reading.text) in pattern.repeated:
        value -= 0.3
    if bold.line in pattern.stacked:
        value -= 0.4
    if bold.reading.small and bold.reading.words == 1:
        value -= 0.2
    if pattern.interview:
        value -= 0.4
    if not bold.strong and bold.reading.question and bold.count:
        value -= 0.2  # numbered questions in italics: an interviewer asks
    if bold.line in pattern.coded:
        value -= 0.25
    if pattern.captions and below_picture(draft.tree, bold):
        value -= 0.25
    if _under_title(draft.tree, bold):
        value -= 0.3
    if bold.index == 0 and not bold.above and _as_name(bold) and not draft.evidence.exported:
        value -= 0.25
    return max(value, 0.0)


def _as_name(bold: BoldLine) -> bool:
    """Whether the line could be a person's name: at the head of a post it is who wrote it or
    spoke."""
    words = bold.reading.text.split()
    return 2 <= len(words) <= _NAME and all(w[0].isupper() and w.isalpha() for w in words)


def _trust(draft: Draft, bold: BoldLine, count: int) -> float:
    if not bold.strong:
        return 0.93 if count >= PARALLEL else 0.5
    if draft.evidence.exported:
        return 0.97 if draft.evidence.certain else 0.93
    if count >= PARALLEL:
        return 0.95
    alone = 0.75 if draft.authored or draft.small else 0.84
    few = {"exported": (0.85, 0.93), "bold": (0.85, 0.93), "kept": (0.7, 0.82)}
    trust = few.get(draft.evidence.folder, (alone, 0.88))[count == 2]
    opening = count == 1 and bold.index == 0 and not bold.above
    return trust - 0.2 * (opening or "](" in bold.reading.text)


def _under_title(tree: Tree, bold: BoldLine) -> bool:
    """Whether the line touches a heading above it, as a date or a place does."""
    if bold.above or bold.index == 0 or tree.blocks[bold.index - 1].kind != "heading":
        return False
    return tree.blocks[bold.index - 1].last == bold.line - 1
