"""Values that YAML cannot read because their quotes are wrong or missing, read to the line's end.

``title: Paper: what is new``, ``title: 'It's here'`` and ``author: @ada`` stand in real exports;
their publisher read such a line as key and text, whatever YAML says.
"""

from __future__ import annotations

import re

KEY_AND_VALUE = re.compile(r"(?P<key>[\w.-]+[ ]*:[ ]+)(?P<value>\S.*)")
COMMENT = re.compile(r"\s#(?:\s.*)?$")
SINGLE, DOUBLE = "'", '"'


def quoted(lines: list[str], number: int) -> str | None:
    """Line ``number`` with its value in quotes, or None where it is not plain what the value is:
    it goes on below, is a list, a map or a placeholder, or no key begins the line."""
    found = KEY_AND_VALUE.fullmatch(lines[number].rstrip())
    if found is None or "".join(lines[number + 1 : number + 2]).startswith((" ", "\t")):
        return None
    text = _text(found["value"])
    if text is None:
        return None
    doubled = text.replace(SINGLE, SINGLE * 2)
    return f"{found['key']}{SINGLE}{doubled}{SINGLE}"


def _text(value: str) -> str | None:
    quote, end = value[0], value[-1]
    if quote in (SINGLE, DOUBLE):
        if quote == end and len(value) > 1:
            return _without_escapes(value[1:-1], quote)
        if value.count(quote) == 1:  # opened, and never closed
            return value[1:]
    structure = quote in "{|>" or (
        quote == "[" and not re.match(r"\[[^\]]*\][^\s\],]*\s+\S", value)
    )
    return None if structure else COMMENT.sub("", value)


def _without_escapes(text: str, quote: str) -> str:
    """What an author or a program writes for the quote inside of quotes."""
    return re.sub(rf"\\{quote}", quote, text.replace(quote * 2, quote) if quote == SINGLE else text)
