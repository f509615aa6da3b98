"""TOML and JSON front matter."""

from __future__ import annotations

import re
from typing import Any

from pipeline.diagnostics import fault
from pipeline.model import Diagnostic
from pipeline.read.fences import too_deep
from pipeline.read.front_lines import Parts
from pipeline.read.scalars import number

STRING = re.compile(r"""\"(?:[^"\\]|\\.)*"|'[^']*'""")
Parsed = tuple[dict[str, Any], tuple[Diagnostic, ...]]

DOTTED = re.compile(
    r"""(?<![\w.-])(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
    r"""(?:[ \t]*\.[ \t]*(?:[\w-]+|"[^"\n]*"|'[^'\n]*'))*+"""
)


def parse_toml(parts: Parts, path: str, depth: int) -> Parsed:
    """The front matter's keys. Raises ``Fault`` R008 (not valid TOML), R009 (nested deeper than
    ``depth``; a dotted key is counted before tomllib sees it, where its time is quadratic)."""
    import tomllib

    for line, text in enumerate(parts.front.split("\n"), parts.front_line):
        if text.count(".") > depth and any(
            found[0].count(".") > depth for found in DOTTED.finditer(STRING.sub('""', text))
        ):
            raise too_deep(path, line, depth)
    try:
        front = tomllib.loads(parts.front, parse_float=number)
    except tomllib.TOMLDecodeError as error:
        raise _bad_toml(str(error), parts, path) from error
    except RecursionError as error:
        raise too_deep(path, parts.front_line, depth) from error
    except ValueError as error:  # an integer of thousands of digits
        raise _bad_toml("a number is too long", parts, path) from error
    _check_depth(front, parts, path, depth)
    return front, ()


def _bad_toml(message: str, parts: Parts, path: str) -> Exception:
    problem, _, place = message.partition(" (at ")
    found = re.match(r"line (\d+)", place)
    line = int(found[1]) if found else parts.front.count("\n")
    cure = "mend this line; text values stand in quotes"
    if "overwrite" in problem.lower() or "twice" in problem:
        cure = "a key stands twice: remove one of the two"
    elif "date" in problem.lower():
        cure = "write the date as 2024-10-04 or 2024-10-04T09:30:00+03:00"
    elif "number" in problem:
        cure = "put the value in quotes"
    return fault(
        "R008",
        f"the front matter is not valid TOML: {problem}",
        path=path,
        line=parts.front_line + max(line, 1) - 1,
        hint=cure,
    )


def parse_json(parts: Parts, path: str, depth: int) -> Parsed:
    """The front matter's keys. Raises ``Fault`` R008 (not valid JSON); a key that stands twice
    is reported (R011) and the last one counts. Its depth is known from the fences."""
    import json

    found: list[Diagnostic] = []

    def table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in pairs:
            if key in values:
                found.append(
                    Diagnostic(
                        "R011",
                        "warning",
                        f"{key!r} stands twice; the last one counts",
                        path,
                        _last_line(parts, key),
                        "remove one of the two",
                    )
                )
                del values[key]
            values[key] = value
        return values

    try:
        front = json.loads(
            parts.front,
            object_pairs_hook=table,
            parse_float=number,
            parse_int=number,
            parse_constant=str,
            strict=False,
        )
    except json.JSONDecodeError as error:
        raise fault(
            "R008",
            f"the front matter is not valid JSON: {error.msg}",
            path=path,
            line=parts.front_line + error.lineno - 1,
            hint="keys and text stand in double quotes, a comma between entries, none at the end",
        ) from error
    return front, tuple(found)


def _last_line(parts: Parts, key: str) -> int:
    place = max(parts.front.rfind(f'"{key}"'), 0)
    return parts.front_line + parts.front.count("\n", 0, place)


def _check_depth(value: Any, parts: Parts, path: str, depth: int) -> None:
    level = [value]
    for _ in range(depth + 1):
        level = [
            inner
            for outer in level
            if isinstance(outer, (dict, list))
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return
    raise too_deep(path, parts.front_line, depth)
