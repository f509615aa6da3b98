"""What the index says of each post, and of all of them by rule."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model import Diagnostic, Manuscript
from pipeline.normalize import RULES, telling

Counts = dict[telling.State, int]


@dataclass(frozen=True, slots=True)
class Summary:
    """A post in one line. ``record`` facts are None where it could not be read; ``lowest`` is the
    least confidence among the repairs that are not refused."""

    path: str
    page: str
    title: str | None
    language: str | None
    draft: bool
    repairs: tuple[tuple[telling.State, str, float], ...]
    notes: tuple[Diagnostic, ...]

    @property
    def unread(self) -> bool:
        """Whether the post could not be read."""
        return self.title is None

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """What made it fail."""
        return tuple(note for note in self.notes if note.severity == "error")

    @property
    def counts(self) -> Counts:
        """How many repairs of each state."""
        return _counts(state for state, _, _ in self.repairs)

    @property
    def rules(self) -> tuple[tuple[str, int], ...]:
        """How many repairs of each code."""
        return tuple(sorted(Counter(code for _, code, _ in self.repairs).items()))

    @property
    def lowest(self) -> float | None:
        """See above."""
        return _lowest(self.repairs)


@dataclass(frozen=True, slots=True)
class RuleSummary:
    """A rule over all posts."""

    code: str
    name: str
    counts: Counts
    lowest: float | None
    posts: int


def summary(
    path: str, page: str, manuscript: Manuscript | None, notes: tuple[Diagnostic, ...]
) -> Summary:
    """The post's line; ``manuscript`` is None if it could not be read."""
    if manuscript is None:
        return Summary(path, page, None, None, False, (), notes)
    repairs = tuple((s, r.code, r.confidence) for s, r in telling.every(manuscript))
    record = manuscript.record
    return Summary(path, page, record.title, record.language, record.draft, repairs, notes)


def ordered(posts: Iterable[Summary]) -> tuple[Summary, ...]:
    """Those that need a look first: not read, then the least sure, last those without repairs."""

    def key(post: Summary) -> tuple[bool, float, str, str]:
        lowest = post.lowest
        return not post.unread, 2.0 if lowest is None else lowest, post.path, post.page

    return tuple(sorted(posts, key=key))


def by_rule(posts: Iterable[Summary]) -> tuple[RuleSummary, ...]:
    """The rules that had something to do, in the order in which they run."""
    found: dict[str, list[tuple[telling.State, str, float]]] = defaultdict(list)
    holders: Counter[str] = Counter()
    for post in posts:
        for repair in post.repairs:
            found[repair[1]].append(repair)
        holders.update(code for code, _ in post.rules)
    return tuple(
        RuleSummary(
            rule.code, telling.spoken(rule), _counts(state for state, _, _ in found[rule.code]),
            _lowest(found[rule.code]), holders[rule.code],
        )
        for rule in RULES
        if rule.code in found
    )  # fmt: skip


def _counts(states: Iterable[telling.State]) -> Counts:
    told = Counter(states)
    return {"made": told["made"], "proposed": told["proposed"], "refused": told["refused"]}


def _lowest(repairs: Iterable[tuple[telling.State, str, float]]) -> float | None:
    return min((sure for state, _, sure in repairs if state != "refused"), default=None)
