"""A document's body as a tree that an edition may change: parsed anew for each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

OPS = "http://www.idpf.org/2007/ops"
"""The namespace of ``epub:type``."""


def parse(body: str, *, epub: bool = False) -> Element:
    """The body, which convert left well-formed, under one element; ``epub`` declares the prefix
    of that name for all below it."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    declared = f' xmlns:epub="{OPS}"' if epub else ""
    return etree.fromstring(f"<body{declared}>{body}</body>", parser)
