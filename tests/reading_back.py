"""The three editions read back: their headings, and the record that each of them carries.

Nothing here uses the project's own code: lxml reads the HTML, zipfile and lxml the EPUB, pikepdf
the PDF, as another program would.
"""

from __future__ import annotations

import datetime as dt
import json
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from lxml import etree, html

DC = "http://purl.org/dc/elements/1.1/"
OPF = "http://www.idpf.org/2007/opf"
XHTML = "http://www.w3.org/1999/xhtml"
CONTAINER = "urn:oasis:names:tc:opendocument:xmlns:container"
NAMES = {"dc": DC, "opf": OPF, "x": XHTML, "c": CONTAINER}

Heading = tuple[int, str]
"""Level (2 to 6; the title is 1) and text with its hand-made number."""


@dataclass(frozen=True)
class Card:
    """What an edition says of itself. Moments are ISO 8601 text; absent is None or empty."""

    title: str | None
    authors: tuple[str, ...]
    published: str | None
    modified: str | None
    language: str | None
    description: str | None
    subjects: frozenset[str]
    url: str | None


def flat(text: str | None) -> str:
    """Text with every run of white space as one blank."""
    return " ".join((text or "").split())


def text_of(element: etree._Element) -> str:
    return flat("".join(element.itertext()))


# HTML


def html_tree(path: Path) -> html.HtmlElement:
    return html.document_fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def html_headings(path: Path) -> list[Heading]:
    return _section_headings(html_tree(path), "")


def html_card(path: Path) -> Card:
    tree = html_tree(path)
    metas: dict[str, list[str]] = {}
    for meta in tree.iterfind(".//meta"):
        name = meta.get("name") or meta.get("property")
        if name:
            metas.setdefault(name, []).append(meta.get("content", ""))
    post = json_ld(tree)
    _agree(metas.get("og:title", []) + metas.get("citation_title", []) + [post["headline"]])
    _agree(metas.get("description", []) + metas.get("og:description", []))
    published = metas.get("article:published_time", [])
    _agree(published + _given(post.get("datePublished")))
    _agree([str(tree.get("lang")), post["inLanguage"]])
    persons = post.get("author", [])
    persons = persons if isinstance(persons, list) else [persons]
    authors = tuple(person["name"] for person in persons)
    assert tuple(metas.get("citation_author", ())) == authors
    canonical = [link.get("href") for link in tree.iterfind(".//link[@rel='canonical']")]
    _agree(canonical + metas.get("og:url", []))
    section = post.get("articleSection", [])
    sections = section if isinstance(section, list) else [section]
    return Card(
        title=post["headline"],
        authors=authors,
        published=next(iter(published), None),
        modified=post.get("dateModified"),
        language=tree.get("lang"),
        description=next(iter(metas.get("description", ())), None),
        subjects=frozenset(metas.get("article:tag", [])) | frozenset(sections),
        url=next(iter(canonical), None),
    )


def json_ld(tree: html.HtmlElement) -> dict[str, object]:
    """The one script of the page, which describes the post."""
    (script,) = tree.iterfind(".//script")
    assert script.get("type") == "application/ld+json"
    found = json.loads(script.text or "")
    assert isinstance(found, dict)
    return found


# EPUB


