"""The catalogue of diagnostic codes, the one error type, and how a diagnostic is printed.

A code's letter names the room that finds it: S set-up and usage, R read, N normalize (the rules'
own codes are in ``normalize.RULES``), C convert, E editions, P press. A test holds the table and
the code together, and ``docs/troubleshooting.md`` is made from it.
"""

from __future__ import annotations

from typing import Any

from pipeline.model import Diagnostic

CODES: dict[str, str] = {
    # S: set-up and usage; the run ends with exit code 2
    "S001": "PATH does not exist",
    "S002": "the folder holds no posts",
    "S003": "no such edition",
    "S004": "galley.toml cannot be read",
    "S005": "galley.toml has an unknown key",
    "S006": "galley.toml has a value of the wrong kind",
    "S007": "--set is not KEY=VALUE, or its key or value is unknown",
    "S008": "galley.toml names a theme that is nowhere",
    # R: read
    # C: convert
    # E: editions
    "E001": "a template has a mistake",
    "E101": "the font cache cannot be written",
    "E102": "the faces cannot be made",
    # P: press
}
"""What each code means, in a few words: the heading under which troubleshooting explains it."""


class Fault(Exception):  # noqa: N818 - "error" is a severity here; a fault carries one or more
    """Something that stops the post, or the run, at hand. It carries what to tell the editor."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("; ".join(d.message for d in diagnostics))
        self.diagnostics = diagnostics


def fault(
    code: str,
    message: str,
    *,
    path: str | None = None,
    line: int | None = None,
    hint: str | None = None,
) -> Fault:
    """Make a fault that carries one diagnostic of severity error."""
    return Fault(Diagnostic(code, "error", message, path, line, hint))


def as_text(diagnostic: Diagnostic) -> str:
    """``path:line: code severity: message (hint)`` on one line, as compilers print it."""
    place = ""
    if diagnostic.path is not None:
        place = diagnostic.path
        if diagnostic.line is not None:
            place += f":{diagnostic.line}"
        place += ": "
    text = f"{place}{diagnostic.code} {diagnostic.severity}: {diagnostic.message}"
    return f"{text} - {diagnostic.hint}" if diagnostic.hint else text


def as_json(diagnostic: Diagnostic) -> dict[str, Any]:
    """The six keys of the manifest's ``diagnostics``; an absent part is null."""
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "path": diagnostic.path,
        "line": diagnostic.line,
        "hint": diagnostic.hint,
    }
