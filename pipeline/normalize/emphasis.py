"""A line that is emphasis as a whole, in whichever way its editor wrote that.

``**Title**``, ``__Title__``, ``*Title*``; ``** Title **``, which prints its asterisks; ``**1.**
**Title**``, the pieces of an export; ``<strong>Title</strong><br>``, what a visual editor leaves,
or ``<span style="font-weight: bold;">Title</span>``.
What may stand before it is a sign (an emoji, ``■``), an anchor, or an escaped number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LONGEST_LINE = 600
"""Markup and addresses included; what is longer is not looked at."""

_BEFORE = re.compile(r"(?:[ \u00a0]|&nbsp;){0,8}")
_AFTER = re.compile(r"(?:[ \t\u00a0\\]|&nbsp;|</?br ?/?>)+\Z", re.I)
_LEAD = re.compile(
    r"(?:<a (?:name|id)=[^<>]{1,80}></a>|(?:\d\ufe0f?\u20e3|[^\w\s\x00-\xff‐-⁯、-】]\ufe0f?){1,3}"
    r"|\d{1,3}\\[.)])[ \u00a0]*(?=[*_<])"
)
_MARKED = re.compile(r"(?P<mark>\*\*|__|\*|_)(?P<text>.*[^\s\\])(?P<blank>[ \u00a0]*)(?P=mark)")
_TAGGED = re.compile(
    r"<(?P<tag>b|strong|i|em|u|big|ins|span|font)(?P<style> [^<>]*)?>(?P<text>.+)</(?P=tag)>", re.I
)
STYLED = re.compile(
    r"font-weight: *(?:bold|[6-9]00)|text-decoration: *underline|font-size: *(?:x{1,2}-)?large",
    re.I,
)
"""A style that makes a line stand out as bold type does."""
_JOINT = re.compile(r"\*\*[ \u00a0]*\*\*")
_STRONG = frozenset({"**", "__", "b", "strong", "u", "big", "ins"})
_NEUTRAL = frozenset({"span", "font"})


@dataclass(frozen=True, slots=True)
class Emphasis:
    """What such a line says. ``lead`` is the sign, anchor or number before it; ``strong``: it is
    bold or underlined, not only italic."""

    lead: str
    text: str
    strong: bool


def read_emphasis(line: str) -> Emphasis | None:
    """The line without its emphasis; None if something of it is not emphasized."""
    if not line or len(line) > _LONGEST_LINE or ("*" not in line and "_" not in line
                                                 and "<" not in line):  # fmt: skip
        return None
    before = _BEFORE.match(line)
    text = _AFTER.sub("", line[before.end() if before else 0 :])
    if line.startswith("    "):
        return None
    lead = _LEAD.match(text)
    layers = []
    rest = text[lead.end() :] if lead else text
    while (inner := _inner(rest)) is not None:
        layers.append(inner[0])
        rest = inner[1]
    if not layers or _NEUTRAL.issuperset(layers):
        return None
    return Emphasis(
        lead[0].replace("\\", "") if lead else "", rest, any(one in _STRONG for one in layers)
    )


def _inner(text: str) -> tuple[str, str] | None:
    """The outermost emphasis, and what it wraps."""
    if match := _MARKED.fullmatch(text):
        mark, said = match["mark"], match["text"]
        if mark == "**" and "**" in said:
            said = _JOINT.sub(" ", said)
        loose = said[:1].isspace() or bool(match["blank"])
        if mark in said or (loose and mark != "**"):
            return None
        return mark, said.strip()
    if match := _TAGGED.fullmatch(text):
        tag, said = match["tag"].lower(), match["text"]
        if f"</{tag}" in said.lower():
            return None
        if tag == "span" and match["style"] and STYLED.search(match["style"]):
            tag = "b"
        return tag, _AFTER.sub("", said.strip())
    return None
