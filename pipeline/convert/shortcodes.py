"""Hugo shortcodes and Liquid tags become Markdown that pandoc reads.

A block (``alert``, ``card``, ``figure`` …) becomes a fenced div with ``data-galley="N"``, its
inner text staying Markdown; :mod:`pipeline.convert.expansions` makes the element of it in the
tree. What is unknown keeps its text and is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from pipeline.convert.reading import Call, Reading
from pipeline.convert.tags import Escaped, Tag, find, pairs
from pipeline.diagnostics import fault


@dataclass(slots=True)
class _Work:
    text: str
    lines: tuple[int, ...]
    reading: Reading
    pairs: dict[Tag, Tag]
    loose: set[int]
    depth: int = 0
    calls: list[Call] = field(default_factory=list)
    out: list[tuple[str, int, bool]] = field(default_factory=list)
    """Text, the source line (from 0) that it begins in, and whether it is the source's own."""

    def copy(self, start: int, end: int) -> None:
        """Take the text between two offsets over as it is."""
        self.out.append((self.text[start:end], self.line_of(start), True))

    def write(self, text: str, line: int) -> None:
        """Add text of ours that stands for what is in ``line``."""
        self.out.append((text, line, False))

    def line_of(self, offset: int) -> int:
        return self.text.count("\n", 0, offset)

    def say(self, code: str, message: str, tag: Tag, hint: str) -> None:
        line = self.reading.source_line(self.line_of(tag.start))
        self.reading.say(code, message, line=line, hint=hint)


BLOCKS = {
    "alert": "alert", "callout": "alert", "hint": "alert", "notice": "alert",
    "admonition": "alert", "pageinfo": "pageinfo", "card": "card", "cardpane": "cardpane",
    "details": "details", "imgproc": "figure",
}  # fmt: skip
"""Shortcodes around text, and the kind of block they become."""

AT_MOST = 2_000
DEEPEST = 50
"""How many shortcodes a post may hold, and how deep one may stand in another."""

_LABELS = ("title", "header", "heading", "summary", "caption", "label", "name", "text")
_IN_ADDRESS = re.compile(r"(?:\]\(\s*<?[^)\s]*|<\w[^<>]*=\s*[\"'][^\"'<>]*|^\s*\[[^\]]+\]:\s*\S*)$")
_MARKER = re.compile(r"[ \t]*(?:>[ \t]?)*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*")


def expand(
    markdown: str, lines: tuple[int, ...], reading: Reading
) -> tuple[str, tuple[int, ...], tuple[Call, ...]]:
    """The text with its tags expanded, its map to the source's lines, and the block calls."""
    tags, escaped = find(markdown)
    if not tags and not escaped:
        return markdown, lines, ()
    if len(tags) > AT_MOST:
        raise fault(
            "C010",
            f"the post holds more than {AT_MOST} shortcodes",
            path=reading.manuscript.source.path,
            hint="split the post",
        )
    closed, loose = pairs(tags)
    work = _Work(markdown, lines, reading, closed, {tag.start for tag in loose})
    _span(work, sorted([*tags, *escaped], key=lambda t: t.start), 0, len(markdown))
    text, mapped = _assemble(work)
    return text, mapped, tuple(work.calls)


def _span(work: _Work, tags: list[Tag | Escaped], start: int, end: int) -> None:
    """Write the text between two offsets, its tags expanded."""
    work.depth += 1
    if work.depth > DEEPEST:
        raise fault(
            "C010",
            f"shortcodes are nested more than {DEEPEST} deep",
            path=work.reading.manuscript.source.path,
            line=work.reading.source_line(work.line_of(start)),
            hint="flatten them",
        )
    position = start
    for index, tag in enumerate(tags):
        if tag.start < position or tag.end > end:
            continue
        work.copy(position, tag.start)
        if isinstance(tag, Escaped):
            shown = tag.text if tag.code else tag.text.replace("<", "&lt;").replace("%", "&#37;")
            work.write(shown, work.line_of(tag.start))
            position = tag.end
        else:
            position = _expand_one(work, tag, tags[index + 1 :])
    work.copy(position, end)
    work.depth -= 1


def _expand_one(work: _Work, tag: Tag, rest: list[Tag | Escaped]) -> int:
    """Write one tag, with its inner text if it has any; the offset where reading goes on."""
    if tag.closing:
        return _stray(work, tag)
    close = work.pairs.get(tag)
    if tag.name == "highlight" and close:
        work.write(_fence(work, tag, work.text[tag.end : close.start]), work.line_of(tag.start))
        return close.end
    if tag.liquid:
        return _liquid(work, tag, close)
    if tag.name in INLINE:
        inner = work.text[tag.end : close.start] if close else ""
        work.write(INLINE[tag.name](work, tag, inner), work.line_of(tag.start))
    elif tag.name not in BLOCKS:
        _unknown(work, tag, close, rest)
    elif close or BLOCKS[tag.name] in ("figure", "card"):
        _block(work, tag, close, rest)
    else:
        work.say(
            "C021",
            f"the shortcode {tag.name} is not closed",
            tag,
            f"add {{{{< /{tag.name} >}}}} after its text",
        )
        _show(work, tag)
    return close.end if close else tag.end


