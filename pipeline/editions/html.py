"""The HTML edition: one file that asks the network for nothing and runs nothing.

Styles, pictures and the parts of the faces that are used lie inside; the one ``script`` is the
record as JSON-LD, which no browser executes. The content security policy allows exactly these.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from pipeline import fonts, templating, words
from pipeline.editions import Desk, Edition, html_paper, page_marks
from pipeline.editions.accessibility import describe
from pipeline.editions.colours import readable
from pipeline.editions.contents import contents
from pipeline.editions.faces import WebFace, web_faces
from pipeline.editions.html_body import finished
from pipeline.editions.html_head import json_ld, meta_tags, reading_minutes
from pipeline.editions.logo import logo
from pipeline.editions.markup import parse
from pipeline.model import Asset, Document, Metadata, Rendered

PAPER, SCREEN = "#fffefb", "#1a1917"
"""Backgrounds by day and by night: the accent is made readable on both."""


def render(document: Document, edition: Edition, desk: Desk) -> Rendered:
    """The post as one HTML file in UTF-8.

    Raises ``Fault`` E001 (a template's mistake), E205 (the logo) and those of the faces.
    """
    from markupsafe import Markup

    settings = desk.config.settings
    record = document.record
    catalogue = words.catalogue(record.language)
    entries = contents(document, settings.text.contents)
    body = parse(document.body)
    marks = page_marks.marked(
        body, desk.starts, catalogue["page"], epub=False, listed=bool(entries)
    )
    faces = web_faces(document, body)
    said = describe(document, body, with_contents=bool(entries), with_pages=bool(marks))
    made = templating.environment(edition.folders, desk.config)
    style = _style(made, desk, faces, record)
    addresses = html_paper.numbered(body)
    structured = json_ld(document, settings, said)
    minutes = reading_minutes(document)
    context: dict[str, Any] = {
        "record": record,
        "settings": settings,
        "words": catalogue,
        "contents": entries,
        "marks": page_marks.outside(marks, catalogue["page"], epub=False),
        "body": Markup(finished(body, document, catalogue)),  # noqa: S704 - sanitized by convert
        "addresses": addresses,
        **html_paper.of_handout(document, desk.config),
        "minutes": minutes,
        "reading_time": catalogue["reading_time"].format(minutes=minutes),
        "logo": _logo(logo(desk.config)),
        "meta": meta_tags(document, settings),
        "policy": policy(style, structured),
        "style": Markup(style),  # noqa: S704 - our template, hashed
        "structured": Markup(structured),  # noqa: S704 - escaped by json_ld
        "paper": PAPER,
        "screen": SCREEN,
    }
    page = templating.render(templating.load(made, "page.html.j2"), context)
    return Rendered(page.rstrip("\n").encode() + b"\n")


def _style(made: Any, desk: Desk, faces: tuple[WebFace, ...], record: Metadata) -> str:
    """The style sheet with its faces, as it will stand between the tags: it is hashed so."""
    accent = desk.config.settings.look.accent
    context = {
        "settings": desk.config.settings,
        "accent": readable(accent, PAPER),
        "accent_dark": readable(accent, SCREEN),
        "paper": PAPER,
        "screen": SCREEN,
        "words": words.catalogue(record.language),
        **html_paper.page_strings(record),
    }
    rules = templating.render(templating.load(made, "style.css.j2"), context)
    embedded = [fonts.css_face(web.face, data_url("font/woff2", web.data)) for web in faces]
    return "\n".join((*embedded, rules.strip().replace("</", r"<\/")))


def data_url(media_type: str, data: bytes) -> str:
    """The bytes as a ``data:`` URL (RFC 2397)."""
    return f"data:{media_type};base64,{base64.b64encode(data).decode('ascii')}"


def policy(style: str, structured: str) -> str:
    """The content security policy: nothing from anywhere but what lies in this very file."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(structured)}'",
            "img-src data:",
            "font-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _logo(asset: Asset | None) -> dict[str, Any] | None:
    """What ``title-block.html`` shows: an address, and a size that holds its place."""
    if asset is None:
        return None
    address = data_url(asset.media_type, asset.data)
    return {"src": address, "width": asset.width, "height": asset.height}
