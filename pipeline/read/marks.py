"""Marks: text of one line, without the markup, entities and odd spaces that front matter brings.

``tidy`` is for names and labels, ``plain`` for titles and descriptions. Entities are resolved
once and last, so ``written`` can always spell a value in a way that reads back the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
SPACE = re.compile(r"[\s\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""What YAML 1.2 (5.1) calls non-printable; refused in every format, for XML has no place for it."""

CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
INLINE_TAGS = (
    "a|abbr|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strike|"
    "strong|sub|sup|time|tt|u|var|p|div|h[1-6]"
)
BLOCKS = ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6")
PAIRED = re.compile(rf"<({INLINE_TAGS})(?:\s[^<>]*)?>(.*?)</\1\s*>", re.IGNORECASE)
BREAK = re.compile(r"<(?:br|wbr)\s*/?>(?! (?:tag|element)\b)|<!--.*?-->", re.IGNORECASE)
IMAGE = re.compile(r"!\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\))?[^()\s]*(?:\s+\"[^\"]*\")?\)")
EMPHASIS = (
    re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])([^*]*[^\s*\\])\1(?![\w*])"),
    re.compile(r"(?<![\w\\])(_{1,3})(?=[^\s_])([^_]*[^\s_\\])\1(?!\w)"),
    re.compile(r"(?<![\w~\\])(~~)(?=[^\s~])([^~]*[^\s~\\])\1(?![\w~])"),
)
DUNDER = re.compile(r"__\w+__")
ESCAPE = re.compile(r"\\([\\`*_{}\[\]<>()#+.!|~-])")
SPECIAL = re.compile(r"[&<>`*_\[\]\\~]")

MOST_SIGNS = 4_000
"""Past this nobody writes a title or description; nested markup would cost time that grows fast."""

Cleaner = Callable[[str], str]


def tidy(text: str) -> str:
    """Entities resolved, odd and doubled spaces made one, invisible characters gone, NFC."""
    return _spaced(_entities(text))


def plain(text: str) -> str:
    """``tidy``, and inline HTML and Markdown made the text that they show. The inside of
    backticks is kept letter by letter; tags that are no inline markup stay, as words. A text
    longer than a page is only tidied."""
    if len(text) > MOST_SIGNS:
        return tidy(text)
    pieces: list[str] = []
    end = 0
    for code in CODE.finditer(text):
        pieces += [_unmarked(text[end : code.start()]), code[2].strip()]
        end = code.end()
    return _spaced("".join([*pieces, _unmarked(text[end:])]))


def written(value: str, clean: Cleaner) -> str:
    """A spelling of a cleaned value that ``clean`` reads as the value again: itself, or with
    entities where the value looks like markup."""
    if clean(value) == value:
        return value
    return SPECIAL.sub(lambda sign: f"&#{ord(sign[0])};", value)


def _entities(text: str) -> str:
    if "&" not in text:
        return text
    import html  # noqa: PLC0415 - its table of entities is large, and few titles need it

    return ENTITY.sub(lambda entity: html.unescape(entity[0]), text)


def _spaced(text: str) -> str:
    text = SPACE.sub(" ", INVISIBLE.sub("", UNPRINTABLE.sub("", text))).strip()
    if text.isascii():
        return text
    return SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def _unmarked(text: str) -> str:
    if not SPECIAL.search(text):
        return text
    text = _until_settled(PAIRED, _inside, BREAK.sub(" ", text))
    text = LINK.sub(r"\1", IMAGE.sub(r"\1", text))
    for emphasis in EMPHASIS:
        text = _until_settled(
            emphasis, lambda mark: mark[0] if DUNDER.fullmatch(mark[0]) else mark[2], text
        )
    return _entities(ESCAPE.sub(r"\1", text))


def _inside(tag: re.Match[str]) -> str:
    """What a pair of tags holds; a block's text stands apart from what follows."""
    return f"{tag[2]} " if tag[1].lower().startswith(BLOCKS) else tag[2]


def _until_settled(
    pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str], text: str
) -> str:
    for _ in range(4):  # nested markup; more than four deep is no title
        after = pattern.sub(replace, text)
        if after == text:
            break
        text = after
    return text
