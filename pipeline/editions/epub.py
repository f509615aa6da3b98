"""The EPUB edition: EPUB 3.3 through EbookLib, with an NCX for readers of an older day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pipeline import fonts, templating, words
from pipeline.editions import Desk, Edition, conformance, cover_plan, page_marks
from pipeline.editions.accessibility import describe
from pipeline.editions.conformance import Evidence
from pipeline.editions.contents import contents
from pipeline.editions.epub_chapters import Chapter, chapters
from pipeline.editions.epub_cover import cover
from pipeline.editions.epub_metadata import metadata
from pipeline.editions.epub_package import Item, Point, in_utc, printable, written
from pipeline.editions.faces import WebFace, web_faces
from pipeline.editions.logo import logo
from pipeline.editions.markup import parse
from pipeline.editions.page_marks import Mark
from pipeline.model import Asset, Document, Rendered, Section

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

XHTML = "application/xhtml+xml"
NAV = "nav.xhtml"


def render(document: Document, edition: Edition, desk: Desk) -> Rendered:
    """The post as an e-book.

    Raises ``Fault`` E001 and E302 (a template's mistake), E205 (the logo) and those of the faces.
    """
    record = document.record
    settings = desk.config.settings
    catalogue = words.catalogue(record.language)
    listed = bool(contents(document, settings.text.contents))
    body = parse(document.body, epub=True)
    marks = page_marks.marked(body, desk.starts, catalogue["page"], epub=True, listed=listed)
    faces = web_faces(document, body)
    said = describe(document, body, with_contents=True, with_pages=bool(marks))
    reasons = conformance.against(
        Evidence(document, body, said, conformance.templates_of_others(edition, desk.config))
    )
    if not reasons:
        said = replace(said, summary=f"{said.summary} {catalogue['access_checked']}")
    files = chapters(document, body, catalogue)
    points, pages = _points(document, files), _page_list(marks, files)
    made = templating.environment(edition.folders, desk.config)
    front, mark = cover(document, cover_plan.made(made, record, settings)), logo(desk.config)
    context: dict[str, Any] = {
        "record": record,
        "settings": settings,
        "words": catalogue,
        "faces": faces,
        "accent": settings.look.accent,
        "face_rules": _face_rules(faces),
        "cover": front,
        "logo": mark and {"src": f"images/{mark.name}", "width": mark.width, "height": mark.height},
        "points": points,
        "chapters": files,
        "start": files[0],
        "listed": listed,
        "marks": page_marks.outside(marks, catalogue["page"], epub=True),
        "reading_time": None,
        "pages": pages,
        "notes": next((file for file in files if file.kind == "notes"), None),
    }
    texts = _Pages(made, context)
    pictures = (*document.assets, *((mark,) if mark else ()))
    items = [*_texts(texts, files), *_resources(texts, front, faces, pictures)]
    data = written(
        record,
        in_utc(record.modified or record.published, desk.epoch),
        metadata(document, said, fonts=bool(faces), paged=bool(marks), conforms=not reasons),
        items,
        points,
        pages,
        _licences(faces),
    )
    return Rendered(data, diagnostics=conformance.told(reasons, document.source_path))


@dataclass(frozen=True, slots=True)
class _Pages:
    """The templates with what they all are given."""

    environment: Environment
    context: dict[str, Any]

    def made(self, template: str, **more: Any) -> bytes:
        found = templating.load(self.environment, template)
        return printable(templating.render(found, {**self.context, **more})).encode()


def _texts(pages: _Pages, files: tuple[Chapter, ...]) -> list[Item]:
    """The pages in reading order; the contents are among them when the post is long."""
    listed: bool = pages.context["listed"]
    texts = [
        Item("cover", "cover.xhtml", XHTML, pages.made("cover.xhtml.j2"), reading=True),
        Item("nav", NAV, XHTML, pages.made("nav.xhtml.j2"), ("nav",), reading=listed),
    ]
    for number, file in enumerate(files, 1):
        text = pages.made("chapter.xhtml.j2", chapter=file, last=file is files[-1])
        texts.append(Item(f"text-{number}", file.file_name, XHTML, text, file.properties, True))
    return texts


def _resources(
    pages: _Pages, front: Asset, faces: tuple[WebFace, ...], pictures: tuple[Asset, ...]
) -> list[Item]:
    return [
        Item("style", "book.css", "text/css", pages.made("book.css.j2")),
        Item("cover-img", front.name, front.media_type, front.data, ("cover-image",)),
        *(
            Item(f"face-{number}", f"fonts/{web.file_name}", "font/woff2", web.data)
            for number, web in enumerate(faces, 1)
        ),
        *(
            Item(f"image-{number}", f"images/{asset.name}", asset.media_type, asset.data)
            for number, asset in enumerate(pictures, 1)
        ),
    ]


def _page_list(marks: tuple[Mark, ...], files: tuple[Chapter, ...]) -> tuple[Point, ...]:
    """The printed pages with their places in the book."""
    homes = {uid: file.file_name for file in files for uid in file.ids}
    outside: dict[str, str] = {"title": files[0].file_name, "contents": NAV}
    return tuple(
        Point(m.label, f"{homes.get(m.uid) or outside.get(m.part, files[-1].file_name)}#{m.uid}")
        for m in marks
    )


def _face_rules(faces: tuple[WebFace, ...]) -> Markup:
    from markupsafe import Markup

    rules = (fonts.css_face(web.face, f"fonts/{web.file_name}") for web in faces)
    return Markup("\n".join(rules))  # noqa: S704 - names of ours


def _points(document: Document, files: tuple[Chapter, ...]) -> tuple[Point, ...]:
    """The table of contents: the title, the sections with their own below, the notes."""
    homes = {i: file.file_name for file in files for i in file.ids}

    def point(section: Section) -> Point:
        home = homes.get(section.id)
        below = tuple(point(child) for child in section.children)
        return Point(section.title, f"{home or files[0].file_name}#{section.id}", below)

    points = [Point(document.record.title, files[0].file_name)]
    points += [point(section) for section in document.outline]
    points += [Point(file.title, file.file_name) for file in files if file.kind == "notes"]
    return tuple(points)


def _licences(faces: tuple[WebFace, ...]) -> str:
    """The licence texts of the faces, as the OFL asks for wherever they are embedded as files."""
    if not faces:
        return ""
    embedded = {face.face.family for face in faces}
    texts = (f"{families}\n\n{text.strip()}\n" for families, text in fonts.licences(embedded))
    return "\n\n".join(texts)
