"""YAML front matter, built from the parser's events.

libyaml's event parser keeps no stack of calls, so depth is counted before anything is nested;
its composer is never run (30,000 brackets end the process there). Aliases are refused, tags are
looked through, a key keeps the text it was written in.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pipeline.diagnostics import fault
from pipeline.model import Diagnostic
from pipeline.read import loose_values
from pipeline.read.fences import too_deep
from pipeline.read.front_lines import ODD_SPACES, Parts, likely_end
from pipeline.read.scalars import resolve

ODD_SPACE = re.compile(f"[{ODD_SPACES}]")
MOST_LOOSE = 20
"""Values without their quotes that are read; who has more has something else in mind."""
LONGEST_HINT = 160
"""Characters of a line that is shown as it should be."""
BEFORE_VALUE = re.compile(
    rf"^[ {ODD_SPACES}]*(?:-[ {ODD_SPACES}]+)*(?:[\w.-]+[ {ODD_SPACES}]*:[ {ODD_SPACES}]+)?", re.M
)


@dataclass(slots=True)
class _Frame:
    """A map or list that is still open; ``key`` waits for its value."""

    value: Any
    line: int
    key: str | None = None
    lines: dict[str, int] = field(default_factory=dict)


def parse_yaml(
    parts: Parts, path: str, depth: int
) -> tuple[dict[str, Any], tuple[Diagnostic, ...]]:
    """The front matter's keys, and what is odd about them (a key that stands twice: R011; a value
    that needs quotes: R025).

    Raises ``Fault`` R008 (not valid YAML), R009 (deeper than ``depth``), R010 (an alias),
    R012 (not a list of keys and values).
    """
    import yaml

    lines = _with_plain_spaces(parts.front).split("\n")
    loose: list[Diagnostic] = []
    while True:
        builder = _Builder(parts.front_line, path, depth)
        try:
            builder.run(yaml.parse("\n".join(lines), Loader=_loader()))
            break
        except yaml.MarkedYAMLError as error:
            loose.append(_mended(error, lines, parts, path, loose))
        except yaml.YAMLError as error:
            raise fault(
                "R008",
                f"the front matter is not valid YAML: {error}",
                path=path,
                line=parts.front_line,
                hint="retype it without unusual characters",
            ) from error
    if builder.root is None:
        return {}, ()
    if not isinstance(builder.root, dict):
        raise fault(
            "R012",
            "the front matter is no list of keys and values",
            path=path,
            line=parts.front_line,
            hint="write it as lines such as  title: My post",
        )
    return builder.root, (*loose, *builder.found)


def _loader() -> Any:
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _mended(
    error: Any, lines: list[str], parts: Parts, path: str, before: list[Diagnostic]
) -> Diagnostic:
    """What is said of the line that YAML refuses, once its value stands in quotes in ``lines``.

    Raises ``Fault`` R008 where that cannot be, or has been done in vain.
    """
    from pipeline.read.yaml_errors import explain

    written = parts.front.split("\n")
    refusal = explain(error, written, parts.front_line, path, likely_end(written))
    (told,) = refusal.diagnostics
    number = (told.line or parts.front_line) - parts.front_line
    mended = loose_values.quoted(lines, number)
    if mended is None or len(before) == MOST_LOOSE or any(d.line == told.line for d in before):
        raise refusal from error
    lines[number] = mended
    key = mended.partition(":")[0].rstrip()
    message = f"the value of {key} needs quotes; it was read to the end of the line"
    hint = f"write  {textwrap.shorten(mended, LONGEST_HINT, placeholder=' …')}"
    return Diagnostic("R025", "warning", message, path, told.line, hint)


def _with_plain_spaces(front: str) -> str:
    """The text with plain spaces where YAML wants some: as indent, and around a key's colon. An
    editor cannot see that one is a no-break or a wide space; in a value it may be meant."""
    if front.isascii():
        return front
    return BEFORE_VALUE.sub(lambda found: ODD_SPACE.sub(" ", found[0]), front)


class _Builder:
    """Folds the events of one document into values."""

    def __init__(self, front_line: int, path: str, depth: int) -> None:
        self.front_line, self.path, self.depth = front_line, path, depth
        self.root: Any = None
        self.stack: list[_Frame] = []
        self.found: list[Diagnostic] = []
        self.documents = 0

    def run(self, events: Iterable[Any]) -> None:
        for event in events:
            line = self.front_line + event.start_mark.line
            match type(event).__name__:
                case "ScalarEvent":
                    self.scalar(event, line)
                case "MappingStartEvent":
                    self.open({}, line)
                case "SequenceStartEvent":
                    self.open([], line)
                case "MappingEndEvent" | "SequenceEndEvent":
                    self.put(self.stack.pop().value, line)
                case "AliasEvent":
                    raise self.alias(event.anchor, line)
                case "DocumentStartEvent":
                    self.document(line)

    def document(self, line: int) -> None:
        self.documents += 1
        if self.documents > 1:
            raise fault(
                "R008",
                "a second document begins inside the front matter",
                path=self.path,
                line=line,
                hint="a line that begins with --- ends it; close it there",
            )

    def alias(self, name: str, line: int) -> Exception:
        return fault(
            "R010",
            f"*{name} is read as an alias, and aliases are not allowed",
            path=self.path,
            line=line,
            hint="put the value in quotes, or write out what the alias stands for",
        )

    def open(self, value: Any, line: int) -> None:
        if len(self.stack) >= self.depth:
            raise too_deep(self.path, line, self.depth)
        if self.stack and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None:
            raise fault(
                "R008",
                "a list or map stands where a key should be",
                path=self.path,
                line=line,
                hint="put a value that begins with { or [ in quotes",
            )
        self.stack.append(_Frame(value, line))

    def scalar(self, event: Any, line: int) -> None:
        frame = self.stack[-1] if self.stack else None
        if frame and isinstance(frame.value, dict) and frame.key is None:
            frame.key = event.value
            self.note_repeat(frame, line)
            return
        plain = not event.style and event.tag is None and event.implicit[0]
        self.put(resolve(event.value) if plain else event.value, line)

    def note_repeat(self, frame: _Frame, line: int) -> None:
        key = frame.key or ""
        if key in frame.lines:
            self.found.append(
                Diagnostic(
                    "R011",
                    "warning",
                    f"{key!r} stands twice (first on line {frame.lines[key]}); the last one counts",
                    self.path,
                    line,
                    "remove one of the two",
                )
            )
            del frame.value[key]
        frame.lines[key] = line

    def put(self, value: Any, line: int) -> None:
        if not self.stack:
            self.root = value
            return
        frame = self.stack[-1]
        if isinstance(frame.value, list):
            frame.value.append(value)
        else:
            frame.value[frame.key] = value
            frame.key = None
