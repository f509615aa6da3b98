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

# Few posts need the patterns below: as text they are compiled (and kept by ``re``) when met.
CODE = r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)"
INLINE_TAGS = frozenset(
    "a abbr b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike "
    "strong sub sup time tt u var".split()
)
BLOCK_TAGS = frozenset("p div h1 h2 h3 h4 h5 h6".split())
PAIRED = r"<([A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?>(.*?)</\1\s*>"
BREAK = r"(?i:<(?:br|wbr)\s*/?>)(?! (?:tag|element)\b)|<!--.*?-->"
IMAGE = r"!\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)"
LINK = r"\[([^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\))?[^()\s]*(?:\s+\"[^\"]*\")?\)"
EMPHASIS = {
    "*": r"(?<![\w*\\])(\*{1,3})(?=[^\s*])([^*]*[^\s*\\])\1(?![\w*])",
    "_": r"(?<![\w\\])(_{1,3})(?=[^\s_])([^_]*[^\s_\\])\1(?!\w)",
    "~": r"(?<![\w~\\])(~~)(?=[^\s~])([^~]*[^\s~\\])\1(?![\w~])",
}
DUNDER = r"__\w+__"
ESCAPE = r"\\([\\`*_{}\[\]<>()#+.!|~-])"
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
    for code in re.finditer(CODE, text) if "`" in text else ():
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
    import html

    return ENTITY.sub(lambda entity: html.unescape(entity[0]), text)


def _spaced(text: str) -> str:
    text = SPACE.sub(" ", INVISIBLE.sub("", UNPRINTABLE.sub("", text))).strip()
    if text.isascii():
        return text
    return SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def _unmarked(text: str) -> str:
    if not SPECIAL.search(text):
        return text
    if "<" in text:
        text = _until_settled(PAIRED, _inside, re.sub(BREAK, " ", text))
    if "](" in text:
        text = re.sub(LINK, r"\1", re.sub(IMAGE, r"\1", text))
    for sign, emphasis in EMPHASIS.items():
        if sign in text:
            text = _until_settled(emphasis, _unstressed, text)
    return _entities(re.sub(ESCAPE, r"\1", text) if "\\" in text else text)


def _inside(tag: re.Match[str]) -> str:
    """What a pair of tags holds; a block's text stands apart from what follows. Other tags are
    words: ``Map<K>``."""
    name = tag[1].lower()
    return tag[2] if name in INLINE_TAGS else f"{tag[2]} " if name in BLOCK_TAGS else tag[0]


def _unstressed(mark: re.Match[str]) -> str:
    return mark[0] if re.fullmatch(DUNDER, mark[0]) else mark[2]


def _until_settled(pattern: str, replace: Callable[[re.Match[str]], str], text: str) -> str:
    for _ in range(4):  # nested markup; more than four deep is no title
        after = re.sub(pattern, replace, text)
        if after == text:
            break
        text = after
    return text
