"""The XMP packet (ISO 16684-1): one RDF that says what Info says, and which standards hold.

PDF/UA's identification (ISO 14289-1, 5) is no schema that PDF/A knows, so an archive's file also
describes it (ISO 19005-3, 6.6.2.3): one packet for both, since readers look at the first RDF only.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

from pipeline.model import Metadata

NAMESPACES = (
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("xmp", "http://ns.adobe.com/xap/1.0/"),
    ("pdf", "http://ns.adobe.com/pdf/1.3/"),
    ("xmpMM", "http://ns.adobe.com/xap/1.0/mm/"),
    ("pdfuaid", "http://www.aiim.org/pdfua/ns/id/"),
)
ARCHIVE_NAMESPACES = (
    ("pdfaid", "http://www.aiim.org/pdfa/ns/id/"),
    ("pdfaExtension", "http://www.aiim.org/pdfa/ns/extension/"),
    ("pdfaSchema", "http://www.aiim.org/pdfa/ns/schema#"),
    ("pdfaProperty", "http://www.aiim.org/pdfa/ns/property#"),
)

UA_SCHEMA = """<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file is after</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>"""


@dataclass(frozen=True, slots=True)
class Packet:
    """What a packet says: the record, the programs, whether the file is PDF/A-3a, and the
    edition's own name, which an e-book's page list refers to."""

    record: Metadata
    producer: str
    creator: str
    archive: bool
    name: str = ""


def keywords(record: Metadata) -> tuple[str, ...]:
    """Tags, then the categories that are not among them."""
    return tuple(dict.fromkeys((*record.tags, *record.categories)))


def packet(said: Packet) -> bytes:
    """The XMP packet as bytes of UTF-8."""
    namespaces = NAMESPACES + (ARCHIVE_NAMESPACES if said.archive else ())
    spaces = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in namespaces)
    body = "\n".join([*_single(said), *_several(said.record), *([UA_SCHEMA] * said.archive)])
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'<rdf:Description rdf:about="" {spaces}>\n{body}\n</rdf:Description>\n'
        '</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="r"?>'
    ).encode()


def _single(said: Packet) -> list[str]:
    """The properties that have one value."""
    record = said.record
    values: tuple[tuple[str, str | None], ...] = (
        ("dc:identifier", record.absolute_url or record.identifier),
        ("xmpMM:DocumentID", said.name or None),
        ("xmp:CreateDate", record.published.isoformat() if record.published else None),
        ("xmp:ModifyDate", record.modified.isoformat() if record.modified else None),
        ("xmp:CreatorTool", said.creator),
        ("pdf:Keywords", ", ".join(keywords(record)) or None),
        ("pdf:Producer", said.producer),
        ("pdfuaid:part", "1"),
        ("pdfaid:part", "3" if said.archive else None),
        ("pdfaid:conformance", "A" if said.archive else None),
    )
    return [f"<{tag}>{escape(text)}</{tag}>" for tag, text in values if text]


def _several(record: Metadata) -> list[str]:
    """The properties that are lists."""
    values: tuple[tuple[str, str, list[str]], ...] = (
        ("dc:title", "Alt", [record.title]),
        ("dc:creator", "Seq", [person.name for person in record.authors]),
        ("dc:description", "Alt", [record.description] if record.description else []),
        ("dc:subject", "Bag", list(keywords(record))),
        ("dc:language", "Bag", [record.language]),
        ("dc:date", "Seq", [record.published.isoformat()] if record.published else []),
        ("dc:rights", "Alt", [record.rights] if record.rights else []),
        ("dc:publisher", "Bag", [record.publisher] if record.publisher else []),
    )
    return [_container(tag, kind, texts) for tag, kind, texts in values if texts]


def _container(tag: str, kind: str, texts: list[str]) -> str:
    language = ' xml:lang="x-default"' if kind == "Alt" else ""
    items = "".join(f"<rdf:li{language}>{escape(text)}</rdf:li>" for text in texts)
    return f"<{tag}><rdf:{kind}>{items}</rdf:{kind}></{tag}>"
