"""Lines of front matter: what a key looks like, and how far a run of them goes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.model import Diagnostic, FrontMatterFormat
from pipeline.read.keys import KNOWN, folded

YAML_END = re.compile(r"(?:---|\.\.\.)[ \t\u00a0]*")
ODD_SPACES = "\u00a0\u2000-\u200a\u202f\u3000"
"""For a character class: spaces that look like one and are none to YAML."""
YAML_KEY = re.compile(
    rf"""("[^"]+"|'[^']+'|[^\W\d_][\w .@$/-]{{0,60}}?)[ \t{ODD_SPACES}]*:(?=[ \t{ODD_SPACES}]|$)"""
)
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


def is_front_line(line: str, key: Key) -> bool:
    """Whether the line could stand in front matter: a key, an item, what goes on, a comment."""
    return bool(key.match(line)) or line.startswith((" ", "\t", "- ", "#", "]", "}"))


def likely_end(lines: list[str], key: Key = YAML_KEY) -> int:
    """How many of the lines still look like front matter: where a lost fence probably stood."""
    end = 0
    for number, line in enumerate(lines):
        after_blank = number > 0 and not lines[number - 1].strip()
        if not line.strip():
            continue
        if not is_front_line(line, key) or (after_blank and line.startswith(("#", "- "))):
            break
        end = number + 1
    return end
