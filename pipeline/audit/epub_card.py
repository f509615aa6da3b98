"""What an e-book says of itself: the metadata of its package document (EPUB 3.3, 5.5)."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from pipeline.audit import content
from pipeline.audit.said import Said, collected, flat

NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "opf": "http://www.idpf.org/2007/opf",
    "x": "http://www.w3.org/1999/xhtml",
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
}
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
DUBLIN_CORE = "language date description source publisher rights subject".split()


def read(data: bytes) -> Said:
    """The places of an EPUB file. Raises ``ValueError`` if it is none."""
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            container = etree.fromstring(archive.read("META-INF/container.xml"))
            opf_name = str(container.xpath("string(//c:rootfile/@full-path)", namespaces=NAMES))
            opf = etree.fromstring(archive.read(opf_name))
            texts = tuple(etree.fromstring(archive.read(name)) for name in _spine(opf, opf_name))
            nav = etree.fromstring(archive.read(_nav(opf, opf_name)))
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise ValueError(f"it is no EPUB: {error}") from error
    lists = {element.get(EPUB_TYPE) for element in nav.iterfind(".//x:nav", NAMES)}
    seen = content.of(texts, navigable="toc" in lists, pages="page-list" in lists)
    return Said(collected(_package(opf)), seen)


def _spine(opf: Any, opf_name: str) -> Iterator[str]:
    """The names of the text's documents; cover and contents are not text."""
    items = {item.get("id"): item for item in opf.iterfind(".//opf:item", NAMES)}
    for reference in opf.iterfind(".//opf:itemref", NAMES):
        item = items[reference.get("idref")]
        apart = "nav" in (item.get("properties") or "").split() or item.get("id") == "cover"
        if not apart:
            yield posixpath.join(posixpath.dirname(opf_name), unquote(item.get("href")))


def _nav(opf: Any, opf_name: str) -> str:
    """The name of the navigation document."""
    for item in opf.iterfind(".//opf:item", NAMES):
        if "nav" in (item.get("properties") or "").split():
            return posixpath.join(posixpath.dirname(opf_name), unquote(item.get("href")))
    raise KeyError("it has no navigation document")


def _package(opf: Any) -> Iterator[tuple[str, Any]]:
    yield "xml:lang", opf.get("{http://www.w3.org/XML/1998/namespace}lang")
    unique = opf.get("unique-identifier")
    for element in opf.iterfind(".//dc:identifier", NAMES):
        if element.get("id") == unique:
            yield "dc:identifier", element.text
    for name in DUBLIN_CORE:
        for element in opf.iterfind(f".//dc:{name}", NAMES):
            yield f"dc:{name}", element.text
    for element in opf.iterfind(".//dc:title", NAMES):
        kind = _refined(opf, element, "title-type")
        yield ("dc:title (subtitle)" if kind == "subtitle" else "dc:title"), element.text
    for element in opf.iterfind(".//dc:creator", NAMES):
        yield "dc:creator", element.text
        yield "dc:creator file-as", _refined(opf, element, "file-as") or "-"
        yield "dc:creator role", _refined(opf, element, "role") or "-"
    for meta in opf.iterfind(".//opf:meta", NAMES):
        if meta.get("property") and not meta.get("refines"):
            yield meta.get("property"), meta.text
    for link in opf.iterfind(".//opf:metadata/opf:link", NAMES):
        if link.get("rel") == "dcterms:conformsTo":
            yield "dcterms:conformsTo", link.get("href")


def _refined(opf: Any, element: Any, name: str) -> str:
    path = "string(//opf:meta[@property=$name][@refines=$id])"
    return flat(opf.xpath(path, namespaces=NAMES, name=name, id=f"#{element.get('id', '')}"))
