"""Fences: where the front matter ends and the body begins, without reading what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.diagnostics import fault
from pipeline.model import Diagnostic, FrontMatterFormat
from pipeline.read.keys import KNOWN, folded

YAML_END = re.compile(r"(?:---|\.\.\.)[ \t\u00a0]*")
TOML_END = re.compile(r"\+\+\+[ \t\u00a0]*")
ODD_SPACES = "\u00a0\u2000-\u200a\u202f\u3000"
"""For a character class: spaces that look like one and are none to YAML."""
YAML_KEY = re.compile(
    rf"""("[^"]+"|'[^']+'|[^\W\d_][\w .@$/-]{{0,60}}?)[ \t{ODD_SPACES}]*:(?=[ \t{ODD_SPACES}]|$)"""
)
TOML_KEY = re.compile(r"""("[^"]+"|'[^']+'|[\w.-]+)[ \t]*=|\[""")
JSON_START = re.compile(r'\{\s*?(?:"(?:[^"\\\n]|\\.)*"\s*:|\}|\n)')
JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]', re.DOTALL)

Key = re.Pattern[str]
"""What a key looks like in a format: its first group is the key."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A post cut in two. ``front`` ends in a newline unless it is empty; its first line is line
    ``front_line`` of the file, the body's first is ``body_line``. ``notes`` say what was odd."""

    form: FrontMatterFormat | None
    front: str
    front_line: int
    body: str
    body_line: int
    notes: tuple[Diagnostic, ...] = ()


def split(text: str, path: str, depth: int) -> Parts:
    """Front matter apart from body. A thematic break that opens a post is no front matter.

    Blank lines before the opening fence are let pass. Raises ``Fault`` R007 for front matter
    whose end cannot be told, R009 for JSON nested deeper than ``depth``.
    """
    from pipeline.read import lost_fences

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
        from pipeline.read import lost_fences

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


def _is_front_matter(front: list[str], key: re.Pattern[str]) -> bool:
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
        return known > 0 or (below and all(_is_front_line(line, key) for line in content))
    return known > 1


def leads_with_keys(lines: list[str], key: Key) -> bool:
    """The block right below an opening fence holds a known key first, or two keys."""
    block: list[str] = []
    for line in lines:
        if line.strip():
            block.append(line)
        elif block:
            break
    if not block or not key.match(block[0]):
        return False
    return is_known(block[0], key) or sum(bool(key.match(line)) for line in block) > 1


def is_known(line: str, key: Key) -> bool:
    """Whether the line begins with a key that the record knows."""
    return _key_of(line, key) in KNOWN


def is_title(line: str) -> bool:
    """Whether the line begins with the key of the title, in YAML's form."""
    return _key_of(line, YAML_KEY) == "title"


def _key_of(line: str, key: Key) -> str:
    found = key.match(line)
    return folded(found[1].strip("\"'")) if found and found[1] else ""


def _is_front_line(line: str, key: re.Pattern[str]) -> bool:
    return bool(key.match(line)) or line.startswith((" ", "\t", "- ", "#", "]", "}"))


def likely_end(lines: list[str], key: re.Pattern[str] = YAML_KEY) -> int:
    """How many of the lines still look like front matter: where a lost fence probably stood."""
    end = 0
    for number, line in enumerate(lines):
        after_blank = number > 0 and not lines[number - 1].strip()
        if not line.strip():
            continue
        if not _is_front_line(line, key) or (after_blank and line.startswith(("#", "- "))):
            break
        end = number + 1
    return end


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
