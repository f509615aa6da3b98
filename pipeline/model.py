"""The values that travel through the pipeline; this module imports nothing of the project.

Everything here is frozen and slotted, and holds tuples, not lists: a stage takes a value and
makes the next one. Lines are counted from 1, in the file as the editor sees it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Moment = dt.date | dt.datetime
"""A day, or a day with a time. A ``datetime`` here always has a zone (``settings.timezone`` if
the source gives none); a plain ``date`` stays a date in every edition."""

FrontMatterFormat = Literal["yaml", "toml", "json"]
Severity = Literal["error", "warning", "info"]
Family = Literal["", "exported", "bold", "kept"]
"""Where posts got their shape: ``exported`` from WordPress with its marks, ``bold`` in an editor
that has no headings, so that titles are lines of bold text, ``kept`` by hand with headings; empty
where nothing tells."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What is wrong, where, and what to do: a value, collected by the stages, never printed there.

    ``path`` is relative to the PATH that is being built (as ``source`` in the manifest);
    ``line`` counts from 1; ``hint`` says what the editor can do.
    """

    code: str
    severity: Severity
    message: str
    path: str | None = None
    line: int | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """An author. ``file_as`` is the form to sort by: family name first, as EPUB's file-as."""

    name: str
    file_as: str
    handle: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that the record names: its address as written in the front matter, and its alt."""

    path: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """The one record of a post: every edition says this and nothing else.

    ``language`` is a BCP 47 tag (``en``, ``tr``, ``pt-BR``). ``url`` is absolute when the post or
    ``base_url`` makes it so, else site-relative with a leading slash, else None. ``slug`` names
    the output files. ``identifier`` is ``urn:uuid:…`` (RFC 4122, version 5, of the absolute url,
    else of the url, else of the source path). ``extra`` keeps the unknown front matter keys.
    """

    title: str
    language: str
    slug: str
    identifier: str
    subtitle: str | None = None
    authors: tuple[Person, ...] = ()
    published: Moment | None = None
    modified: Moment | None = None
    description: str | None = None
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    series: str | None = None
    url: str | None = None
    image: Picture | None = None
    rights: str | None = None
    publisher: str | None = None
    draft: bool = False
    aliases: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def absolute_url(self) -> str | None:
        """The url if it is a full address, else None: only that goes out as canonical or QR."""
        return self.url if self.url and not self.url.startswith("/") else None


@dataclass(frozen=True, slots=True)
class Source:
    """A post as it was read: strict UTF-8, newlines made LF, front matter apart from body.

    ``path`` is relative to the PATH being built, with forward slashes. ``file`` is where it lies.
    ``front`` holds the front matter's keys as parsed (dates may be date, datetime or text).
    ``front_text`` is the front matter as written, without its fences. ``body`` starts at line
    ``body_line`` of the file, ``front_text`` at ``front_line``. ``data`` are the file's
    bytes as they lie on the disk, ``family`` is what most other posts of its folder are.
    """

    path: str
    file: str
    front: Mapping[str, Any]
    front_format: FrontMatterFormat | None
    front_text: str
    body: str
    body_line: int
    diagnostics: tuple[Diagnostic, ...] = ()
    data: bytes = b""
    family: Family = ""
    front_line: int = 2


@dataclass(frozen=True, slots=True)
class Repair:
    """A line edit on the Markdown source.

    ``first_line`` and ``last_line`` (inclusive) are lines of the source file; ``before`` and
    ``after`` are the lines replaced and put in place, without line ends. ``confidence`` is the
    estimated probability (0 to 1) that the repair is what the author meant. ``occurrence`` tells
    repairs on the same words apart: 1 where the words of the first line stand first in the post,
    2 where they stand a second time, 0 where they stand only there.
    """

    code: str
    confidence: float
    first_line: int
    last_line: int
    before: tuple[str, ...]
    after: tuple[str, ...]
    reason: str
    occurrence: int = 0


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A post with its record and its repaired Markdown body, and the ledger of what was repaired.

    ``lines[i]`` is the source file's line that line ``i + 1`` of ``body`` came from, so a later
    stage can name the place that the editor knows. ``repairs`` were made; ``proposed`` were not,
    for want of confidence; ``refused`` were not because the editor decided so.
    """

    source: Source
    record: Metadata
    body: str
    lines: tuple[int, ...]
    repairs: tuple[Repair, ...] = ()
    proposed: tuple[Repair, ...] = ()
    refused: tuple[Repair, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it. ``level`` is 2 to 6 (the title is 1); ``title`` is
    plain text (hand-made numbers stay in it); ``id`` is that of its ``<section>`` element."""

    id: str
    level: int
    title: str
    children: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that the body shows. ``name`` is unique in the document, safe as a file name and
    as the ``src`` in the body (``images/<name>``); ``width`` and ``height`` are in px."""

    name: str
    media_type: str
    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Document:
    """A post ready to render: one XHTML fragment, its outline, its images.

    ``body`` is well-formed XHTML in UTF-8 without a namespace declaration on HTML elements
    (``<math xmlns=…>`` keeps its own), sanitized, sectioned: every heading is the first child of
    ``<section id=… class="level2">``. It holds no ``style``, ``script``, event handler or remote
    image. ``features`` names what it holds: ``code math table notes callout image task``.
    ``cover`` is the record's image if it was found. ``words`` counts the body's words.
    ``inputs`` are the files (absolute paths) whose content or absence this document depends on,
    besides its own source: images looked up, other posts referred to. ``source`` are the bytes of
    the post's own file, for editions that carry it.
    """

    record: Metadata
    source_path: str
    source_file: str
    body: str
    outline: tuple[Section, ...]
    assets: tuple[Asset, ...] = ()
    cover: Asset | None = None
    features: frozenset[str] = frozenset()
    words: int = 0
    inputs: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    source: bytes = b""


Part = Literal["title", "contents", "text", "end", "blank"]


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where in the text a printed page begins. ``label`` is the number at its foot.

    ``part`` is ``title`` or ``contents`` for a page before the text that holds nothing of it,
    ``end`` for one after it, ``blank`` for an empty last one. Else ``element`` is the element's
    number in the document order of the body (the body itself is 0) and ``offset`` how many
    characters of that element's own text, white space apart, stand on the pages before.
    """

    label: str
    part: Part
    element: int = 0
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Rendered:
    """An edition's bytes. ``pages`` is the number of pages of a paged edition, else None;
    ``starts`` is where each of them begins."""

    data: bytes
    pages: int | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    starts: tuple[PageStart, ...] = ()
