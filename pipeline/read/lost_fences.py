"""Front matter that lost one of its fences: where it begins and ends is still to be seen.

An export may leave out the closing fence, or the opening one, or (Pelican, MultiMarkdown) know
none at all. Keys are then taken for what they are, with a warning; what is no run of keys stays
text.
"""

from __future__ import annotations

import re

from pipeline.diagnostics import fault
from pipeline.model import Diagnostic, FrontMatterFormat
from pipeline.read.front_lines import (
    YAML_END,
    YAML_KEY,
    Key,
    Parts,
    is_known,
    is_title,
    leads_with_keys,
    likely_end,
)

MOST_LINES = 60
"""A run of keys is no longer than this: what is, is a list of something else."""


def unclosed(
    form: FrontMatterFormat, lines: list[str], first: int, key: Key, path: str
) -> Parts | None:
    """Front matter whose opening fence, at index ``first``, has no other: it ends with the last
    line that looks like it, if a known key is below the fence and a blank line below the end.

    None if no keys stand below the fence: it is a thematic break. Raises ``Fault`` R007 where the
    end cannot be told.
    """
    below = lines[first + 1 :]
    if not leads_with_keys(below, key):
        return None
    fence = "---" if form == "yaml" else "+++"
    count = likely_end(below, key)
    last = first + 1 + count
    message = f"the front matter opens with {fence} and is never closed"
    apart = count == len(below) or not below[count].strip()
    if not (is_known(below[0], key) and apart):
        hint = f"put a line {fence} below its last key (that seems to be line {last})"
        raise fault("R007", message, path=path, line=first + 1, hint=hint)
    note = Diagnostic(
        "R007", "warning", f"{message}: line {last} was taken for its last", path, first + 1,
        f"put a line {fence} below line {last}",
    )  # fmt: skip
    return _cut(form, lines, first + 1, last, last, note)


def unopened(lines: list[str], first: int, path: str) -> Parts | None:
    """Front matter that begins at index ``first`` without a fence: nothing but keys down to a
    closing fence or a blank line, a title and another known key among them; else None."""
    run = []
    for line in lines[first : first + MOST_LINES + 1]:
        if not line.strip() or YAML_END.fullmatch(line):
            break
        if not YAML_KEY.match(line):
            return None
        run.append(line)
    known = sum(is_known(line, YAML_KEY) for line in run)
    if len(run) > MOST_LINES or known < 2 or not any(map(is_title, run)):
        return None
    last = first + len(run)
    closed = last < len(lines) and bool(YAML_END.fullmatch(lines[last]))
    message = f"the front matter has no opening fence: line {last} was taken for its last"
    note = Diagnostic(
        "R015", "warning", message, path, first + 1,
        "put a line --- above its first key and below its last",
    )  # fmt: skip
    return _cut("yaml", lines, first, last, last + closed, note)


_COLON = re.compile(r"([^:\n]+:[ \t]+)(?![\"'\[{|>&*!%@`])(.*: .*)")


def _quoted(line: str) -> str:
    """A key without fences is no YAML: a second colon in its value is text."""
    found = _COLON.fullmatch(line)
    if found is None:
        return line
    value = found[2].strip().replace("'", "''")
    return f"{found[1]}'{value}'"


def _cut(
    form: FrontMatterFormat, lines: list[str], begin: int, end: int, body: int, note: Diagnostic
) -> Parts:
    """The lines with index ``begin`` to ``end`` (not included) are the front matter, those from
    ``body`` on the body."""
    front = "".join(_quoted(line) + "\n" for line in lines[begin:end])
    return Parts(form, front, begin + 1, "\n".join(lines[body:]), body + 1, (note,))
