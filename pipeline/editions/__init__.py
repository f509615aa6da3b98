"""The editions: one literal table, and the one door through which they are rendered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.config import Config
from pipeline.model import Document, Rendered


@dataclass(frozen=True, slots=True)
class Desk:
    """What an edition needs besides the document: the settings, and the one date it may fall
    back on. ``epoch`` (UTC) is what ``dcterms:modified`` says of a post without any date."""

    config: Config
    epoch: dt.datetime


@dataclass(frozen=True, slots=True)
class Edition:
    """One way to hand a post out. A variant is another entry with other ``options``.

    ``engine`` names the function that makes it; ``suffix`` sets its files apart
    (``-handout``); ``needs`` are editions that must be rendered before it.
    """

    name: str
    engine: str
    extension: str
    suffix: str = ""
    needs: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)

    def file_name(self, slug: str) -> str:
        """The name of this edition's file for a post of that slug."""
        return f"{slug}{self.suffix}.{self.extension}"


EDITIONS: dict[str, Edition] = {
    edition.name: edition
    for edition in (
        Edition("html", engine="html", extension="html"),
        Edition("pdf", engine="pdf", extension="pdf"),
        Edition("epub", engine="epub", extension="epub"),
    )
}

Engine = Callable[[Document, Edition, Desk], Rendered]


def render(document: Document, edition: Edition, desk: Desk) -> Rendered:
    """The edition's bytes. Raises ``Fault`` E… for what the editor can mend."""
    return ENGINES[edition.engine]()(document, edition, desk)


def _html() -> Engine:
    from pipeline.editions import html

    return html.render


def _pdf() -> Engine:
    from pipeline.editions import pdf

    return pdf.render


def _epub() -> Engine:
    from pipeline.editions import epub

    return epub.render


ENGINES: dict[str, Callable[[], Engine]] = {"html": _html, "pdf": _pdf, "epub": _epub}
