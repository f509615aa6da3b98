"""The PDF edition: a tagged file for archives (PDF/A-3a) and all readers (PDF/UA-1).

    Document --page--> XML page and its files --glyphs--> every character has a face
             --layout--> pages --structure, metadata--> bytes

- :mod:`.setting` does all of this for one size of type; :mod:`.handout` has what is more on a
  sheet that is handed out, and finds the size with which it fits.
- :mod:`.sheets` knows papers and margins, :mod:`.type_size` makes all larger or smaller.
- :mod:`.page` fills the templates; :mod:`.body` dresses the document's body for print.
- :mod:`.options` keeps ``--force-yes`` and the like in one piece.
- :mod:`.webaddresses` keeps hyphens out of web addresses.
- :mod:`.keeping` keeps the last words of a paragraph on one line; :mod:`.linebreaks` balances
  titles and leaves loose lines ragged.
- :mod:`.glyphs` replaces what no face covers by words, and says which package cures it.
- :mod:`.layout` is the only module that imports WeasyPrint.
- :mod:`.rhythm` keeps lines of text on a grid.
- :mod:`.pagemap` tells which place of the text each page begins with.
- :mod:`.structure` builds the tag tree, :mod:`.metadata` writes the record into the file, with
  :mod:`.xmp`, :mod:`.archive` (colours), :mod:`.associated` (files inside) and :mod:`.labels`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model import Document, PageStart, Rendered

if TYPE_CHECKING:
    from pipeline.editions import Desk, Edition
    from pipeline.editions.pdf.metadata import Finish
    from pipeline.editions.pdf.setting import Setting


def render(document: Document, edition: Edition, desk: Desk) -> Rendered:
    """The PDF file of a document. The same input gives the same bytes.

    Raises ``Fault`` E001 (template), E102 (fonts), E2… (layout).
    """
    from pipeline.editions.pdf import pagemap
    from pipeline.editions.pdf.handout.fit import fitted

    setting = _setting(document, edition, desk)
    pages, remarks = fitted(setting)
    data, messages = setting.written(pages, _finish(document, edition, desk))
    return Rendered(
        data,
        pages.count,
        (*setting.faces.diagnostics, *setting.extras.diagnostics, *remarks, *messages),
        pagemap.starts(pages.document.pages, document.body),
    )


def starts(document: Document, edition: Edition, desk: Desk) -> tuple[PageStart, ...]:
    """Where the pages of that file begin in the document, without the file. Raises as
    :func:`render` does."""
    from pipeline.editions.pdf import pagemap
    from pipeline.editions.pdf.handout.fit import fitted

    pages, _ = fitted(_setting(document, edition, desk))
    return pagemap.starts(pages.document.pages, document.body)


def _setting(document: Document, edition: Edition, desk: Desk) -> Setting:
    """What the pages are made of; each element of the text bears its number."""
    from pipeline.editions.pdf import handout, pagemap
    from pipeline.editions.pdf.setting import Setting
    from pipeline.fonts import library

    numbered = replace(document, body=pagemap.numbered(document.body))
    return Setting(handout.extras(numbered, edition), edition, desk, library())


def _finish(document: Document, edition: Edition, desk: Desk) -> Finish:
    """What is written into the file besides its pages."""
    from pipeline.editions import identifiers
    from pipeline.editions.pdf import associated
    from pipeline.editions.pdf.metadata import Finish

    record = document.record
    name = identifiers.of_edition(document, edition.name)
    if desk.config.settings.pdf.conformance == "plain":
        return Finish(record, name=name)
    changed = record.modified or record.published or desk.epoch
    return Finish(record, True, associated.of(document), changed, name)
