"""WeasyPrint, held by one hand: what it may load, what it says, and how it fails."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from pipeline import collector
from pipeline.diagnostics import fault
from pipeline.editions.pdf import finished, footnotes, linebreaks, rhythm
from pipeline.editions.pdf.quick_import import import_weasyprint
from pipeline.fonts import Library
from pipeline.model import Diagnostic

if TYPE_CHECKING:
    from pipeline.editions.pdf.page import Files

Finisher = Callable[[Any, Any], None]
"""Given WeasyPrint's document and the PDF, before that is written."""
MOST_MESSAGES = 5
LINE = 14.5 * 4 / 3
"""A line of text, in px, at the size of the style sheets."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages that are laid out and not written yet.

    ``document`` is WeasyPrint's, ``scale`` says how much larger the type is than in the style
    sheets. ``layouts`` counts what they cost: one, or two. ``sound`` is false where a note is cut
    off or stands on another page than its call.
    """

    document: Any
    diagnostics: tuple[Diagnostic, ...]
    scale: float
    layouts: int = 1
    sound: bool = True

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.document.pages)


def compose(
    tree: ET.Element,
    files: Files,
    faces: Library,
    path: str,
    scale: float = 1.0,
    *,
    tighten: bool = True,
    settle: bool = True,
) -> Pages:
    """The pages of the tree, and what WeasyPrint had to say of them.

    ``scale`` is the paper's. A second layout is made with ``settle`` where a note found no room
    beside its call, with ``tighten`` where the last page holds few lines; never a third.
    Raises ``Fault`` E203 (nested too deeply), E204 (layout failed), E206 (no WeasyPrint here).
    """
    _import(path)
    with collector.waiting(), _only_our_faces(faces), _heard() as messages, _blamed(path):
        shelf, line = _Shelf(files), LINE * scale
        first = Pages(_render(tree, shelf), (), scale)
        first = replace(first, sound=_is_sound(first.document, tree))
        if not first.sound and settle:
            made = _with_notes_at_end(first, tree, shelf)
        elif tighten and first.sound and finished.lonely_lines(first.document, line):
            made = _tightened(first, tree, shelf, line)
        else:
            made = first
        lines = finished.lonely_lines(made.document, line) if tighten else 0
    said = (lonely(lines, made.count, path),) if lines else ()
    return replace(made, diagnostics=(*said, *_diagnostics(messages, path)))


