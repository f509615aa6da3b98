"""The editions: one literal table (in ``entries``), and the one door to what makes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from pipeline import variants
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
    edition, desk = _told(document, edition, desk)
    return ENGINES[edition.engine]()(document, edition, desk)


def _told(document: Document, edition: Edition, desk: Desk) -> tuple[Edition, Desk]:
    """The edition with what the post and the theme say of it, and the settings that follow."""
    edition = of_post(edition, document.record)
    config = desk.config.told(edition.options)
    if config.settings.theme is not None:
        from pipeline.editions.themes import of_theme

        theme = of_theme(config, edition)
        own = variants.said(edition.options)
        alone = tuple(name for name in variants.said(theme) if name not in own)
        said = variants.merged(theme, edition.options)
        edition = replace(edition, options=said, suggested=alone)
        config = config.told(said)
    return edition, replace(desk, config=config)


def starts(document: Document, edition: Edition, desk: Desk) -> tuple[PageStart, ...]:
    """Where the pages of that edition, a PDF, begin. Raises as :func:`render` does."""
    from pipeline.editions import pdf

    return pdf.starts(document, *_told(document, edition, desk))


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
