"""The record in the file: Info, XMP, and the record itself as an associated file.

XMP (ISO 16684-1) says the same as the Info dictionary; PDF/UA's identification stands in it
(ISO 14289-1, 5). Dates are the record's: a file says nothing about when it was made.
"""

from __future__ import annotations

import datetime as dt
import zlib
from dataclasses import dataclass
from hashlib import md5
from typing import Any
from xml.sax.saxutils import escape

from pipeline import __version__
from pipeline.model import Metadata, Moment

CREATOR = f"Galley {__version__}"

NAMESPACES = (
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("xmp", "http://ns.adobe.com/xap/1.0/"),
    ("pdf", "http://ns.adobe.com/pdf/1.3/"),
    ("pdfuaid", "http://www.aiim.org/pdfua/ns/id/"),
)


@dataclass(frozen=True, slots=True)
class Finish:
    """Called with WeasyPrint's document and the PDF before it is written."""

    record: Metadata

    def __call__(self, document: Any, pdf: Any) -> None:
        """Write the record into the file, and sort the named destinations as PDF wants."""
        producer = str(pdf.info["Producer"].string)
        _info(pdf, self.record)
        _xmp(pdf, self.record, producer)
        _associate(pdf, self.record)
        _sort_destinations(pdf)


def keywords(record: Metadata) -> tuple[str, ...]:
    """Tags, then the categories that are not among them."""
    return tuple(dict.fromkeys((*record.tags, *record.categories)))


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


def xmp_packet(record: Metadata, producer: str) -> bytes:
    """The XMP packet of the record."""
    names = [person.name for person in record.authors]
    one: tuple[tuple[str, str | None], ...] = (
        ("dc:identifier", record.absolute_url or record.identifier),
        ("xmp:CreateDate", record.published.isoformat() if record.published else None),
        ("xmp:ModifyDate", record.modified.isoformat() if record.modified else None),
        ("xmp:CreatorTool", CREATOR),
        ("pdf:Keywords", ", ".join(keywords(record)) or None),
        ("pdf:Producer", producer),
        ("pdfuaid:part", "1"),
    )
    many: tuple[tuple[str, str, list[str]], ...] = (
        ("dc:title", "Alt", [record.title]),
        ("dc:creator", "Seq", names),
        ("dc:description", "Alt", [record.description] if record.description else []),
        ("dc:subject", "Bag", list(keywords(record))),
        ("dc:language", "Bag", [record.language]),
        ("dc:date", "Seq", [record.published.isoformat()] if record.published else []),
        ("dc:rights", "Alt", [record.rights] if record.rights else []),
        ("dc:publisher", "Bag", [record.publisher] if record.publisher else []),
    )
    lines = [f"<{tag}>{escape(text)}</{tag}>" for tag, text in one if text]
    lines += [_container(tag, kind, texts) for tag, kind, texts in many if texts]
    spaces = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES)
    body = "\n".join(lines)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'<rdf:Description rdf:about="" {spaces}>\n{body}\n</rdf:Description>\n'
        '</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="r"?>'
    ).encode()


def _container(tag: str, kind: str, texts: list[str]) -> str:
    language = ' xml:lang="x-default"' if kind == "Alt" else ""
    items = "".join(f"<rdf:li{language}>{escape(text)}</rdf:li>" for text in texts)
    return f"<{tag}><rdf:{kind}>{items}</rdf:{kind}></{tag}>"


def _xmp(pdf: Any, record: Metadata, producer: str) -> None:
    from pydyf import Stream

    # Uncompressed, so that programs that do not read PDF find the packet.
    extra = {"Type": "/Metadata", "Subtype": "/XML"}
    stream = Stream([xmp_packet(record, producer)], extra, compress=False)
    pdf.add_object(stream)
    pdf.catalog["Metadata"] = stream.reference


def _associate(pdf: Any, record: Metadata) -> None:
    """The canonical record as JSON, an associated file (ISO 32000-2, 14.13; PDF/A-3, 6.8)."""
    import msgspec
    from pydyf import Array, Dictionary, Stream, String

    from pipeline.read import as_json

    data = msgspec.json.format(msgspec.json.encode(as_json(record)), indent=2)
    digest = md5(data, usedforsecurity=False).hexdigest()
    packed = zlib.compress(data, 9)
    extra = {
        "Type": "/EmbeddedFile",
        "Subtype": "/application#2Fjson",
        "Filter": "/FlateDecode",
        "Params": Dictionary({"Size": len(data), "CheckSum": f"<{digest}>"}),
    }
    stream = Stream([packed], extra, compress=False)
    pdf.add_object(stream)
    name = String("record.json")
    spec = Dictionary(
        {
            "Type": "/Filespec",
            "F": name,
            "UF": name,
            "Desc": String("The metadata record of this document"),
            "AFRelationship": "/Data",
            "EF": Dictionary({"F": stream.reference, "UF": stream.reference}),
        }
    )
    pdf.add_object(spec)
    names = pdf.catalog.setdefault("Names", Dictionary())
    names["EmbeddedFiles"] = Dictionary({"Names": Array([name, spec.reference])})
    pdf.catalog["AF"] = Array([spec.reference])


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
