"""Elements that an author opened within a line and never closed end with their block.

An HTML parser carries an open ``<code>`` or ``<b>`` on into every block that follows, so that one
forgotten end tag turns the rest of a post into code, with paragraphs and lists inside it. Here it
ends where its paragraph, item or cell ends, and a heading ends where a block begins.
"""

from __future__ import annotations

import re

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)((?:\"[^\"]*\"|'[^']*'|[^'\">])*)>")

INLINE = frozenset(
    """a abbr b bdi bdo cite code del dfn em i ins kbd label mark q s samp small span strong sub sup
    time u var""".split()
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
BLOCKS = HEADINGS | frozenset(
    """aside blockquote caption dd details div dl dt figcaption figure li ol p pre section summary
    table tbody td tfoot th thead tr ul""".split()
)


def close_inline(html: str) -> str:
    """``html`` with what was left open closed, and with end tags of nothing dropped."""
    written: list[str] = []
    open_: list[str] = []
    done = 0
    for found in _TAG.finditer(html):
        written.append(html[done : found.start()])
        done = found.end()
        name = found[2].lower()
        if found[1]:
            written.append(_ended(name, found[0], open_))
        else:
            written.append(_begun(name, open_) + found[0])
    written.append(html[done:])
    return "".join(written)


def _begun(name: str, open_: list[str]) -> str:
    """The end tags that a start tag implies; ``open_`` gets the element."""
    ends = ""
    if name in BLOCKS or name == "hr":
        while open_ and (open_[-1] in INLINE or open_[-1] in HEADINGS or open_[-1] == "p"):
            ends += f"</{open_.pop()}>"
    if name in BLOCKS or name in INLINE:
        open_.append(name)
    return ends


def _ended(name: str, tag: str, open_: list[str]) -> str:
    """What an end tag becomes: with those of the elements left open inside, or nothing."""
    if name not in INLINE and name not in BLOCKS:
        return tag
    place = _place(name, open_)
    if place is None:
        return ""
    ends = "".join(f"</{inner}>" for inner in reversed(open_[place + 1 :]))
    del open_[place:]
    return ends + tag


def _place(name: str, open_: list[str]) -> int | None:
    """Where the element stands that the end tag ends; one within a line ends in its own block."""
    for place in range(len(open_) - 1, -1, -1):
        if open_[place] == name:
            return place
        if name in INLINE and open_[place] in BLOCKS:
            return None
    return None
