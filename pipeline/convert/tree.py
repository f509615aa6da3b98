"""XHTML fragments as lxml trees: parsing what the sanitizer made, and writing it out again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.diagnostics import fault

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MATHML = "http://www.w3.org/1998/Math/MathML"
VOID = frozenset("area br col hr img input wbr".split())
PHRASING_HOSTS = frozenset("p h1 h2 h3 h4 h5 h6 dt caption summary pre span a em strong".split())
OPAQUE = frozenset("code pre kbd samp var math tt".split())
"""Elements whose text is literal: no typography, no word breaking."""

_VOID_TAG = re.compile(r"<(area|br|col|hr|img|input|wbr)\b((?:\"[^\"]*\"|[^\">])*?)/?>")
# What XML 1.0 cannot hold: controls, surrogates, the two non-characters of the BMP.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def parse(html: str, path: str) -> Element:
    """The fragment under one ``<body>`` element.

    ``html`` comes from nh3, which has closed every element and quoted every attribute, so an
    XML parser reads exactly the tree that the sanitizer saw; an HTML parser might make another.
    ``path`` names the post in the ``Fault`` C013 of a tree that is too deep to read.
    """
    from lxml import etree

    text = _NOT_XML.sub("", html).replace("&nbsp;", "\u00a0")
    text = _VOID_TAG.sub(r"<\1\2/>", text)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
    )
    try:
        return etree.fromstring(f"<body>{text}</body>".encode(), parser)
    except etree.XMLSyntaxError as error:  # past 2048 levels, for one
        raise fault(
            "C013",
            f"the post's elements cannot be read: {error.msg}",
            path=path,
            hint="flatten the lists, quotes and raw HTML",
        ) from error


def serialize(body: Element) -> str:
    """The content of ``body`` as XHTML that an HTML parser reads the same way.

    Only void elements are written ``<br/>``; an empty cell or span keeps its end tag.
    """
    from lxml import etree

    for element in body.iter():
        if not len(element) and element.text is None and element.tag not in VOID:
            element.text = ""
    text = etree.tostring(body, encoding="unicode")
    return text[text.index(">") + 1 : text.rindex("</")].strip() + "\n"


def local(element: Element) -> str:
    """The element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def take(element: Element, name: str) -> str | None:
    """The attribute's value, taken off the element."""
    value = element.get(name)
    if value is not None:
        del element.attrib[name]
    return value


def classes(element: Element) -> list[str]:
    """The element's classes in their order."""
    return (element.get("class") or "").split()


def make(name: str, text: str | None = None, **attributes: str) -> Element:
    """A new element; ``class_`` stands for ``class`` and ``aria_label`` for ``aria-label``."""
    from lxml import etree

    element = etree.Element(name)
    for key, value in attributes.items():
        element.set(key.rstrip("_").replace("_", "-"), value)
    element.text = text
    return element


def append_text(element: Element, text: str) -> None:
    """Add text after everything that ``element`` holds."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _text_before(element: Element, text: str) -> None:
    """Put ``text`` where ``element`` stands, in front of it."""
    parent, before = element.getparent(), element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text


def remove(element: Element) -> None:
    """Take the element and its content out; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    _text_before(element, element.tail or "")
    element.tail = None
    parent.remove(element)


def unwrap(element: Element) -> None:
    """Take the element out and leave its content in its place."""
    parent = element.getparent()
    if parent is None:
        return
    _text_before(element, element.text or "")
    index = parent.index(element)
    children = list(element)
    parent[index + 1 : index + 1] = children
    if children:
        children[-1].tail = (children[-1].tail or "") + (element.tail or "")
    else:
        _text_before(element, element.tail or "")
    element.tail = None
    parent.remove(element)


def replace(old: Element, new: Element) -> None:
    """Put ``new`` where ``old`` stands; the text behind ``old`` stays behind it."""
    parent = old.getparent()
    if parent is not None:
        new.tail, old.tail = old.tail, None
        parent.replace(old, new)


def wrap(element: Element, host: Element) -> Element:
    """Put ``element`` into ``host``, and ``host`` where ``element`` stood."""
    replace(element, host)
    host.append(element)
    return host


def move_content(source: Element, target: Element) -> None:
    """Append all that ``source`` holds to ``target``."""
    append_text(target, source.text or "")
    source.text = None
    target.extend(list(source))


def is_blank(text: str | None) -> bool:
    """No text, or white space only."""
    return not (text and text.strip())


def is_empty(element: Element) -> bool:
    """The element holds no element and no word."""
    return not len(element) and is_blank(element.text)


def plain_text(element: Element) -> str:
    """The words of the element as one line: formulas as TeX, without note numbers and boxes."""
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: Element) -> Iterator[str]:
    name = local(element)
    if name == "math":
        yield element.get("alttext") or "".join(map(str, element.itertext()))
        return
    if name == "img":
        yield element.get("alt") or ""
        return
    if "noteref" in classes(element):
        return
    if name == "br":
        yield " "
    yield element.text or ""
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
