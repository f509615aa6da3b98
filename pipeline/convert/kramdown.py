"""What kramdown and Python-Markdown write beside the text, which pandoc would print.

Attribute lists (``{: #id .class}`` on a line below a block, or right behind a link, a picture or a
heading; https://kramdown.gettalong.org/syntax.html), ``{::options}``, comments, and the places
where a table of contents goes (``* TOC`` with ``{:toc}``, ``[TOC]``, ``[[_TOC_]]``). The address of
a heading is kept, and so are the size and the class of a picture; the rest is for the web site
alone, and editions make their own contents. The source keeps all of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from pipeline.convert import regions

_VALUE = r"""(?:"[^"{}\n]*"|'[^'{}\n]*'|[^\s"'{}]+)"""
_TOKEN = rf"(?:[.#][\w:.#-]+|[\w:-]+={_VALUE}|[\w-]+)"
_LIST = rf"\{{:[ \t]*(?P<list>(?:{_TOKEN}(?:[ \t]+{_TOKEN})*)?)[ \t]*\}}"
_OWN_LINE = re.compile(rf"[ \t>]*{_LIST}[ \t]*$")
_REFERENCE = re.compile(r"[ \t]*\{:[\w-]+:[^{}\n]*\}[ \t]*$")
_EXTENSION = re.compile(r"[ \t]*\{:(?::(?:options|nomarkdown)\b[^{}\n]*|/(?:\w+)?)\}[ \t]*$")
_COMMENT = re.compile(r"[ \t]*\{::comment\}[ \t]*$")
_COMMENT_END = re.compile(r"[ \t]*\{:/(?:comment)?\}[ \t]*$")
_BEHIND = re.compile(rf"(?P<mark>[)\]*_`]){_LIST}")
_IN_HEADING = re.compile(rf"(?P<text>[ \t]{{0,3}}#{{1,6}}[ \t].*?)[ \t]*{_LIST}[ \t]*$")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+\S")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_CONTENTS_ITEM = re.compile(r"[ \t]*(?:[*+-]|1[.)])[ \t]+\S.*$")
_CONTENTS = re.compile(r"\[(?:TOC|\[_?TOC_?\])\][ \t]*$", re.I)
_PICTURE = re.compile(r"!\[[^\[\]]*\]\([^()\n]*\)$")
_FAR = 1_000
"""A picture's text and address are no longer than that."""
_TOKENS = re.compile(_TOKEN)
_NAMES = re.compile(r"[.#][\w-]+")


def read(markdown: str) -> str:
    """The Markdown as pandoc reads it, with the attributes that mean something in print."""
    if "{:" not in markdown and not re.search(r"\[_?TOC_?\]", markdown, re.I):
        return markdown
    marks = regions.kinds(markdown)
    lines = markdown.split("\n")
    ends = [n for n, line in enumerate(lines) if "{:/" in line and _COMMENT_END.match(line)]
    made: list[str] = []
    place = 0
    shown = 0
    for number, line in enumerate(lines):
        kind = marks[place : place + len(line)]
        place += len(line) + 1
        if number < shown:
            continue
        if regions.PROSE not in kind:
            made.append(line)
        elif _COMMENT.match(line) and (after := bisect_right(ends, number)) < len(ends):
            shown = ends[after] + 1
        elif "{:" in line:
            _take(line, kind, made)
        elif not (_CONTENTS.match(line) and _begins(made)):
            made.append(line)
    return "\n".join(made)


def _begins(made: list[str]) -> bool:
    """Whether a line put here begins a block."""
    return not made or not made[-1].strip()


def _take(line: str, kind: str, made: list[str]) -> None:
    """Put the line to those that are ``made``, without its attribute lists."""
    if _REFERENCE.match(line) or _EXTENSION.match(line):
        return
    if own := _OWN_LINE.match(line):
        _apply(own["list"], made)
        return
    if heading := _IN_HEADING.match(line):
        made.append(_headed(heading["text"], heading["list"]))
        return
    made.append(
        _BEHIND.sub(
            lambda m: _behind(m) if kind[m.start("list") - 2] == regions.PROSE else m[0], line
        )
    )


def _apply(attributes: str, made: list[str]) -> None:
    """Give a block the attributes that stand on a line of their own below it."""
    if "toc" in attributes.split():
        if made and _CONTENTS_ITEM.match(made[-1]):
            made.pop()
        return
    if made and _HEADING.match(made[-1]):
        made[-1] = _headed(made[-1], attributes)
    elif len(made) > 1 and made[-2].strip() and _UNDERLINE.match(made[-1]):
        made[-2] = _headed(made[-2], attributes)


def _headed(text: str, attributes: str) -> str:
    """A heading with its address."""
    address = re.search(r"#[\w-]+", attributes)
    return f"{text.rstrip()} {{{address[0]}}}" if address else text


def _behind(found: re.Match[str]) -> str:
    """A picture keeps its size and class; a link or emphasis goes without."""
    said: list[str] = []
    for token in _TOKENS.findall(found["list"]):
        if token[0] in ".#":
            said += _NAMES.findall(token)
        elif token.startswith(("width=", "height=")):
            said.append(token)
    end = found.end("mark")
    picture = found["mark"] == ")" and _PICTURE.search(found.string, max(0, end - _FAR), end)
    return found["mark"] + (f"{{{' '.join(said)}}}" if picture and said else "")
