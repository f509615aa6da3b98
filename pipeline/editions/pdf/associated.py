"""Associated files (ISO 19005-3, 6.8): the post as it was written, and its record as JSON.

Who finds the PDF in ten years can mend a word and print it anew. The record is the one that the
manifest holds.
"""

from __future__ import annotations

import datetime as dt
import zlib
from dataclasses import dataclass
from hashlib import md5
from pathlib import PurePosixPath
from typing import Any

from pipeline.model import Document, Moment


@dataclass(frozen=True, slots=True)
class File:
    """A file inside the PDF. ``relation`` says what it is to the document: ``Source`` or
    ``Data`` (ISO 32000-2, 7.11.3)."""

    name: str
    media_type: str
    relation: str
    about: str
    data: bytes


def of(document: Document) -> tuple[File, ...]:
    """The record, and the post's own file where it is known."""
    import msgspec

    from pipeline.read import as_json

    record = msgspec.json.format(msgspec.json.encode(as_json(document.record)), indent=2)
    files = [
        File("record.json", "application/json", "Data", "The metadata record of this document",
             record),
    ]  # fmt: skip
    if document.source:
        name = PurePosixPath(document.source_path).name
        about = "The Markdown source of this document"
        files.append(File(name, "text/markdown", "Source", about, document.source))
    return tuple(files)


def utc(moment: Moment) -> str:
    """The moment as a PDF date in UTC; of a day without time its beginning."""
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime(moment.year, moment.month, moment.day, tzinfo=dt.UTC)
    return f"D:{moment.astimezone(dt.UTC):%Y%m%d%H%M%S}Z"


def write(pdf: Any, files: tuple[File, ...], changed: str) -> None:
    """Put the files into the PDF, by their names and associated with the document as a whole."""
    from pydyf import Array, Dictionary, String

    pairs = []
    for file in sorted(files, key=lambda file: file.name):
        pairs += [String(file.name), _add(pdf, file, changed).reference]
    names = pdf.catalog.setdefault("Names", Dictionary())
    names["EmbeddedFiles"] = Dictionary({"Names": Array(pairs)})
    pdf.catalog["AF"] = Array(pairs[1::2])


def _add(pdf: Any, file: File, changed: str) -> Any:
    """The file specification of one file."""
    from pydyf import Dictionary, Stream, String

    digest = md5(file.data, usedforsecurity=False).hexdigest()
    extra = {
        "Type": "/EmbeddedFile",
        "Subtype": "/" + file.media_type.replace("/", "#2F"),
        "Filter": "/FlateDecode",
        "Params": Dictionary(
            {
                "Size": len(file.data),
                "CheckSum": f"<{digest}>",
                "CreationDate": String(changed),
                "ModDate": String(changed),
            }
        ),
    }
    stream = Stream([zlib.compress(file.data, 9)], extra, compress=False)
    pdf.add_object(stream)
    spec = Dictionary(
        {
            "Type": "/Filespec",
            "F": String(file.name),
            "UF": String(file.name),
            "Desc": String(file.about),
            "AFRelationship": f"/{file.relation}",
            "EF": Dictionary({"F": stream.reference, "UF": stream.reference}),
        }
    )
    pdf.add_object(spec)
    return spec
