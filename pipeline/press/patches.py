"""Unified diffs that ``git apply`` and ``patch -p1`` take, byte for byte.

Lines end in a line feed here and nowhere else, as in git: the carriage return of a CRLF file is
part of its line. Made from the pairs of lines that stayed, not by comparing, so that the time is
linear whatever the file holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

CONTEXT = 3
_GIT_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
_NO_END = "\n\\ No newline at end of file\n"
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}

Pair = tuple[int, int]
Change = tuple[int, int, int, int]
"""Lines ``a`` to ``b`` of the old file became lines ``c`` to ``d`` of the new, ends excluded."""


def unified(
    path: str, before: tuple[str, ...], after: tuple[str, ...], same: Iterable[Pair]
) -> str:
    """The diff of one file at ``path``, relative to the folder in which it is to be applied."""
    if any(line.endswith("\r") for line in (*before, *after)):
        before, after, same = _in_git_lines(before), _in_git_lines(after), ()
    changes = tuple(_changes(before, after, tuple(same)))
    hunks = "".join(_hunk(group, before, after) for group in _groups(changes))
    return f"--- {_name('a/' + path)}\n+++ {_name('b/' + path)}\n{hunks}" if hunks else ""


def _in_git_lines(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The lines of an old Mac's file, whose carriage returns end no line for git."""
    return tuple(_GIT_LINE.findall("".join(lines)))


def _name(path: str) -> str:
    """The path as git writes it: quoted if it holds what ends a name or a line, and closed by a
    tab if it holds a blank."""
    if any(sign in _ESCAPES or sign < " " or sign == "\x7f" for sign in path):
        return '"' + "".join(_ESCAPES.get(sign) or _octal(sign) for sign in path) + '"'
    return f"{path}\t" if " " in path else path


def _octal(sign: str) -> str:
    return sign if sign.isprintable() else "".join(f"\\{byte:03o}" for byte in sign.encode())


def _changes(
    before: tuple[str, ...], after: tuple[str, ...], same: tuple[Pair, ...]
) -> Iterator[Change]:
    """What lies between the lines that stayed, without the lines at its edges that are equal."""
    old = new = 0
    for pair in (*same, (len(before), len(after))):
        a, b, c, d = old, pair[0], new, pair[1]
        while a < b and c < d and before[a] == after[c]:
            a, c = a + 1, c + 1
        while a < b and c < d and before[b - 1] == after[d - 1]:
            b, d = b - 1, d - 1
        if a < b or c < d:
            yield a, b, c, d
        old, new = pair[0] + 1, pair[1] + 1


def _groups(changes: tuple[Change, ...]) -> Iterator[tuple[Change, ...]]:
    """Changes whose context would meet, together."""
    group: list[Change] = []
    for change in changes:
        if group and change[0] - group[-1][1] > 2 * CONTEXT:
            yield tuple(group)
            group = []
        group.append(change)
    if group:
        yield tuple(group)


def _hunk(group: tuple[Change, ...], before: tuple[str, ...], after: tuple[str, ...]) -> str:
    first, last = group[0], group[-1]
    lead = min(CONTEXT, first[0])
    tail = min(CONTEXT, len(before) - last[1])
    start, end = first[0] - lead, last[1] + tail
    lines: list[str] = []
    position = start
    for a, b, c, d in group:
        lines += [_line(" ", text) for text in before[position:a]]
        lines += [_line("-", text) for text in before[a:b]]
        lines += [_line("+", text) for text in after[c:d]]
        position = b
    lines += [_line(" ", text) for text in before[position:end]]
    old = _range(start, end - start)
    new = _range(first[2] - lead, last[3] + tail - (first[2] - lead))
    return f"@@ -{old} +{new} @@\n{''.join(lines)}"


def _range(start: int, count: int) -> str:
    return f"{start + 1 if count else start},{count}"


def _line(sign: str, text: str) -> str:
    return sign + text if text.endswith("\n") else sign + text + _NO_END
