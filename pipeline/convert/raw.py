"""Raw HTML in a post, before the sanitizer: what is no HTML element is a word of the author.

``<server-ip>`` and ``List<String>`` in prose are text that lost its backticks. A sanitizer
would take them away with the words inside; here they are made visible instead. Elements that
play or load something leave a link; those that run go, with a diagnostic.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape

from pipeline.convert.sanitize import MATH_TAGS, TAGS

# Elements whose tags may go without a trace: they lay out or group, their content stays.
_SILENT = frozenset(
    """acronym address area article big body button center data dir fieldset font footer form
    header head hgroup html legend main map meta nav noscript optgroup output picture
    progress rb rtc search slot strike tt""".split()
)
# Elements with an address worth a link in their place.
_MEDIA = frozenset("iframe video audio source embed object".split())
# Elements that act on the page; with their content they have no place in an edition.
_ACTIVE = ("script", "style")

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)", re.S)
_ACTIVE_ELEMENT = re.compile(r"<(script|style)\b(?=[^>]*>)[^>]*>.*?</\1\s*>", re.S | re.I)
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*)((?:\"[^\"]*\"|'[^']*'|[^'\">])*)>")
_MATH, _MATH_END = re.compile(r"<math\b", re.I), re.compile(r"</math\s*>", re.I)
_SOURCE = re.compile(r"\b(?:src|data)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.I)
_PRE = re.compile(r"<(/?)pre\b", re.I)

Report = Callable[[str, str], None]
"""Called with a code and what was found, for the diagnostics."""


def make_visible(html: str, report: Report) -> str:
    """``html`` with comments dropped and every tag that is no element of ours shown as text."""
    html = _COMMENT.sub("", html)
    html = _ACTIVE_ELEMENT.sub(lambda found: _drop_active(found, report), html)

    def shown(text: str) -> str:
        return _TAG.sub(lambda found: _tag(found, report), text)

    made, done = [], 0
    for start, end in _formulas(html):
        formula = html[start:end]
        if not _is_mathml(formula):
            formula = shown(
                _TAG.sub(lambda tag: "" if tag[2].lower() in MATH_TAGS else tag[0], formula)
            )
        made += [shown(html[done:start]), formula]
        done = end
    return "".join((*made, shown(html[done:])))


def _formulas(html: str) -> Iterator[tuple[int, int]]:
    """From where to where each ``<math>`` goes that is closed."""
    place = 0
    while (start := _MATH.search(html, place)) and (end := _MATH_END.search(html, start.end())):
        place = end.end()
        yield start.start(), place


def _is_mathml(formula: str) -> bool:
    """Nothing but elements of MathML, each closed in its turn: all else, the sanitizer takes out
    with its words."""
    open_: list[str] = []
    for tag in _TAG.finditer(formula):
        name = tag[2].lower()
        outermost = not open_ or (len(open_) == 1 and bool(tag[1]))
        if name not in MATH_TAGS or (name == "math") != outermost:
            return False
        if tag[1]:
            if open_.pop() != name:
                return False
        elif not tag[3].endswith("/"):
            open_.append(name)
    return not open_


def _drop_active(found: re.Match[str], report: Report) -> str:
    report("C051", found[1].lower())
    return ""


def _tag(found: re.Match[str], report: Report) -> str:
    slash, name, rest = found[1], found[2].lower(), found[3]
    if name in TAGS:
        return found[0]
    if name in _SILENT and not (name in ("meta", "head", "data") and not rest.strip()):
        return ""
    if name in _MEDIA:
        return "" if slash else _media(name, rest, report)
    if name in ("svg", "link", "base", "frame", "param", "input") and rest.strip(" /"):
        report("C051", name)
        return ""
    return escape(found[0], quote=False)


def _media(name: str, rest: str, report: Report) -> str:
    source = _SOURCE.search(rest)
    if source is None:
        return escape(f"<{name}{rest}>", quote=False) if name == "source" else ""
    address = unescape(source[1] or source[2] or source[3] or "")
    report("C052", address)
    if address.startswith("//"):
        address = "https:" + address
    shown = escape(address)
    return f'<span class="media"><a href="{shown}">{shown}</a></span>'
