"""What is told of a repair: to the editor as a diagnostic, to programs as JSON."""

from __future__ import annotations

from typing import Any, Literal

from pipeline.decisions import fingerprint
from pipeline.model import Diagnostic, Repair, Severity
from pipeline.normalize import RULES

State = Literal["made", "proposed", "refused"]
"""Made in what is printed; proposed, for it is not sure enough; refused by the editor."""

_RULES = {rule.code: rule for rule in RULES}


def name(repair: Repair) -> str:
    """The rule's name, in words."""
    return _RULES[repair.code].name.replace("-", " ")


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
