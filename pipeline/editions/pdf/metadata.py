"""The record in the file: Info and XMP, which say the same, and what makes it an archive's file.

Dates are the record's: a file says nothing about when it was made.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from pipeline import __version__
from pipeline.editions.pdf import archive, associated, labels
from pipeline.editions.pdf.associated import File
from pipeline.editions.pdf.xmp import Packet, keywords, packet
from pipeline.model import Metadata, Moment

CREATOR = f"Galley {__version__}"


@dataclass(frozen=True, slots=True)
class Finish:
    """Called with WeasyPrint's document and the PDF before it is written.

    ``archive`` makes it PDF/A-3a beside PDF/UA-1; ``files`` are associated with it then, and
    bear ``changed`` as their date. ``name`` is the ``urn:uuid`` of the edition.
    """

    record: Metadata
    archive: bool = False
    files: tuple[File, ...] = ()
    changed: Moment = dt.date(1980, 1, 1)
    name: str = ""

    def __call__(self, document: Any, pdf: Any) -> None:
        """Write the record into the file, and sort the named destinations as PDF wants."""
        producer = str(pdf.info["Producer"].string)
        _info(pdf, self.record)
        _xmp(pdf, Packet(self.record, producer, CREATOR, self.archive, self.name))
        labels.write(pdf, [page._page_box.page_type.name for page in document.pages])
        if self.archive:
            archive.write_output_intent(pdf)
            archive.keep_dots(pdf)
            associated.write(pdf, self.files, associated.utc(self.changed))
        _sort_destinations(pdf)


def _info(pdf: Any, record: Metadata) -> None:
    from pydyf import String

    values = {
        "Title": record.title,
        "Author": ", ".join(person.name for person in record.authors),
        "Subject": record.description or "",
        "Keywords": ", ".join(keywords(record)),
        "Creator": CREATOR,
        "CreationDate": pdf_date(record.published) if record.published else "",
        "ModDate": pdf_date(record.modified) if record.modified else "",
    }
    for key, value in values.items():
        pdf.info.pop(key, None)
        if value:
            pdf.info[key] = String(value)
    pdf.catalog["Lang"] = String(record.language)
    pdf.catalog["ViewerPreferences"]["DisplayDocTitle"] = "true"


def pdf_date(moment: Moment) -> str:
    """``D:20241004100814+03'00'`` (ISO 32000-1, 7.9.4); a day without time has no more."""
    if not isinstance(moment, dt.datetime):
        return f"D:{moment:%Y%m%d}"
    offset = f"{moment:%z}"
    zone = "Z" if offset in ("", "+0000") else f"{offset[:3]}'{offset[3:5]}'"
    return f"D:{moment:%Y%m%d%H%M%S}{zone}"


def _xmp(pdf: Any, said: Packet) -> None:
    from pydyf import Stream

    # Uncompressed, so that programs that do not read PDF find the packet.
    extra = {"Type": "/Metadata", "Subtype": "/XML"}
    stream = Stream([packet(said)], extra, compress=False)
    pdf.add_object(stream)
    pdf.catalog["Metadata"] = stream.reference


def _sort_destinations(pdf: Any) -> None:
    """Names must stand in the order of their bytes (ISO 32000-1, 7.9.6), ours hold any letter."""
    tree = pdf.catalog.get("Names", {}).get("Dests")
    if tree is None:
        return
    flat = tree["Names"]
    pairs = sorted(zip(flat[::2], flat[1::2], strict=True), key=lambda pair: _raw(pair[0].string))
    flat[:] = [part for pair in pairs for part in pair]


def _raw(text: str) -> bytes:
    try:
        return text.encode("ascii")
    except UnicodeEncodeError:
        return b"\xfe\xff" + text.encode("utf-16-be")
