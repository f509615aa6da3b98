"""Values of attributes that HTML takes; another one goes, and the element stays."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from pipeline.convert import tree
from pipeline.read.languages import language_tag

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Value = Callable[[str], str | None]
"""What becomes of a value; None where the attribute goes."""


def _like(pattern: str) -> Value:
    known = re.compile(pattern)
    return lambda value: value if known.fullmatch(value.strip()) else None


_INTEGER = _like(r"-?\d{1,6}")
_ADDRESS = _like(r"https?://[\w.-]+(?::\d{1,5})?(?:/[\w./~%?#=&;:@+,-]*)?")
_MOMENT = re.compile(
    r"\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])"
    r"(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?)?)?"
    r"|(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?|\d{4}"
)
_BREAKS_30 = re.compile(r"\d{4}-(?:02-3\d|(?:0[469]|11)-31)")

VALUES: dict[tuple[str, str], Value] = {
    ("*", "lang"): language_tag,
    ("ol", "start"): _INTEGER,
    ("ol", "type"): _like("[1aAiI]"),
    ("ol", "reversed"): lambda value: "",
    ("li", "value"): _INTEGER,
    ("details", "open"): lambda value: "",
    ("blockquote", "cite"): _ADDRESS,
}
"""By element and attribute; ``*`` is any element."""


def settle(body: Element) -> None:
    """Mend or drop what has a value of another kind, and elements that stand on such a value."""
    for (name, key), value in VALUES.items():
        for element in body.iter() if name == "*" else body.iter(name):
            written = element.get(key)
            if written is not None:
                _set(element, key, value(written))
    for item in body.iter("li"):
        host = item.getparent()
        if host is not None and host.tag != "ol":
            tree.take(item, "value")
    for element in list(body.iter("bdo")):
        if element.get("dir") not in ("ltr", "rtl"):
            element.tag = "span"
    for element in list(body.iter("time")):
        _time(element)


def _set(element: Element, key: str, value: str | None) -> None:
    if value is None:
        del element.attrib[key]
    else:
        element.set(key, value)


def _time(element: Element) -> None:
    """A moment that programs can read, in ``datetime`` or in the text; else a part of the line."""
    moment = element.get("datetime")
    if moment is not None and not _is_moment(moment):
        del element.attrib["datetime"]
        moment = None
    if moment is None and (len(element) or not _is_moment(element.text or "")):
        element.tag = "span"


def _is_moment(text: str) -> bool:
    return bool(_MOMENT.fullmatch(text.strip())) and not _BREAKS_30.match(text.strip())
