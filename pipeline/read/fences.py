"""Fences: where the front matter ends and the body begins, without reading what it says."""

from __future__ import annotations

import re

from pipeline.diagnostics import fault
from pipeline.model import FrontMatterFormat
from pipeline.read import lost_fences
from pipeline.read.front_lines import YAML_END, YAML_KEY, Key, Parts, is_front_line, is_known

TOML_END = re.compile(r"\+\+\+[ \t\u00a0]*")
TOML_KEY = re.compile(r"""("[^"]+"|'[^']+'|[\w.-]+)[ \t]*=|\[""")
JSON_START = re.compile(r'\{\s*?(?:"(?:[^"\\\n]|\\.)*"\s*:|\}|\n)')
JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]', re.DOTALL)


def split(text: str, path: str, depth: int) -> Parts:
    """Front matter apart from body. A thematic break that opens a post is no front matter.

    Blank lines before the opening fence are let pass. Raises ``Fault`` R007 for front matter
    whose end cannot be told, R009 for JSON nested deeper than ``depth``.
    """
    lines = text.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return _no_front(text)
    if YAML_END.fullmatch(lines[first]) and lines[first].startswith("-"):
        return _fenced("yaml", lines, first, path) or _no_front(text)
    if TOML_END.fullmatch(lines[first]):
        return _fenced("toml", lines, first, path) or _no_front(text)
    if JSON_START.match("\n".join(lines[first : first + 3]).lstrip(" \t")):
        return _json(lines, first, path, depth)
    return lost_fences.unopened(lines, first, path) or _no_front(text)


def _no_front(text: str) -> Parts:
    return Parts(None, "", 1, text, 1)


def _fenced(form: FrontMatterFormat, lines: list[str], first: int, path: str) -> Parts | None:
    end = YAML_END if form == "yaml" else TOML_END
    last = next((i for i in range(first + 1, len(lines)) if end.fullmatch(lines[i])), None)
    key = YAML_KEY if form == "yaml" else TOML_KEY
    if last is None:
        return lost_fences.unclosed(form, lines, first, key, path)
    front = lines[first + 1 : last]
    if form == "yaml" and not _is_front_matter(front, key):
        return None
    return Parts(
        form,
        "".join(line + "\n" for line in front),
        first + 2,
        "\n".join(lines[last + 1 :]),
        last + 2,
    )


def _is_front_matter(front: list[str], key: Key) -> bool:
    """Keys rather than prose between two thematic breaks: one key that is known, or nothing but
    keys, lists, indented lines and comments; nothing at all is empty front matter."""
    content = [line for line in front if line.strip() and not line.startswith("#")]
    if not content:
        return not any(line.startswith("#") for line in front)
    known = sum(is_known(line, key) for line in content)
    if content[0].startswith("{"):
        return True
    if key.match(content[0]):
        below = bool(front[0].strip())  # prose stands apart from a thematic break
        return known > 0 or (below and all(is_front_line(line, key) for line in content))
    return known > 1


def _json(lines: list[str], first: int, path: str, depth: int) -> Parts:
    """The object runs to the bracket that closes it; the body begins on the next line."""
    text = "\n".join(lines[first:])
    level = 0
    for token in JSON_TOKEN.finditer(text):
        if token[0] in "{[":
            level += 1
        elif token[0] in "}]":
            level -= 1
        if level > depth:
            line = first + 1 + text.count("\n", 0, token.start())
            raise too_deep(path, line, depth)
        if level == 0:
            break
    else:
        raise fault(
            "R007",
            "the front matter opens with { and is never closed",
            path=path,
            line=first + 1,
            hint="put the missing } below its last key, on a line of its own",
        )
    front, body = text[: token.end()], text[token.end() :]
    line = first + 1 + front.count("\n")
    if body.lstrip(" \t").startswith("\n"):
        front, body, line = front + "\n", body.lstrip(" \t")[1:], line + 1
    return Parts("json", front, first + 1, body, line)


def too_deep(path: str, line: int, depth: int) -> Exception:
    """R009, for all three formats."""
    return fault(
        "R009",
        f"the front matter is nested deeper than {depth} levels",
        path=path,
        line=line,
        hint="flatten it, or raise limits.yaml_depth in galley.toml",
    )
