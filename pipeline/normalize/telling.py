"""What is told of a repair: to the editor as a diagnostic, to programs as JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any, Literal

from pipeline.decisions import fingerprint
from pipeline.model import Diagnostic, Manuscript, Repair, Severity
from pipeline.normalize import RULES, Rule

State = Literal["made", "proposed", "refused"]
"""Made in what is printed; proposed, for it is not sure enough; refused by the editor."""

_RULES = {rule.code: rule for rule in RULES}


def every(manuscript: Manuscript) -> Iterator[tuple[State, Repair]]:
    """All repairs of the post, each once, and what became of them."""
    states: tuple[State, ...] = ("made", "proposed", "refused")
    lists = (manuscript.repairs, manuscript.proposed, manuscript.refused)
    for state, repairs in zip(states, lists, strict=True):
        yield from ((state, repair) for repair in dict.fromkeys(repairs))


def name(repair: Repair) -> str:
    """The rule's name, in words."""
    return spoken(_RULES[repair.code])


def spoken(rule: Rule) -> str:
    """The rule's name, in words."""
    return rule.name.replace("-", " ")


def explained(rule: Rule) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What the rule's module says of it: a sentence, then paragraphs with their labels (empty for
    one that has none). Code stands between back-ticks."""
    summary, *rest = (sys.modules[rule.find.__module__].__doc__ or "").strip().split("\n\n")
    return _prose(summary), tuple(_labelled(_prose(text)) for text in rest)


def _labelled(text: str) -> tuple[str, str]:
    label, colon, told = text.partition(": ")
    if colon and label in ("What it does", "Why", "Example"):
        return label, told[:1].upper() + told[1:]
    return "", text


def _prose(text: str) -> str:
    return " ".join(text.replace("``", "`").split())


def weight(repair: Repair, state: State) -> Severity:
    """A warning for what changes the structure, or would; an info for a repair that changes
    blanks only or takes away a repeated title, for what a comment in the post asks for, and for
    what is decided: none of these needs another look."""
    rule = _RULES[repair.code]
    small = rule.safety == "tidies" or rule.may_drop_title or repair.code == "N200"
    return "info" if small or state == "refused" else "warning"


def diagnostic(repair: Repair, state: State, path: str) -> Diagnostic:
    """The repair in one line, with the name under which it can be decided."""
    hint = f"{fingerprint(repair)} in {path}"
    return Diagnostic(
        repair.code,
        weight(repair, state),
        f"{name(repair)}, {state}, {repair.confidence:.2f}: {repair.reason}",
        path,
        repair.first_line,
        hint,
    )


def as_json(repair: Repair) -> dict[str, Any]:
    """The keys of a ledger's ``repairs``."""
    return {
        "code": repair.code,
        "rule": _RULES[repair.code].name,
        "repair": fingerprint(repair),
        "confidence": repair.confidence,
        "first_line": repair.first_line,
        "last_line": repair.last_line,
        "before": list(repair.before),
        "after": list(repair.after),
        "reason": repair.reason,
    }