def _show(work: _Work, tag: Tag) -> None:
    """The tag itself, as code."""
    work.write(_as_code(work, tag), work.line_of(tag.start))


def _block(work: _Work, tag: Tag, close: Tag | None, rest: list[Tag | Escaped]) -> None:
    """A fenced div around the inner Markdown."""
    line = work.line_of(tag.start)
    kind = BLOCKS[tag.name]
    lead = _lead(work.text, tag.start)
    number = len(work.calls)
    name = "imgproc" if tag.name == "imgproc" else kind
    work.calls.append(Call(name, tag.args, tag.named))
    opening = [f'::: {{data-galley="{number}"}}']
    if kind == "card":
        for key in ("header", "title", "subtitle"):
            if tag.named.get(key):
                opening += ["", "::: {.card-title}", _one_line(tag.named[key]), ":::"]
    work.write(_lines(lead, ["", *opening, ""]), line)
    if close and kind == "card" and tag.named.get("code", "").lower() == "true":
        work.write(
            _fence_text(work.text[tag.end : close.start], tag.named.get("lang", ""), lead), line
        )
    elif close:
        _span(work, rest, tag.end, close.start)
    closing = [""]
    if kind == "card" and tag.named.get("footer"):
        closing += ["::: {.card-footer}", _one_line(tag.named["footer"]), ":::", ""]
    last = work.line_of(close.start) if close else line
    work.write(_lines(lead, [*closing, ":::", ""]), last)


def _lead(text: str, offset: int) -> str:
    """What lines added at ``offset`` must begin with, to stay in the same list item or quote."""
    start = text.rfind("\n", 0, offset) + 1
    marker = _MARKER.match(text, start, offset)
    return re.sub(r"[^>\s]", " ", marker[0]) if marker else ""


def _lines(lead: str, lines: list[str]) -> str:
    return "\n" + "".join(f"{lead}{line}".rstrip() + "\n" for line in lines) + lead


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _fence(work: _Work, tag: Tag, inner: str) -> str:
    language = tag.args[0] if tag.args else tag.named.get("lang", tag.named.get("type", ""))
    return _fence_text(inner, language, _lead(work.text, tag.start))


def _fence_text(inner: str, language: str, lead: str) -> str:
    """The text as a fenced code block, its fence longer than any in it."""
    longest = max((len(run) for run in re.findall(r"`{3,}", inner)), default=2)
    fence = "`" * (longest + 1)
    word = re.sub(r"[^\w+#.-]", "", language)
    code = inner.strip("\n").split("\n")
    if lead:
        code = [line if line.startswith(lead) else lead + line for line in code]
    body = "\n".join(code)
    return f"\n{lead.rstrip()}\n{lead}{fence}{word}\n{body}\n{lead}{fence}\n{lead.rstrip()}\n{lead}"


def _is_address(work: _Work, offset: int) -> bool:
    """The tag stands inside a link's address or an HTML attribute."""
    start = work.text.rfind("\n", 0, offset) + 1
    before = re.sub(r"\{\{[<%].*?[%>]\}\}|\{%.*?%\}", "x", work.text[start:offset])
    return _IN_ADDRESS.search(before) is not None


def _as_code(work: _Work, tag: Tag) -> str:
    """The tag as the author wrote it, in a code span (or encoded, inside an address)."""
    raw = _one_line(work.text[tag.start : tag.end])
    if _is_address(work, tag.start):
        return quote(raw, safe="")
    ticks = "`" * (max((len(run) for run in re.findall("`+", raw)), default=0) + 1)
    pad = " " if raw.startswith("`") or raw.endswith("`") else ""
    return f"{ticks}{pad}{raw}{pad}{ticks}"


def _stray(work: _Work, tag: Tag) -> int:
    if tag.start in work.loose:
        work.say("C021", f"{tag.name} is closed here and was not opened", tag, "delete this tag")
    _show(work, tag)
    return tag.end


def _unknown(work: _Work, tag: Tag, close: Tag | None, rest: list[Tag | Escaped]) -> None:
    """Its inner text with the title it was given, or else the tag as code."""
    work.say(
        "C020",
        f"the shortcode {tag.name} is not known",
        tag,
        "its text stays; write it as Markdown",
    )
    if close is None:
        _show(work, tag)
        return
    labels = [_one_line(tag.named[key]) for key in _LABELS if tag.named.get(key)]
    lead = _lead(work.text, tag.start)
    for label in labels or [_one_line(a) for a in tag.args if " " in a]:
        work.write(_lines(lead, ["", label.replace("<", "&lt;"), ""]), work.line_of(tag.start))
    _span(work, rest, tag.end, close.start)


