"""What the pdf edition adds to WeasyPrint: its layout beside a bare one of the same page.

Both set the same XML with the same style sheet, page references included, with the same faces,
in one process, in turns. The bare one is ``HTML(string=…).write_pdf()``: no tags, no record, no
files inside, no look at the last page.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from xml.etree import ElementTree as ET

from pipeline import config, convert, normalize, read
from pipeline.editions import EDITIONS, Desk
from pipeline.editions.pdf import layout
from pipeline.model import Document
from pipeline.press import clock


@dataclass(frozen=True)
class Page:
    """What goes into the layout: the page as XML for ours and as HTML for the bare one, and what
    ``layout.compose`` and ``layout.write`` take besides it."""

    xml: str
    html: str
    arguments: tuple[Any, ...]
    named: dict[str, Any]
    ending: tuple[Any, ...]


def ratios(post: Path, rounds: int) -> tuple[list[float], float, float]:
    """Of each round the CPU time of ours over that of the bare one; the medians of both in s."""
    page = captured(post)
    pairs = []
    for number in range(rounds + 1):
        sides: list[tuple[str, Callable[[], None]]] = [
            ("ours", lambda: ours(page)),
            ("bare", lambda: bare(page)),
        ]
        pairs.append({name: seconds(side) for name, side in (sides if number % 2 else sides[::-1])})
    pairs = pairs[1:]
    each = sorted(pair["ours"] / pair["bare"] for pair in pairs)
    return each, median(p["ours"] for p in pairs), median(p["bare"] for p in pairs)


def captured(post: Path) -> Page:
    """What the pdf edition of the post hands to its layout."""
    from pipeline import editions

    kept: list[Any] = []
    compose, write = layout.compose, layout.write

    def keep(tree: ET.Element, *rest: Any, **named: Any) -> Any:
        xml, html = (ET.tostring(tree, "unicode", method) for method in ("xml", "html"))
        kept.extend((xml, html, rest, named))
        return compose(tree, *rest, **named)

    def keep_end(pages: Any, *rest: Any) -> Any:
        kept.append(rest)
        return write(pages, *rest)

    settings = config.load(post.parent)
    layout.compose, layout.write = keep, keep_end
    try:
        editions.render(document(post, settings), EDITIONS["pdf"], Desk(settings, clock.EPOCH))
    finally:
        layout.compose, layout.write = compose, write
    return Page(*kept)


def document(post: Path, settings: config.Config) -> Document:
    """The post read, repaired and converted."""
    source = read.load(post, post.name, settings.settings.limits)
    return convert.document((normalize.manuscript(source, settings),), settings)


def ours(page: Page) -> None:
    """The edition's own layout, from the tree to the bytes."""
    pages = layout.compose(ET.fromstring(page.xml), *page.arguments, **page.named)
    layout.write(pages, *page.ending)


def bare(page: Page) -> None:
    """WeasyPrint alone on the same page, with the same faces and files."""
    from weasyprint import HTML

    files, faces, *_ = page.arguments
    os.environ["FONTCONFIG_FILE"] = faces.fontconfig
    HTML(string=page.html, url_fetcher=layout._Shelf(files)).write_pdf(presentational_hints=True)


def seconds(side: Callable[[], None]) -> float:
    start = time.process_time()
    side()
    return time.process_time() - start
