"""Counts that stop the small inputs which stop a machine, before and after pandoc.

A count gives the same verdict on a busy machine, a timeout does not. Real posts come nowhere
near these numbers.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pipeline.config import Limits
from pipeline.diagnostics import Fault, fault
from pipeline.model import Manuscript

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

OPEN_BRACKETS = 100
NESTED_MARKS = 100
OPEN_DIVS = 50
NOTE_TEXTS = 2_000

_MARKS = re.compile(r"[ \t]{0,3}(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]{0,3})+")
_MARK = re.compile(r">|[-*+]|\d+[.)]")
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_DIV = re.compile(r"[ \t>]*:{3,}[ \t]*(\S?)")
_LABEL = re.compile(r"\[\^([^\]\s]{1,200})\]")
_DEFINITION = re.compile(r"^ {0,3}\[\^([^\]\s]{1,200})\]:", re.M)


def check_source(manuscript: Manuscript, limits: Limits) -> None:
    """Raise ``Fault`` C010 (nesting), C011 (footnotes) or C012 (combining marks)."""
    _check_marks(manuscript, limits)
    _check_nesting(manuscript)
    _check_notes(manuscript.body, manuscript.source.path, manuscript.lines)


def _check_nesting(manuscript: Manuscript) -> None:
    """Open brackets in a paragraph, quotes and lists opened in a line, divs in divs."""
    brackets = divs = 0
    fence = ""
    for number, line in enumerate(manuscript.body.split("\n")):
        found = _FENCE.match(line)
        if found and (not fence or found[1].startswith(fence)):
            fence = "" if fence else found[1]
        if fence:
            continue
        if not line.strip():
            brackets = 0
            continue
        if "[" in line:
            brackets = _open_brackets(line, brackets)
        div = _DIV.match(line) if ":::" in line else None
        if div:
            divs = divs + 1 if div[1] else max(0, divs - 1)
        marks = _MARKS.match(line) if len(line) > NESTED_MARKS else None
        if brackets > OPEN_BRACKETS:
            raise _too_deep(
                manuscript,
                number,
                f"more than {OPEN_BRACKETS} brackets are open",
                "close the brackets, or put them in code",
            )
        if divs > OPEN_DIVS:
            raise _too_deep(
                manuscript,
                number,
                f"more than {OPEN_DIVS} divs are open",
                "close the divs with a line of colons",
            )
        if marks and len(_MARK.findall(marks[0])) > NESTED_MARKS:
            raise _too_deep(
                manuscript,
                number,
                f"quotes or lists are nested more than {NESTED_MARKS} deep",
                "take the nesting out of this line",
            )


def _too_deep(manuscript: Manuscript, number: int, message: str, hint: str) -> Fault:
    lines = manuscript.lines
    line = lines[number] if number < len(lines) else None
    return fault("C010", message, path=manuscript.source.path, line=line, hint=hint)


def _open_brackets(line: str, depth: int) -> int:
    """The most brackets that are open at once in the line; what is open after it counts on."""
    deepest = depth
    for character in re.findall(r"[\[\]]", line):
        depth = depth + 1 if character == "[" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest if deepest > OPEN_BRACKETS else depth


def _check_notes(text: str, path: str, lines: tuple[int, ...]) -> None:
    """Count how many note texts pandoc would write: a note in a note is written at each call."""
    marks = list(_DEFINITION.finditer(text))
    if not marks:
        return
    bodies: dict[str, str] = {}
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        end = following.start() if following else len(text)
        bodies.setdefault(mark[1].lower(), text[mark.end() : end])
    total = len(_LABEL.findall(text))
    calls = {name: _own_calls(body) for name, body in bodies.items()}
    sizes: dict[str, int] = {}

    def size(name: str, above: tuple[str, ...]) -> int:
        if name in above or len(above) > 20:
            raise _note_fault(text, bodies, name, path, lines)
        if name not in sizes:
            sizes[name] = 1 + sum(size(c, (*above, name)) for c in calls[name] if c in calls)
        return sizes[name]

    for name in bodies:
        total += size(name, ())
        if total > NOTE_TEXTS:
            raise _note_fault(text, bodies, name, path, lines)


def _own_calls(body: str) -> list[str]:
    """Calls in the note itself: its first paragraph and the indented lines after it."""
    own: list[str] = []
    blank = False
    for line in body.split("\n"):
        if blank and line.strip() and not line.startswith((" ", "\t")):
            break
        blank = blank or not line.strip()
        own.append(line)
    return [call.lower() for call in _LABEL.findall("\n".join(own))]


def _note_fault(
    text: str, bodies: dict[str, str], name: str, path: str, lines: tuple[int, ...]
) -> Fault:
    at = next((m.start() for m in _DEFINITION.finditer(text) if m[1].lower() == name), 0)
    number = text.count("\n", 0, at)
    return fault(
        "C011",
        "footnotes call footnotes without end",
        path=path,
        line=lines[number] if number < len(lines) else None,
        hint=f"take the calls out of the note [^{name}]",
    )


def _check_marks(manuscript: Manuscript, limits: Limits) -> None:
    count = 0
    if manuscript.body.isascii():
        return
    for number, line in enumerate(manuscript.body.split("\n")):
        if not line.strip():
            count = 0
        elif not line.isascii():
            count += sum(1 for c in line if unicodedata.category(c) == "Mn")
            if count > limits.combining_marks:
                raise fault(
                    "C012",
                    f"more than {limits.combining_marks} combining marks in a paragraph",
                    path=manuscript.source.path,
                    line=manuscript.lines[number] if number < len(manuscript.lines) else None,
                    hint="delete the stacked accents, or raise limits.combining_marks",
                )


def check_tree(body: Element, limits: Limits, path: str) -> None:
    """Raise ``Fault`` C013 (too deep) or C014 (a cell that spans too much)."""
    stack: list[tuple[Element, int]] = [(body, 0)]
    while stack:
        element, depth = stack.pop()
        if depth > limits.html_depth:
            raise fault(
                "C013",
                f"elements are nested more than {limits.html_depth} deep",
                path=path,
                hint="flatten the lists and quotes, or raise limits.html_depth",
            )
        for key in ("colspan", "rowspan", "span"):
            value = element.get(key)
            if value is not None and not (value.isascii() and value.isdigit()):
                del element.attrib[key]
            elif value is not None and int(value[:9]) > limits.table_span:
                raise fault(
                    "C014",
                    f"a table cell spans {value} columns or rows",
                    path=path,
                    hint=f"at most {limits.table_span}: mend {key} in the table",
                )
        stack.extend((child, depth + 1) for child in element)
