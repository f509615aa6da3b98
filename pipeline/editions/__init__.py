"""The editions: one literal table (in ``entries``), and the one door to what makes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from pipeline.config import Config
from pipeline.editions.entries import EDITIONS, Edition, editions_of, of_post
from pipeline.model import Document, Rendered

__all__ = ["EDITIONS", "ENGINES", "Desk", "Edition", "editions_of", "render"]


@dataclass(frozen=True, slots=True)
class Desk:
    """What an edition needs besides the document: the settings, and the one date it may fall
    back on. ``epoch`` (UTC) is what ``dcterms:modified`` says of a post without any date."""

    config: Config
    epoch: dt.datetime


Engine = Callable[[Document, Edition, Desk], Rendered]


def render(document: Document, edition: Edition, desk: Desk) -> Rendered:
    """The edition's bytes. Raises ``Fault`` E… for what the editor can mend."""
    edition = of_post(edition, document.record)
    desk = replace(desk, config=desk.config.told(edition.options))
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