def _liquid(work: _Work, tag: Tag, close: Tag | None) -> int:
    """Jekyll's tags: ``raw`` is taken away, a post's address becomes a reference."""
    if tag.name in ("raw", "comment") and close:
        if tag.name == "raw":
            work.copy(tag.end, close.start)
        return close.end
    if tag.name in ("post_url", "link") and tag.args and _is_address(work, tag.start):
        work.write("ref:" + quote(tag.args[0]), work.line_of(tag.start))
        return tag.end
    work.say(
        "C022",
        f"the Liquid tag {tag.name} cannot be carried out here",
        tag,
        "it is printed as it stands; write its result as Markdown",
    )
    _show(work, tag)
    return tag.end


# Shortcodes within a line ------------------------------------------------------------------


def _reference(work: _Work, tag: Tag, inner: str) -> str:
    path = tag.args[0] if tag.args else tag.named.get("path", "")
    address = "ref:" + quote(path, safe="/#.")
    if _is_address(work, tag.start):
        return address
    return f"[{_escape(inner or path)}]({address})"


_PLAYERS = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}


def _video(work: _Work, tag: Tag, inner: str) -> str:
    name = next((a for a in (*tag.args[:1], tag.named.get("id", ""), tag.named.get("name", ""))
                 if a), "")  # fmt: skip
    address = name if "://" in name else _PLAYERS[tag.name] + quote(name)
    title = tag.named.get("title") or (tag.args[1] if len(tag.args) > 1 else "")
    if _is_address(work, tag.start):
        return quote(address, safe=":/?=&%")
    link = f"[{_escape(title) or _escape(address)}](<{quote(address, safe=':/?=&%')}>)"
    return _own_block(work, tag, Call("video", (title,), {}), link)


def _figure(work: _Work, tag: Tag, inner: str) -> str:
    return _own_block(work, tag, Call("figure", tag.args, tag.named), _caption(tag))


def _caption(tag: Tag) -> str:
    """Title, caption and credit as Hugo's figure prints them."""
    named = tag.named
    credit = named.get("attr", "")
    if credit and named.get("attrlink"):
        credit = f"[{credit}](<{named['attrlink']}>)"
    title = f"**{_one_line(named['title'])}**" if named.get("title") else ""
    return " ".join(part for part in (title, _one_line(named.get("caption", "")), credit) if part)


def _own_block(work: _Work, tag: Tag, call: Call, content: str) -> str:
    """A div of its own where the tag stands alone on its line, else the content in the line."""
    start = work.text.rfind("\n", 0, tag.start) + 1
    stop = work.text.find("\n", tag.end)
    lead = _lead(work.text, tag.start)
    before = work.text[start : tag.start]
    after = work.text[tag.end : stop if stop >= 0 else len(work.text)]
    if call.name == "video" and (before[len(lead) :].strip() or after.strip()):
        return content
    number = len(work.calls)
    work.calls.append(call)
    return _lines(lead, ["", f'::: {{data-galley="{number}"}}', "", content, "", ":::", ""])


def _param(work: _Work, tag: Tag, inner: str) -> str:
    """A value of the front matter, where there is one."""
    value = work.reading.manuscript.record.extra.get(tag.args[0]) if tag.args else None
    if isinstance(value, str | int | float):
        return str(value)
    work.say(
        "C020",
        "the shortcode param asks for a value that the front matter lacks",
        tag,
        "write the value in its place",
    )
    return _as_code(work, tag)


def _escape(text: str) -> str:
    return re.sub(r"([\\\[\]<>*_`])", r"\\\1", _one_line(text))


INLINE: Mapping[str, Callable[[_Work, Tag, str], str]] = {
    "figure": _figure,
    "param": _param,
    "ref": _reference,
    "relref": _reference,
    "vimeo": _video,
    "youtube": _video,
}
"""Shortcodes that stand for something by themselves, and what writes it."""


def _assemble(work: _Work) -> tuple[str, tuple[int, ...]]:
    """Join the pieces; each line of the result keeps the source line it began in."""
    mapped: list[int] = []
    last = len(work.lines) - 1
    at_start = True
    for text, begin, own in work.out:
        for index in range(text.count("\n") + 1):
            if index or at_start:
                mapped.append(work.lines[min(begin + index * own, last)] if last >= 0 else 0)
            at_start = False
    return "".join(text for text, _, _ in work.out), tuple(mapped)