def write(
    pages: Pages, finish: Finisher, faces: Library, path: str
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """The PDF of those pages, and all that WeasyPrint had to say; ``finish`` is called with its
    document and the file before that is written.

    Raises ``Fault`` E203, E204 as :func:`compose`.
    """
    from pipeline.editions.pdf import structure

    with (
        collector.waiting(),
        _only_our_faces(faces),
        _heard() as messages,
        _blamed(path),
        structure.in_place_of_weasyprints(),
    ):
        data: bytes = pages.document.write_pdf(
            finisher=finish, pdf_tags=True, pdf_version="1.7", pdf_identifier=True
        )
    return data, (*pages.diagnostics, *_diagnostics(messages, path))


@contextmanager
def _blamed(path: str) -> Iterator[None]:
    """Make whatever WeasyPrint raises a fault of the post."""
    try:
        yield
    except RecursionError as error:
        raise fault(
            "E203",
            "the post is nested too deeply to be laid out",
            path=path,
            hint="take some levels out of its lists and quotes",
        ) from error
    except Exception as error:
        raise fault(
            "E204",
            f"the pages cannot be laid out: {type(error).__name__}: {error}",
            path=path,
            hint="build the post in halves to find the place, and report it",
        ) from error


def _import(path: str) -> None:
    """Load WeasyPrint; a missing system library is the editor's to mend."""
    try:
        import_weasyprint()
    except OSError as error:
        raise fault(
            "E206",
            f"WeasyPrint finds no Pango: {str(error).splitlines()[0]}",
            path=path,
            hint="run make setup, or see galley doctor",
        ) from error


def _is_sound(document: Any, tree: ET.Element) -> bool:
    notes = footnotes.at_foot(tree)
    return finished.is_whole(document, notes) and not finished.has_strays(document, notes, tree)


def _with_notes_at_end(first: Pages, tree: ET.Element, shelf: _Shelf) -> Pages:
    """The pages laid out again with every note after the text, where none can be lost."""
    footnotes.to_end(tree)
    return replace(first, document=_render(tree, shelf), layouts=2, sound=True)


def _tightened(first: Pages, tree: ET.Element, shelf: _Shelf, line: float) -> Pages:
    """The pages laid out again with more lines on each, if that saves one and no note suffers."""
    document = _render(tree, shelf, finished.tightened(first.document, line))
    fewer = len(document.pages) < first.count
    kept = document if fewer and _is_sound(document, tree) else first.document
    return replace(first, document=kept, layouts=2)


def lonely(lines: int, page: int, path: str) -> Diagnostic:
    """What is said (E208) of a last page with so few lines."""
    many = "s" if lines > 1 else ""
    return Diagnostic(
        "E208", "info", f"the last page ({page}) holds {lines} line{many} of text", path=path,
        hint="shorten the post by as much, or add a little",
    )  # fmt: skip


def _render(tree: ET.Element, shelf: _Shelf, sheet: str = "") -> Any:
    """WeasyPrint's document of the tree; ``sheet`` has the last word on its style."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    sheets = [CSS(string=sheet, url_fetcher=shelf)] if sheet else None
    with linebreaks.in_place_of_weasyprints(), rhythm.kept():
        return _html(tree, shelf).render(
            font_config=FontConfiguration(), presentational_hints=True, stylesheets=sheets
        )


def _html(tree: ET.Element, shelf: _Shelf) -> Any:
    """WeasyPrint's HTML object of a tree that is parsed already."""
    import cssselect2
    from weasyprint import HTML

    html = HTML.__new__(HTML)
    html.base_url = None
    html.url_fetcher = shelf
    html.media_type = "print"
    html.wrapper_element = cssselect2.ElementWrapper.from_html_root(tree, content_language=None)
    html.etree_element = html.wrapper_element.etree_element
    return html


class _Shelf:
    """The fetcher: data: addresses and the files of the page, nothing from disk or network."""

    _fail_on_errors = False

    def __init__(self, files: Files) -> None:
        self.files = files

    def __call__(self, url: str) -> Any:
        from weasyprint.urls import URLFetcherResponse

        if url in self.files:
            data, media_type = self.files[url]
        elif url.startswith("data:"):
            data, media_type = _data(url)
        else:
            raise ValueError(f"not part of this document: {url[:80]}")
        return URLFetcherResponse(url, data, {"Content-Type": media_type})


def _data(url: str) -> tuple[bytes, str]:
    from base64 import b64decode
    from urllib.parse import unquote_to_bytes

    head, _, rest = url.removeprefix("data:").partition(",")
    media_type, *parameters = head.split(";")
    raw = unquote_to_bytes(rest)
    return (b64decode(raw) if "base64" in parameters else raw), media_type or "text/plain"


@contextmanager
def _only_our_faces(faces: Library) -> Iterator[None]:
    """Point fontconfig at our faces: a system face would stand in for a missing glyph silently."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = faces.fontconfig
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


class _Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _heard() -> Iterator[list[str]]:
    """Keep WeasyPrint's warnings, in place of letting them out on standard error."""
    logger = logging.getLogger("weasyprint")
    ear, propagate = _Ear(), logger.propagate
    logger.addHandler(ear)
    logger.propagate = False
    try:
        yield ear.messages
    finally:
        logger.removeHandler(ear)
        logger.propagate = propagate


def _diagnostics(messages: list[str], path: str) -> tuple[Diagnostic, ...]:
    """One warning a distinct message, and not more than a few."""
    return tuple(
        Diagnostic("E207", "warning", f"while the pages were set: {message}", path=path,
                   hint="if you changed a template or style sheet, mend it there")
        for message in list(dict.fromkeys(messages))[:MOST_MESSAGES]
    )  # fmt: skip
