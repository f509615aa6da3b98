"""What a line says, apart from its markup: the comparison that repairs are held to, and the
reading of a line as a possible title."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape

ZERO_WIDTH = "\u200b\u2060\ufeff"
"""Characters that print nothing and only get in the way of searching: zero width space, word
joiner, byte order mark. The zero width joiners are not among them (emoji, Arabic and the scripts
of India mean something by them), nor is the soft hyphen."""

_MARKUP = str.maketrans("", "", "*_#\\" + ZERO_WIDTH)
_INVISIBLE = str.maketrans("", "", ZERO_WIDTH)
_NUMBER = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,2})*[.)]|\(?[A-Za-z][.)])[ \t\u00a0]+(?=\S)")
_BULLET = re.compile(r"^[ \t]*[+>-][ \t]+", re.M)
_CODE_MARKS = re.compile(
    r"^[ \t]*`{3,}[ \t]*[\w+#-]*(?![^\s])|</?(?:pre|code|[ou]l|li|h[1-6])\b[^>\n]*>|`+|"
    r"^[ \t]*(?:[*+-]|\d{1,9}[.)])(?=[ \t])", re.I | re.M
)  # fmt: skip
_EMPHASIS = re.compile(r"</?(?:b|strong|i|em|u|big|ins|span|font|o:p)(?: [^<>]*)?>", re.I)
_PARAGRAPH = re.compile(r"</?(?:p|div|center)(?: [^<>]*)?>", re.I)
_BREAK = re.compile(r"</?br ?/?>", re.I)
_INLINE = re.compile(r"</?(?:b|strong|i|em|u|big|ins|span|font|a|small|sup|sub)(?: [^<>]*)?>", re.I)
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_EMPTY = re.compile(r"<([a-z]+)></\1>", re.I)
_LIST_TAG = re.compile(r"<[ou]l\b[^>\n]*>[ \t]*(?=[*-] )", re.I)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_WRAP = re.compile(r"(\*\*\*|\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1[ \t]*")


def same_words(before: str, after: str) -> bool:
    """Whether two pieces of Markdown say the same words in the same order, punctuation included;
    emphasis (that of HTML too), the marks of headings, items and quotations, escapes, blanks and
    zero-width characters do not count."""
    return _unemphasized(before).split() == _unemphasized(after).split()


def _unemphasized(text: str) -> str:
    if "<" in text:
        text = text.replace("&#47;", "/")
    text = _EMPHASIS.sub("", _BREAK.sub(" ", text))
    return _BULLET.sub("", text).replace("&nbsp;", " ").translate(_MARKUP)


def same_code(before: str, after: str) -> bool:
    """The same where HTML becomes Markdown: fences, list marks and the tags of code, headings,
    lists, paragraphs and emphasis do not count, and the entities that HTML asks for are the
    characters they stand for."""
    return _unmarked(before) == _unmarked(after)


def _unmarked(text: str) -> list[str]:
    text = _EMPHASIS.sub("", _BREAK.sub(" ", _PARAGRAPH.sub(" ", _LIST_TAG.sub("", text))))
    return unescape(_CODE_MARKS.sub(" ", text)).translate(_MARKUP).split()


@lru_cache(maxsize=4096)
def bare(line: str) -> str:
    """The line without marks of headings and emphasis, with single spaces."""
    return " ".join(line.translate(_MARKUP).split())


def spaced(text: str) -> str:
    """The text with single spaces and without zero-width characters."""
    return " ".join(text.translate(_INVISIBLE).split())


def plain(markdown: str) -> str:
    """The text of a line without emphasis marks, code ticks and link addresses."""
    if "<" in markdown:
        markdown = _EMPTY.sub("", _INLINE.sub("", markdown))
    return " ".join(_LINK.sub(r"\1", markdown).translate(_MARKUP).replace("`", "").split())


def columns(text: str) -> int:
    """How wide the text is: a letter of Chinese, Japanese or Korean takes two columns."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text.strip())


def words(text: str) -> int:
    """How many words the text has; scripts that set none apart have about one in two letters."""
    return len(text.split()) + len(_UNSPACED.findall(text)) // 2


def unwrapped(markdown: str) -> str:
    """The line without the emphasis that wraps it whole: a heading is bold by itself."""
    text = markdown.strip()
    while (match := _WRAP.fullmatch(text)) and match[1] not in match[2]:
        text = match[2]
    return text


def split_number(text: str) -> tuple[str, str]:
    """A hand-made number (``3.``, ``2.1.``, ``a)``) and the rest; the number may be empty."""
    match = _NUMBER.match(text)
    return (match["number"], text[match.end() :]) if match else ("", text)


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Letters and digits only, without case: how a title is compared with another."""
    folded = unicodedata.normalize("NFKC", plain(text)).casefold()
    return "".join(c for c in folded if c.isalnum())
