"""How titles count outside of Markdown's lists: ``Step 1:``, ``1 -``, ``II.``, ``一、``, and the
escaped number that some exports write; and the signs before titles that do not count."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ONES = {sign: value for value, sign in enumerate("一二三四五六七八九十", 1)}
_CJK = "[一二三四五六七八九十]{1,2}"
_ROMAN = {sign: value for value, sign in enumerate(
    "I II III IV V VI VII VIII IX X XI XII XIII XIV XV".split(), 1
)}  # fmt: skip

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("word", re.compile(
        r"(?P<series>[^\W\d_]{2,12})[ \u00a0]?#?(?P<count>\d{1,2})(?:[ \u00a0]?[.:)–—-][ \u00a0]|$)"
    )),
    ("number", re.compile(
        r"(?P<series>)#?(?P<count>\d{1,2})(?:\\[.)]|:|[ \u00a0]?[–—-])[ \u00a0]+"
    )),
    ("comma", re.compile(r"(?P<series>)(?P<count>\d{1,2})[、．][ \u00a0]*")),
    ("roman", re.compile(r"(?P<series>)(?P<count>[IVX]{1,4})[ \u00a0]?[.:)–—-][ \u00a0]+")),
    ("cjk", re.compile(rf"(?P<series>)(?P<count>{_CJK})[、．.:：][ \u00a0]*")),
    ("boxed", re.compile(rf"(?P<series>[（(])(?P<count>{_CJK}|\d{{1,2}})[）)][ \u00a0]*")),
    ("part", re.compile(rf"第(?P<count>{_CJK}|\d{{1,2}})(?P<series>\w)[:：、. \u00a0]+")),
)  # fmt: skip
"""Each kind with the form of its mark, which stands at the beginning of a line."""


_SIGN = re.compile(r"(?P<sign>[■□◆◇▼▽▲△▶►★☆])\ufe0f?[ \u00a0\u3000]*(?=[^\s■□◆◇▼▽▲△▶►★☆])")
_BRACKETS = re.compile(r"【(?P<text>[^【】]+)】[ \t]*")
"""Signs that stand before a title, or around it. Those that bullets are made of are none."""
_CHAPTERS = frozenset({"roman", "cjk", "part"})


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line counts. ``series``: the kind, and the word that its numbers stand behind;
    ``text`` is as it stands in the line. ``chapter``: nobody numbers steps like that."""

    series: str
    count: int
    text: str
    chapter: bool


def read_mark(line: str) -> Mark | None:
    """The mark at the beginning of the line, if there is one."""
    for kind, pattern in _KINDS:
        match = pattern.match(line)
        if match and (count := _value(match["count"])):
            series = f"{kind} {match['series'].casefold()}"
            return Mark(series, count, match[0], kind in _CHAPTERS)
    return None


def read_sign(line: str) -> str:
    """The sign that marks the whole line as a title, where others have it too; none is empty."""
    if match := _SIGN.match(line):
        return match[0]
    return "【" if _BRACKETS.fullmatch(line) else ""


def _value(text: str) -> int:
    """The number that ``text`` is written for; 0 if it is none."""
    if text.isascii():
        return int(text) if text.isdigit() else _ROMAN.get(text, 0)
    if "十" not in text:
        return _ONES[text] if len(text) == 1 else 0
    tens, _, ones = text.partition("十")
    return _ONES.get(tens, 1) * 10 + _ONES.get(ones, 0)
