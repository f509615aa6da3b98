"""The editions: one literal table (in ``entries``), and the one door to what makes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from pipeline.config import Config
from pipeline.editions.entries import EDITIONS, Edition, editions_of, needed, of_post
from pipeline.model import Document, PageStart, Rendered

__all__ = ["EDITIONS", "ENGINES", "Desk", "Edition", "editions_of", "needed", "render", "starts"]


@dataclass(frozen=True, slots=True)
class Desk:
    """What an edition needs besides the document: the settings, and the one date it may fall
    back on. ``epoch`` (UTC) is what ``dcterms:modified`` says of a post without any date.
    ``starts`` is where the pages of the edition that this one needs begin."""

    config: Config
    epoch: dt.datetime
    starts: tuple[PageStart, ...] = ()


Engine = Callable[[Document, Edition, Desk], Rendered]


def render(document: Document, edition: Edition, desk: Desk) -> Rendered:
    """The edition's bytes. Raises ``Fault`` E… for what the editor can mend."""
    edition = of_post(edition, document.record)
    return ENGINES[edition.engine]()(document, edition, _told(desk, edition))


def _told(desk: Desk, edition: Edition) -> Desk:
    return replace(desk, config=desk.config.told(edition.options))


def starts(document: Document, edition: Edition, desk: Desk) -> tuple[PageStart, ...]:
    """Where the pages of that edition, a PDF, begin. Raises as :func:`render` does."""
    from pipeline.editions import pdf

    edition = of_post(edition, document.record)
    return pdf.starts(document, edition, _told(desk, edition))


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
