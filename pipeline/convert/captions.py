"""Captions of Markdown tables: a paragraph ``Table: Prices in 2025`` directly above or below one.

Markdown's tables have no captions of their own; pandoc and Quarto write them so. The word may be
the post's language's (``Tablo:``), and goes away with its colon.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.convert import tree
from pipeline.words import Catalogue

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def build(body: Element, catalogue: Catalogue) -> None:
    """Move each such paragraph into its table."""
    names = "|".join(re.escape(name) for name in {"Table", catalogue["table"]})
    said = re.compile(rf"\s*(?:{names}):\s+(?=\S)")
    for table in list(body.iter("table")):
        if table.find("caption") is None and table.find("figcaption") is None:
            for beside in (table.getnext(), table.getprevious()):
                if beside is not None and beside.tag == "p" and said.match(beside.text or ""):
                    _move(beside, table, said)
                    break


def _move(paragraph: Element, table: Element, said: re.Pattern[str]) -> None:
    caption = tree.make("caption")
    table.insert(0, caption)
    paragraph.text = said.sub("", paragraph.text or "", count=1)
    tree.move_content(paragraph, caption)
    tree.remove(paragraph)
