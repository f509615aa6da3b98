"""MathML that authors wrote: named as what it is, and as MathML Core has it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.convert import tree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

PARTS = {
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2,
    "munderover": 3,
}  # fmt: skip
"""How many elements stand in each of these, no more and no fewer."""
HOSTS = {"mtr": "mtable", "mtd": "mtr"}
ONLY = {"mtable": "mtr", "mtr": "mtd"}
"""Rows and cells of a matrix stand in their wholes, and nothing else does."""

TOKENS = frozenset(("mi", "mn", "mo", "ms", "mtext", "annotation"))
"""Elements that hold text; the others hold elements."""
_TRUTHS = frozenset(("true", "false"))
_VARIANTS = frozenset(
    """normal bold italic bold-italic double-struck bold-fraktur script bold-script fraktur
    sans-serif bold-sans-serif sans-serif-italic sans-serif-bold-italic monospace initial tailed
    looped stretched""".split()
)
VALUES: dict[str, frozenset[str]] = {
    "display": frozenset(("block", "inline")),
    "form": frozenset(("prefix", "infix", "postfix")),
    "mathvariant": _VARIANTS,
    **dict.fromkeys(
        """accent accentunder bevelled displaystyle fence largeop movablelimits separator stretchy
        symmetric""".split(),
        _TRUTHS,
    ),
}
"""What attributes with few values may say; another value goes."""
_LENGTHS = "depth height linethickness lspace maxsize minsize rspace voffset width".split()
_LENGTH = re.compile(r"[+-]?\d*\.?\d+(?:em|ex|px|in|cm|mm|pt|pc|%)?")
_BARE = re.compile(r"<math\b(?![^>]*\sxmlns=)")


def named(html: str) -> str:
    """``html`` with MathML's namespace on every formula; HTML lets authors leave it out."""
    return _BARE.sub(f'<math xmlns="{tree.MATHML}"', html)


def settle(body: Element) -> tuple[str, ...]:
    """Drop values that MathML does not know. What is no formula becomes code: its texts."""
    refused = []
    for formula in list(body.iter(f"{{{tree.MATHML}}}math")):
        if all(_is_sound(element) for element in formula.iter()):
            for element in formula.iter():
                _settle_values(element)
            continue
        text = re.sub(r"\s+", " ", "".join(map(str, formula.itertext())))
        tree.replace(formula, tree.make("code", text, class_="math"))
        refused.append(text.strip())
    return tuple(refused)


def _is_sound(element: Element) -> bool:
    name = tree.local(element)
    host = element.getparent()
    return (
        element.tag == f"{{{tree.MATHML}}}{name}"
        and (name in TOKENS or _holds_no_text(element))
        and len(element) == PARTS.get(name, len(element))
        and (name not in HOSTS or (host is not None and tree.local(host) == HOSTS[name]))
        and (name not in ONLY or all(tree.local(child) == ONLY[name] for child in element))
    )


def _holds_no_text(element: Element) -> bool:
    return tree.is_blank(element.text) and all(tree.is_blank(child.tail) for child in element)


def _settle_values(element: Element) -> None:
    tree.take(element, "lang")
    for key, value in [(str(key), str(value)) for key, value in element.attrib.items()]:
        known = VALUES.get(key)
        if (known and value not in known) or (key in _LENGTHS and not _LENGTH.fullmatch(value)):
            del element.attrib[key]
