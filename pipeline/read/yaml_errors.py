"""What libyaml complains of, in words that an editor can act on."""

from __future__ import annotations

import re
from typing import Any

from pipeline.diagnostics import Fault, fault

TAB = ("a tab is used to indent", "use spaces instead of the tab")
CAUSES: tuple[tuple[str, str, str, bool], ...] = (
    # libyaml says (context + problem), cause, cure, place is the context's start
    ("tab character", *TAB, False),
    ("scanning an alias", "a value begins with *", "put the whole value in quotes", False),
    ("scanning an anchor", "a value begins with &", "put the whole value in quotes", False),
    (
        "scanning a quoted scalar",
        "a quotation mark is opened and never closed",
        "close it, or write a quotation mark inside as '' ('it''s')",
        True,
    ),
    (
        "parsing a quoted scalar",
        "a backslash inside double quotes starts no known sign",
        "write \\\\ for a backslash, or use single quotes",
        False,
    ),
    (
        "could not find expected ':'",
        "this line is neither a key with a colon nor part of a value",
        "write it as key: value, or indent it under the value it continues",
        True,
    ),
    (
        "mapping values are not allowed",
        "a second colon in a value without quotes, or a wrong indent",
        'put the value in quotes:  title: "First: second"',
        False,
    ),
    (
        "block sequence entries are not allowed",
        "a list begins on the line of its key",
        "put each  - item  on a line of its own below the key",
        False,
    ),
    (
        "flow sequence",
        "a list in [ ] is not closed, or lacks a comma",
        "close it with ]; items stand apart by commas",
        True,
    ),
    (
        "flow mapping",
        "a map in { } is not closed, or lacks a comma",
        "close it with }; text that begins with { needs quotes",
        True,
    ),
    (
        "parsing a block mapping",
        "text follows a closing quotation mark, or the indent changes",
        "write an apostrophe inside single quotes as '' ('it''s'); begin every key at the margin",
        False,
    ),
    ("parsing a block collection", "a list's indent changes", "indent its items alike", False),
    (
        "did not find expected node content",
        "a value begins with a bracket that belongs to nothing",
        "put the whole value in quotes",
        False,
    ),
    (
        "block scalar",
        "after | or > only a line end may follow",
        "begin the text on the next line",
        False,
    ),
    ("tag", "a value begins with !", "put the whole value in quotes", False),
    ("directive", "a line begins with %", "put the value in quotes, or remove the line", False),
)


def explain(error: Any, lines: list[str], first: int, path: str, likely: int) -> Fault:
    """The fault R008 for a YAML error: the right line of the file, the cause, the cure.

    ``lines`` are the front matter's, the first being line ``first`` of the file; ``likely`` is
    how many of them look like front matter, so that a lost closing fence can be named.
    """
    said = f"{error.context or ''} {error.problem or ''}"
    cause, cure, at_context = error.problem or "it cannot be read", "mend this line", False
    if "cannot start any token" in said:
        cause, cure = _bad_start(error, lines)
    else:
        for words, named, hint, context in CAUSES:
            if words in said:
                cause, cure, at_context = named, hint, context
                break
    mark = error.context_mark if at_context and error.context_mark else error.problem_mark
    number = min(mark.line if mark else 0, max(len(lines) - 2, 0))
    stray = "mapping values are not allowed" in said
    if stray and mark and ":" not in lines[number][: mark.column]:
        number, cause, cure = _stray_key(lines, number)
    if 0 < likely <= number:
        cure += f"; or close the front matter below line {first + likely - 1}, if it ends there"
    return fault(
        "R008",
        f"the front matter is not valid YAML: {cause}",
        path=path,
        line=first + number,
        hint=cure,
    )


def _stray_key(lines: list[str], number: int) -> tuple[int, str, str]:
    """A key's own colon is refused because of what stands above it, or of its indent."""
    if lines[number].startswith(" ") or number == 0:
        return (
            number,
            "this key is indented, and nothing above it holds keys",
            ("begin it at the margin, below the key above"),
        )
    return number - 1, "this line has no colon after its key", "write it as key: value"


def _bad_start(error: Any, lines: list[str]) -> tuple[str, str]:
    mark = error.problem_mark
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    sign = line[mark.column] if mark and mark.column < len(line) else ""
    if sign == "\t" or re.match(r" *\t", line):
        return TAB
    return f"a value begins with {sign}", "put the whole value in quotes"
