"""Disagreements planted into finished editions: one place of a file made to say something else.

Each function takes the bytes of a file, the name of a place as ``pipeline.audit.places`` has it,
and the text to plant (None takes the place away), and returns the changed file.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any

import pikepdf
from lxml import etree, html

from pipeline.audit.epub_card import NAMES

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PERSON = {"handle": "alternateName", "url": "url", "names": "familyName"}


def in_html(data: bytes, place: str, text: str | None) -> bytes:
    tree = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    if place.startswith("JSON-LD "):
        (script,) = tree.xpath("//script[@type='application/ld+json']")
        post = json.loads(script.text)
        _in_json(post, place.removeprefix("JSON-LD "), text)
        script.text = json.dumps(post, ensure_ascii=False).replace("<", "\\u003c")
    elif place == "title element":
        (title,) = tree.xpath("//head/title")
        title.text = text or ""
    elif place == "html lang":
        _set(tree, "lang", text)
    elif place == "canonical":
        _set(tree.find(".//head/link[@rel='canonical']"), "href", text)
    else:
        (meta, *_) = tree.xpath("//head/meta[@name=$n or @property=$n]", n=place)
        _set(meta, "content", text)
    return etree.tostring(tree, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")


def _in_json(post: dict[str, Any], place: str, text: str | None) -> None:
    head, _, part = place.partition(" ")
    if head == "author":
        target, key = post["author"][0], PERSON.get(part, "name")
    elif head == "publisher":
        target, key = post["publisher"], "name"
    elif head == "series":
        target = next(p for p in post["isPartOf"] if p["@type"] == "CreativeWorkSeries")
        key = "name"
    elif head == "accessModeSufficient":
        target, key = post[head][0], "itemListElement"
    else:
        target, key = post, place
    if text is None:
        target.pop(key)
    else:
        target[key] = [text] if isinstance(target[key], list) else text


def _set(element: Any, attribute: str, text: str | None) -> None:
    if text is None:
        del element.attrib[attribute]
    else:
        element.set(attribute, text)


def in_epub(data: bytes, place: str, text: str | None) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    (name,) = (name for name in files if name.endswith(".opf"))
    opf = etree.fromstring(files[name])
    if place == "xml:lang":
        _set(opf, XML_LANG, text)
    else:
        element = _of_package(opf, place)
        if text is None:
            element.getparent().remove(element)
        else:
            element.text = text
    files[name] = etree.tostring(opf, xml_declaration=True, encoding="utf-8")
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return target.getvalue()


def _of_package(opf: Any, place: str) -> Any:
    refined = re.fullmatch(r"dc:creator (file-as|role)", place)
    if refined:
        path, values = ".//opf:meta[@property=$p][starts-with(@refines, '#creator')]", refined[1]
    elif place == "dc:title (subtitle)":
        path, values = ".//dc:title[@id='subtitle']", ""
    elif place.startswith("dc:"):
        path, values = f".//{place}", ""
    else:
        path, values = ".//opf:meta[@property=$p][not(@refines)]", place
    return opf.xpath(path, namespaces=NAMES, p=values)[0]


def in_pdf(data: bytes, place: str, text: str | None) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        kind, _, key = place.partition(" ")
        if place == "Lang":
            pdf.Root.Lang = pikepdf.String(text or "")
        elif place == "record.json":
            _in_attachment(pdf, text)
        elif kind == "Info":
            if text is None:
                del pdf.docinfo[f"/{key}"]
            else:
                pdf.docinfo[f"/{key}"] = text
        else:
            _in_xmp(pdf, key, text)
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


def _in_attachment(pdf: pikepdf.Pdf, text: str | None) -> None:
    record = json.loads(pdf.attachments["record.json"].get_file().read_bytes())
    del pdf.attachments["record.json"]
    if text is not None:
        planted = json.dumps(record | {"title": text}).encode()
        spec = pikepdf.AttachedFileSpec(pdf, planted, filename="record.json")
        pdf.attachments["record.json"] = spec


def _in_xmp(pdf: pikepdf.Pdf, key: str, text: str | None) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        before = xmp.get(key)
        if text is None:
            del xmp[key]
        elif isinstance(before, list | set):
            xmp[key] = type(before)([text])
        else:
            xmp[key] = text
