"""Making documents from bits of Markdown, for the tests of the convert room."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from pipeline import convert
from pipeline.config import Config, Settings
from pipeline.model import Document, Manuscript, Metadata, Source

HERE = Path("/nowhere")


def manuscript(
    body: str, file: Path = HERE / "post.md", path: str = "post.md", **record: Any
) -> Manuscript:
    """A manuscript whose body starts in line 5 of its file, under its front matter."""
    source = Source(path, str(file), {}, "yaml", "title: Post\n", body, 5)
    known = {"title": "Post", "language": "en", "slug": "post", "identifier": "urn:uuid:0"}
    lines = tuple(range(5, 6 + body.count("\n")))
    return Manuscript(source, Metadata(**(known | record)), body, lines)


def config(root: Path = HERE, **settings: Any) -> Config:
    """Settings of a publication at ``root``."""
    return Config(root, msgspec.convert(settings, Settings))


def document(body: str, root: Path = HERE, settings: Any = None, **more: Any) -> Document:
    """The document of a body of Markdown."""
    made = manuscript(body, root / "post.md", **more)
    return convert.document((made,), config(root, **(settings or {})))


def xhtml(body: str, **more: Any) -> str:
    """The body's XHTML."""
    return document(body, **more).body


def codes(made: Document) -> list[str]:
    """The codes of the document's diagnostics."""
    return [found.code for found in made.diagnostics]
