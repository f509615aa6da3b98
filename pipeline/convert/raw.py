"""Raw HTML in a post, before the sanitizer: what is no HTML element is a word of the author.

``<server-ip>`` and ``List<String>`` in prose are text that lost its backticks. A sanitizer
would take them away with the words inside; here they are made visible instead. Elements that
play or load something leave a link; those that run go, with a diagnostic.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

from pipeline.convert.sanitize import MATH_TAGS, TAGS

# Elements whose tags may go without a trace: they lay out or group, their content stays.
_SILENT = frozenset(
    """acronym address area article big body button center data dir fieldset font footer form
    header head hgroup html legend main map meta nav noscript optgroup output picture
    progress search slot strike tt""".split()
)
# Elements with an address worth a link in their place.
_MEDIA = frozenset("iframe video audio source embed object".split())
# Elements that act on the page; with their content they have no place in an edition.
_ACTIVE = ("script", "style")

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)", re.S)
_ACTIVE_ELEMENT = re.compile(r"<(script|style)\b(?=[^>]*>)[^>]*>.*?</\1\s*>", re.S | re.I)
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*)((?:\"[^\"]*\"|'[^']*'|[^'\">])*)>")
_SOURCE = re.compile(r"\b(?:src|data)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.I)
_PRE = re.compile(r"<(/?)pre\b", re.I)

Report = Callable[[str, str], None]
"""Called with a code and what was found, for the diagnostics."""


def make_visible(html: str, report: Report) -> str:
    """``html`` with comments dropped and every tag that is no element of ours shown as text."""
    html = _COMMENT.sub("", html)
    html = _ACTIVE_ELEMENT.sub(lambda found: _drop_active(found, report), html)
    return _TAG.sub(lambda found: _tag(found, report), html)


def _drop_active(found: re.Match[str], report: Report) -> str:
    report("C051", found[1].lower())
    return ""


def _tag(found: re.Match[str], report: Report) -> str:
    slash, name, rest = found[1], found[2].lower(), found[3]
    if name in TAGS or name in MATH_TAGS:
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
