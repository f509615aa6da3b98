"""How ``galley audit`` tells what it found: a table for people, one JSON object for programs.

JSON: ``version`` (1), ``ok``, ``posts`` (``source``, ``verdict``: passed or failed, ``editions``:
for each name its ``path``, how many ``places`` were compared, and ``standards``: validator to
passed or findings; ``findings``: the six keys of a diagnostic with ``edition field place said
expected``), ``standards`` (``name``, ``ran``, ``missing``: what it lacks here, ``command``: what
brings that, ``fault``: why it could not finish, or null).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from pipeline.audit.judges.needs import BRING
from pipeline.audit.standards import Ruling
from pipeline.commands.report import printable
from pipeline.diagnostics import as_json, as_text
from pipeline.model import Diagnostic, Severity

HINTS = {
    "A001": "build the post again; if you changed a template, mend it there",
    "A002": "build the post again",
    "A003": "build the post again; editions are not to be edited by hand",
    "A004": "build the post again",
    "A005": "if you changed a template or style sheet, mend it there; else report it",
}
SLIGHT = ("minor ", "moderate ")
"""How the lines of Ace and axe begin that keep nobody from reading."""
WIDEST = 44
"""Letters of a value in the table; JSON has all of them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a file: with a place of it, if ``place`` says which."""

    code: str
    file: str
    message: str
    edition: str | None = None
    field: str | None = None
    place: str | None = None
    said: tuple[str, ...] = ()
    expected: tuple[str, ...] = ()

    @property
    def severity(self) -> Severity:
        """An error makes the post fail; what a validator itself calls slight is a warning."""
        said = self.message.removeprefix(f"{self.place}: ")
        return "warning" if self.code == "A005" and said.startswith(SLIGHT) else "error"

    @property
    def note(self) -> Diagnostic:
        """The same as a diagnostic."""
        hint = HINTS[self.code]
        return Diagnostic(self.code, self.severity, self.message, self.file, None, hint)


@dataclass(frozen=True, slots=True)
class Edition:
    """A file that was looked at: how many places were compared, and the validators' verdicts."""

    name: str
    path: str
    places: int
    standards: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Audited:
    """A post with all that was found; it passes if that is nothing of weight."""

    source: str
    editions: tuple[Edition, ...]
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """The one verdict of the post."""
        return all(finding.severity != "error" for finding in self.findings)


def shown(value: Any) -> str:
    """A value of the record in a line."""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def text(posts: tuple[Audited, ...], rulings: tuple[Ruling, ...], out: Path) -> Iterator[str]:
    """Lines for a person: a verdict a post, tables of what is wrong, what could not be asked."""
    for post in posts:
        verdict = "passed" if post.passed else "FAILED"
        names = ", ".join(edition.name for edition in post.editions)
        yield printable(f"{verdict}  {post.source}  ({names})")
        yield from _table([f for f in post.findings if f.place and f.code != "A005"])
        for finding in post.findings:
            if not finding.place or finding.code == "A005":
                yield printable(f"    {as_text(finding.note)}")
    for ruling in rulings:
        for note in _of_ruling(ruling):
            yield as_text(note)
    yield _summary(posts, rulings, out)


def _table(findings: list[Finding]) -> Iterator[str]:
    """What disagrees, with file and place, in columns."""
    if not findings:
        return
    head = ("file", "field", "place", "it says", "it should say")
    rows = [
        (f.file, f.field or "", f.place or "", _cell(f.said), _cell(f.expected)) for f in findings
    ]
    widths = [max(len(row[n]) for row in (head, *rows)) for n in range(len(head))]
    for row in (head, *rows):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"    {'  '.join(cells).rstrip()}"


def _cell(values: tuple[str, ...]) -> str:
    line = printable("; ".join(values)) if values else "nothing"
    return line if len(line) <= WIDEST else line[: WIDEST - 1] + "…"


def _of_ruling(ruling: Ruling) -> Iterator[Diagnostic]:
    if ruling.absent:
        lacks = ", ".join(ruling.absent)
        message = f"{ruling.name} was not asked: {lacks} is missing here"
        yield Diagnostic("A006", "info", message, hint=f"{BRING} brings it")
    if ruling.broke:
        message = f"{ruling.name} could not finish: {ruling.broke}"
        yield Diagnostic("A007", "error", message, hint="run it again; if it stays so, report it")


def _summary(posts: tuple[Audited, ...], rulings: tuple[Ruling, ...], out: Path) -> str:
    failed = sum(not post.passed for post in posts)
    places = sum(edition.places for post in posts for edition in post.editions)
    asked = [ruling.name for ruling in rulings if not ruling.absent and not ruling.broke]
    judges = f"; judged by {', '.join(asked)}" if asked else ""
    return (
        f"{len(posts) - failed} passed, {failed} failed, {places} places compared in "
        f"{printable(str(out)).rstrip('/')}/{judges}"
    )


def json(posts: tuple[Audited, ...], rulings: tuple[Ruling, ...], passed: bool) -> str:
    """All of it as one object."""
    whole = {
        "version": 1,
        "ok": passed,
        "posts": [_post(post) for post in posts],
        "standards": [
            {
                "name": ruling.name,
                "ran": not ruling.absent and not ruling.broke,
                "missing": ruling.absent,
                "command": BRING if ruling.absent else None,
                "fault": ruling.broke,
            }
            for ruling in rulings
        ],
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=2).decode()


def _post(post: Audited) -> dict[str, Any]:
    return {
        "source": post.source,
        "verdict": "passed" if post.passed else "failed",
        "editions": {
            edition.name: {
                "path": edition.path,
                "places": edition.places,
                "standards": dict(edition.standards),
            }
            for edition in post.editions
        },
        "findings": [
            as_json(finding.note)
            | {
                "edition": finding.edition,
                "field": finding.field,
                "place": finding.place,
                "said": finding.said,
                "expected": finding.expected,
            }
            for finding in post.findings
        ],
    }
