"""A ``$`` opens math only where it looks like math.

pandoc takes ``$HOME/$USER`` and ``US$5 to US$6`` for formulas. Here every dollar that does not
delimit one is written ``&#36;``, which Markdown reads as a plain dollar in prose, in link
addresses and in raw HTML alike; pandoc then finds just the formulas that were found here.
"""

from __future__ import annotations

import re

from pipeline.convert import regions

_INLINE = re.compile(
    r"(?<![\\\w$)\]}=/.])\$(?![\s$])"  # opens: nothing of a word before, no space behind
    r"((?:[^$\\\n]|\\.|\n(?![ \t]*\n))*?)"
    r"(?<![\s\\])\$(?![\w$({/\[=])"  # closes: no space before, nothing of a word behind
)
_DISPLAY = re.compile(r"(?<![\\$])\$\$(?!\$)((?:[^$\\\n]|\\.|\\\n|\n(?![ \t]*\n))+?)\$\$(?!\$)")

# A TeX command, a power, an index on one letter, a relation or operation between terms, or
# nothing but a short variable, a number, or a function of them.
_STRONG = re.compile(
    r"\\[A-Za-z,;:!|{}\\]|\^|(?<![A-Za-z])[A-Za-z]_[\w{]|[^\s$] ?[=<>+≤≥≠] ?[^\s$]"
)
_SIMPLE = re.compile(
    r"-?[A-Za-z]{1,2}'?|-?\d[\d.,]*|-?\d*[A-Za-z] ?[-*/] ?[\w]{1,3}|[A-Za-z]\([\w, ]{1,8}\)"
)


def guard(markdown: str) -> str:
    """``markdown`` with every dollar that opens or closes no formula as an entity."""
    if "$" not in markdown:
        return markdown
    marks = regions.kinds(markdown)
    keep: set[int] = set()
    for pattern, width in ((_DISPLAY, 2), (_INLINE, 1)):
        position = 0
        while found := pattern.search(markdown, position):
            whole = marks[found.start() : found.end()]
            if whole.strip(regions.PROSE) == "" and _is_math(found[1], display=width == 2):
                for offset in range(width):
                    keep.update((found.start() + offset, found.end() - 1 - offset))
                position = found.end()
            else:
                position = found.start() + width
    plain = {
        found.start()
        for found in re.finditer(r"\$", markdown)
        if found.start() not in keep
        and marks[found.start()] != regions.CODE
        and not _escaped(markdown, found.start())
    }
    return "".join("&#36;" if i in plain else c for i, c in enumerate(markdown))


def _escaped(text: str, index: int) -> bool:
    """An odd number of backslashes stands before the character."""
    count = 0
    while index - count > 0 and text[index - count - 1] == "\\":
        count += 1
    return count % 2 == 1


def _is_math(content: str, *, display: bool) -> bool:
    text = content.strip()
    if not text:
        return False
    return bool(_STRONG.search(text) or _SIMPLE.fullmatch(text)) or (display and "_" in text)
