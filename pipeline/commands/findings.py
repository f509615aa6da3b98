"""What ``galley check`` finds, and its three forms: text, JSON, annotations for GitHub."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipeline.commands.report import printable
from pipeline.diagnostics import as_json, as_text
from pipeline.model import Diagnostic, Repair
from pipeline.normalize import telling

VERSION = 1

_COLOURS = {"error": "31;1", "warning": "33", "info": "36", "-": "31", "+": "32", "place": "1"}
_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}
_WORDS = (
    ("error", ("error", "errors")),
    ("warning", ("warning", "warnings")),
    ("info", ("remark", "remarks")),
    ("made", ("repair made", "repairs made")),
    ("proposed", ("repair proposed", "repairs proposed")),
    ("refused", ("repair refused", "repairs refused")),
)
"""How the summary calls one of each kind, and several."""

EXCERPT = 6
"""So many lines of a repair are shown before and after in the text; the JSON has all of them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic, and the repair that it tells of if it does; ``file`` is the path as seen from
    the working folder."""

    note: Diagnostic
    file: str | None
    repair: Repair | None = None
    state: telling.State | None = None


def tally(findings: Iterable[Finding], posts: int) -> dict[str, int]:
    """How many of each kind, in the order in which they are told."""
    found = Counter[str]()
    for finding in findings:
        found[finding.state or finding.note.severity] += 1
    names = ("error", "warning", "info", "made", "proposed", "refused")
    return {"posts": posts, **{name: found[name] for name in names}}


def summary(counts: dict[str, int]) -> str:
    """The whole check in one line."""
    posts = f"{counts['posts']} post{'' if counts['posts'] == 1 else 's'} checked"
    told = [f"{counts[key]} {words[counts[key] != 1]}" for key, words in _WORDS if counts[key]]
    return f"{posts}: {', '.join(told) if told else 'nothing to tell'}"


def coloured() -> bool:
    """Whether standard output is a terminal that wants colour (https://no-color.org)."""
    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def text(finding: Finding, colour: bool) -> str:
    """``path:line: code severity: message``, and below it the lines before and after, if there
    is anything to see in them."""

    def paint(kind: str, words: str) -> str:
        return f"\x1b[{_COLOURS[kind]}m{words}\x1b[0m" if colour else words

    note = _located(finding)
    line = printable(as_text(note))
    place, code, rest = line.partition(f"{note.code} {note.severity}")
    lines = [paint("place", place) + paint(note.severity, code) + rest]
    if finding.repair and any(map(str.strip, finding.repair.before)):
        for sign, part in (("-", finding.repair.before), ("+", finding.repair.after)):
            lines += [paint(sign, f"    {sign} {printable(t)}".rstrip()) for t in part[:EXCERPT]]
            if len(part) > EXCERPT:
                lines.append(f"    {sign} … {len(part) - EXCERPT} more")
    return "\n".join(lines)


def _located(finding: Finding) -> Diagnostic:
    note = finding.note
    return Diagnostic(note.code, note.severity, note.message, finding.file, note.line, note.hint)


def json(findings: tuple[Finding, ...], counts: dict[str, int], ok: bool) -> str:
    """One object: ``version``, ``ok``, ``counts``, ``findings``; a finding has the six keys of a
    diagnostic, ``file``, ``state`` and ``repair``."""
    import msgspec

    whole = {
        "version": VERSION,
        "ok": ok,
        "counts": counts,
        "findings": [_finding_json(finding) for finding in findings],
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=2).decode()


def _finding_json(finding: Finding) -> dict[str, Any]:
    repair = telling.as_json(finding.repair) if finding.repair else None
    return {
        **as_json(finding.note), "file": finding.file, "state": finding.state, "repair": repair
    }  # fmt: skip


def annotation(finding: Finding) -> str:
    """A workflow command of GitHub Actions. In its values ``%``, line ends, and in properties
    colons and commas too, are written as their hexadecimal codes."""
    note, repair = finding.note, finding.repair
    properties = {"file": finding.file, "line": note.line}
    if repair and repair.last_line > repair.first_line:
        properties["endLine"] = repair.last_line
    properties["title"] = note.code
    given = ",".join(
        f"{k}={_escaped(str(v), ':,')}" for k, v in properties.items() if v is not None
    )
    said = note.message + (f" - {note.hint}" if note.hint else "")
    if repair:
        said += "".join(f"\n- {line}" for line in repair.before)
        said += "".join(f"\n+ {line}" for line in repair.after)
    return f"::{_LEVELS[note.severity]} {given}::{_escaped(said)}"


def _escaped(value: str, also: str = "") -> str:
    for sign in f"%\r\n{also}":
        value = value.replace(sign, f"%{ord(sign):02X}")
    return "".join(c if c.isprintable() else "\ufffd" for c in value)
