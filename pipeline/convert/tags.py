"""The syntax of Hugo shortcodes and Liquid tags: where they stand in prose, and their pairs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.convert import regions

_SHORTCODE = re.compile(
    r"""\{\{(?P<open>[<%])\s*(?P<slash>/?)\s*(?P<name>[A-Za-z_][\w./-]*?)
        (?P<args>(?:\s(?:"(?:\\.|[^"\\{])*"|`[^`{]*`|[^"`{]|\{(?!\{[<%]))*?)?)
        \s*(?P<self>/?)\s*[>%]\}\}""",
    re.X,
)
_LIQUID = re.compile(r"(?<!\{)\{%-?\s*(?P<name>\w+)(?P<args>[^%{}]*(?:%(?!\})[^%{}]*)*)%\}")
_ESCAPED = re.compile(r"\{\{([<%])/\*((?:(?!\{\{).)*?)\*/([>%])\}\}", re.S)
_ARGUMENT = re.compile(
    r"""(?:(?P<key>[\w-]+)\s*=\s*)?(?:"(?P<d>(?:\\.|[^"\\])*)"|'(?P<s>[^']*)'|`(?P<r>[^`]*)`|(?P<b>[^\s"`=]+))"""
)


@dataclass(frozen=True, slots=True, eq=False)
class Tag:
    """One tag between two offsets of the text. ``liquid`` tells Jekyll's from Hugo's. Two tags
    are the same only if they are one."""

    start: int
    end: int
    name: str
    closing: bool
    alone: bool
    """Written ``{{< x />}}``: it has no closing tag."""
    liquid: bool
    args: tuple[str, ...] = ()
    named: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Escaped:
    """``{{</* x */>}}``: a shortcode that is shown, not carried out."""

    start: int
    end: int
    text: str
    code: bool


def find(text: str) -> tuple[list[Tag], list[Escaped]]:
    """The tags that stand in prose or raw HTML, in order, and the escaped ones anywhere."""
    marks = regions.kinds(text)
    escaped = [
        Escaped(m.start(), m.end(), f"{{{{{m[1]}{m[2]}{m[3]}}}}}", marks[m.start()] == regions.CODE)
        for m in _ESCAPED.finditer(text)
    ]
    tags = [
        _tag(m, liquid)
        for pattern, liquid in ((_SHORTCODE, False), (_LIQUID, True))
        for m in pattern.finditer(text)
        if marks[m.start()] in (regions.PROSE, regions.HTML)
    ]
    return sorted(tags, key=lambda tag: tag.start), escaped


def _tag(found: re.Match[str], liquid: bool) -> Tag:
    name = found["name"]
    args, named = arguments(found["args"] or "")
    closing = name.startswith("end") and len(name) > 3 if liquid else bool(found["slash"])
    if liquid and closing:
        name = name[3:]
    alone = not liquid and bool(found["self"])
    return Tag(found.start(), found.end(), name, closing, alone, liquid, args, named)


def arguments(text: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """Positional and named arguments; quotes taken off, escaped ones resolved."""
    places: list[str] = []
    named: dict[str, str] = {}
    for found in _ARGUMENT.finditer(text):
        if found["d"] is not None:
            value = re.sub(r"\\(.)", r"\1", found["d"])
        else:
            value = next(v for v in (found["s"], found["r"], found["b"], "") if v is not None)
        if found["key"]:
            named.setdefault(found["key"].lower(), value)
        else:
            places.append(value)
    return tuple(places), named


def pairs(tags: list[Tag]) -> tuple[dict[Tag, Tag], list[Tag]]:
    """Each opening tag that is closed with its closing tag, and the closing tags left over.

    What lies in a ``highlight`` or ``raw`` pair is code: tags in it are no tags.
    """
    matched: dict[int, int] = {}
    loose: list[int] = []
    opened: dict[str, list[int]] = {}
    for index, tag in enumerate(tags):
        if tag.closing:
            places = opened.get(tag.name, [])
            if places:
                matched[places.pop()] = index
            else:
                loose.append(index)
        elif not tag.alone:
            opened.setdefault(tag.name, []).append(index)
    return ({tags[a]: tags[b] for a, b in matched.items()}, [tags[i] for i in loose])