class Book:
    """An EPUB opened: its package document and the content documents in reading order."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        container = etree.fromstring(self.files["META-INF/container.xml"])
        self.opf_name = container.xpath("string(//c:rootfile/@full-path)", namespaces=NAMES)
        self.opf = etree.fromstring(self.files[self.opf_name])

    def pages(self) -> Iterator[etree._Element]:
        """The content documents of the spine, without the navigation document."""
        items = {i.get("id"): i for i in self.opf.iterfind(f".//{{{OPF}}}item")}
        for ref in self.opf.iterfind(f".//{{{OPF}}}itemref"):
            item = items[ref.get("idref")]
            if "nav" not in (item.get("properties") or "").split():
                folder = posixpath.dirname(self.opf_name)
                yield etree.fromstring(self.files[posixpath.join(folder, item.get("href"))])

    def nav(self) -> etree._Element:
        """The navigation document."""
        (item,) = self.opf.iterfind(f".//{{{OPF}}}item[@properties='nav']")
        folder = posixpath.dirname(self.opf_name)
        return etree.fromstring(self.files[posixpath.join(folder, item.get("href"))])

    def all(self, name: str) -> list[str]:
        """The texts of a Dublin Core element."""
        return [flat(e.text) for e in self.opf.iterfind(f".//{{{DC}}}{name}")]

    def one(self, name: str) -> str | None:
        return next(iter(self.all(name)), None)

    def meta(self, name: str) -> str | None:
        """An unrefined ``meta`` of the package."""
        found = self.opf.xpath(
            "string(//opf:meta[@property=$name][not(@refines)])", namespaces=NAMES, name=name
        )
        return flat(found) or None

    def file_as(self) -> tuple[str, ...]:
        return tuple(
            self.opf.xpath(
                "string(//opf:meta[@property='file-as'][@refines=$id])",
                namespaces=NAMES,
                id="#" + creator.get("id", ""),
            )
            for creator in self.opf.iterfind(f".//{{{DC}}}creator")
        )


def epub_headings(path: Path) -> list[Heading]:
    return [h for page in Book(path).pages() for h in _section_headings(page, f"{{{XHTML}}}")]


def epub_card(path: Path) -> Card:
    book = Book(path)
    return Card(
        title=book.one("title"),
        authors=tuple(book.all("creator")),
        published=book.one("date"),
        modified=book.meta("dcterms:modified"),
        language=book.one("language"),
        description=book.one("description"),
        subjects=frozenset(book.all("subject")),
        url=book.one("source"),
    )


# PDF


def pdf_headings(path: Path) -> list[Heading]:
    """The outline: its first items are of level 2, with or without the title over them."""
    found: list[Heading] = []

    def walk(items: list[pikepdf.OutlineItem], level: int) -> None:
        for item in items:
            found.append((level, flat(item.title)))
            walk(item.children, level + 1)

    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        title = flat(str(pdf.docinfo.get("/Title", "")))
        titled = len(outline.root) == 1 and flat(outline.root[0].title) == title
        walk(outline.root[0].children if titled else outline.root, 2)
    return found


def pdf_card(path: Path) -> Card:
    with pikepdf.open(path) as pdf:
        info = {str(key)[1:]: str(value) for key, value in pdf.docinfo.items()}
        language = str(pdf.Root.get("/Lang", "")) or None
        with pdf.open_metadata() as xmp:
            title = flat(xmp.get("dc:title")) or None
            authors = tuple(xmp.get("dc:creator") or ())
            description = flat(xmp.get("dc:description")) or None
            subjects = frozenset(xmp.get("dc:subject") or ())
            published, modified = xmp.get("xmp:CreateDate"), xmp.get("xmp:ModifyDate")
            identifiers = xmp.get("dc:identifier")
            languages = xmp.get("dc:language")
    _agree([title, flat(info.get("Title")) or None])
    _agree([description, flat(info.get("Subject")) or None])
    _agree([language, *([next(iter(languages))] if languages else [])])
    assert all(author in info.get("Author", "") for author in authors)
    assert all(subject in info.get("Keywords", "") for subject in subjects)
    for key, moment in (("CreationDate", published), ("ModDate", modified)):
        if moment is not None and key in info:
            assert same_moment(pdf_moment(info[key]), moment), (key, info[key], moment)
    return Card(
        title=title,
        authors=authors,
        published=published,
        modified=modified,
        language=language,
        description=description,
        subjects=subjects,
        url=identifiers if isinstance(identifiers, str) else next(iter(identifiers or ()), None),
    )


def pdf_moment(text: str) -> str:
    """``D:20241004100814+03'00`` as ISO 8601."""
    parts = re.fullmatch(r"D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)(Z|[+-]\d\d'\d\d)?'?)?", text)
    assert parts is not None, text
    year, month, day, hour, minute, second, zone = parts.groups()
    date = f"{year}-{month}-{day}"
    if hour is None:
        return date
    return f"{date}T{hour}:{minute}:{second}{(zone or 'Z').replace(chr(39), ':')}"


# shared


def same_moment(one: str | None, other: str | None) -> bool:
    """The same instant, or the same day where one of them is no more than a day."""
    if one is None or other is None:
        return one is other
    if len(one) == 10 or len(other) == 10:
        return one[:10] == other[:10]
    return dt.datetime.fromisoformat(one) == dt.datetime.fromisoformat(other)


def _section_headings(tree: etree._Element, prefix: str) -> list[Heading]:
    """Each heading that opens a section of its level, in reading order."""
    found = []
    for element in tree.iter(*(f"{prefix}h{level}" for level in range(2, 7))):
        parent, level = element.getparent(), int(element.tag[-1])
        if parent is not None and f"level{level}" in (parent.get("class") or "").split():
            found.append((level, text_of(element)))
    return found


def _given(value: object) -> list[str]:
    return [] if value is None else [str(value)]


def _agree(values: list[str | None]) -> None:
    """What an edition says in several places is the same in each of them."""
    assert len(set(values)) <= 1, values
