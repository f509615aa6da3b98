"""Which repairs of one post are made: the editor's decisions first, then confidence."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from pathlib import Path

from pipeline.config import Config
from pipeline.decisions import NAME, Decision, fingerprint, of_words
from pipeline.diagnostics import fault
from pipeline.model import Diagnostic, Repair
from pipeline.normalize.marks import Mark, kept, marks
from pipeline.normalize.tree import parse

Allows = Callable[[Repair], bool]


def post_name(file: Path, config: Config) -> str:
    """What decisions call a post: the path of its file as seen from the publication root."""
    place = Path(os.path.realpath(file.parent)) / file.name
    return Path(os.path.relpath(place, config.root)).as_posix()


class Judge:
    """The decisions that concern one post, and which of them met a repair."""

    def __init__(self, name: str, config: Config) -> None:
        self.threshold = config.settings.repairs.threshold
        self.decisions = {
            (decision.what, decision.post): decision
            for decision in config.decisions
            if decision.post in (None, name)
        }
        self.name = name
        self.met: set[Decision] = set()

    def decision(self, repair: Repair) -> Decision | None:
        """What the editor said of this repair: of itself, else of all on its words, else of its
        rule in this post, else of its rule everywhere."""
        if not self.decisions:
            return None
        whats = dict.fromkeys((fingerprint(repair), of_words(repair), repair.code))
        narrow = (*((what, self.name) for what in whats), (repair.code, None))
        found = [self.decisions[key] for key in narrow if key in self.decisions]
        self.met.update(found)
        return found[0] if found else None

    def accepts(self, repair: Repair) -> bool:
        """Whether to make the repair."""
        decision = self.decision(repair)
        if decision is not None:
            return decision.verdict == "accept"
        return repair.confidence >= self.threshold

    def refused(self, repairs: Iterable[Repair], lines: frozenset[int]) -> tuple[Repair, ...]:
        """Those of the repairs not made that the editor refused, or that touch ``lines``, which
        a comment keeps."""
        return tuple(
            repair
            for repair in repairs
            if any(n in lines for n in range(repair.first_line, repair.last_line + 1))
            or ((found := self.decision(repair)) is not None and found.verdict == "refuse")
        )

    def unmet(self) -> tuple[Diagnostic, ...]:
        """A note for each decision on this post that no repair answers to. One that accepts is
        met when the source has what it asked for, so it is no more than a remark."""
        return tuple(
            _unmet(decision, self.name)
            for decision in self.decisions.values()
            if decision.post is not None and decision not in self.met
        )


def _unmet(decision: Decision, post: str) -> Diagnostic:
    if decision.verdict == "accept":
        return Diagnostic(
            "D001", "info", f"{decision.what} of {post} is accepted, and there is none to make",
            NAME, decision.line, "the post has it by now, or was edited: the entry can go",
        )  # fmt: skip
    return Diagnostic(
        "D001", "warning", f"{decision.what} of {post} is refused, and there is none",
        NAME, decision.line, "the text was edited or mended: take the entry out, or decide anew",
    )  # fmt: skip


def heeded(
    lines: tuple[str, ...], origins: tuple[int, ...], path: str
) -> tuple[frozenset[int], tuple[Diagnostic, ...]]:
    """Of a repaired body: the source lines that comments keep, and what is wrong with comments."""
    if not any("galley:" in line for line in lines):
        return frozenset(), ()
    tree = parse(lines)
    protected = frozenset(origins[number - 1] for number in kept(tree))
    notes = [_complaint(mark, path, origins[mark.line - 1]) for mark in marks(tree)]
    return protected, tuple(note for note in notes if note is not None)


def _complaint(mark: Mark, path: str, line: int) -> Diagnostic | None:
    if mark.settled:
        return None
    if not mark.known:
        return Diagnostic(
            "D003", "warning", f"a comment says {mark.text!r} to Galley, which is unknown here",
            path, line,
            "keep, keep-together, or, outside of lists, page-break and heading 2 to heading 6, "
            "alone on the line above the text",
        )  # fmt: skip
    what = "nothing" if mark.below is None else "nothing that could be a title"
    return Diagnostic(
        "D004", "warning", f"below the comment {mark.text!r} there is {what}", path, line,
        "put the comment on the line above the text that it is about, or take it out",
    )  # fmt: skip


def check_rules(config: Config, codes: Iterable[str]) -> None:
    """Raise ``Fault`` S015 for the first decision on a rule that does not exist."""
    known = tuple(codes)
    for decision in config.decisions:
        if decision.rule not in known:
            raise fault(
                "S015", f"no repair has the code {decision.rule}", path=NAME, line=decision.line,
                hint=suggestion(decision.rule, known),
            )  # fmt: skip


def suggestion(code: str, known: tuple[str, ...]) -> str:
    """The code that was probably meant, or all there are."""
    close = get_close_matches(code.upper(), known, n=1)
    return f"did you mean {close[0]}?" if close else "codes: " + ", ".join(sorted(known))


def without_post(config: Config) -> tuple[Diagnostic, ...]:
    """A warning for each decision on a post that does not exist."""
    return tuple(
        Diagnostic(
            "D002", "warning", f"{decision.post} is not there", NAME, decision.line,
            "the path is as seen from the folder of this file; mend it, or take the entry out",
        )
        for decision in config.decisions
        if decision.post is not None and not (config.root / decision.post).is_file()
    )  # fmt: skip
