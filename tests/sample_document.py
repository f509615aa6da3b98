"""A document made by hand: every element of the body's vocabulary once, and a full record."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image

from pipeline.config import Config, Look, Settings, Text
from pipeline.editions import EDITIONS, Desk, render
from pipeline.model import Asset, Document, Metadata, Person, Section

BODY = (Path(__file__).parent / "fixtures" / "vocabulary.xhtml").read_text(encoding="utf-8")

RECORD = Metadata(
    title="Setting type at “home”: a guide to --force-yes & <other> options",
    language="en",
    slug="sample",
    identifier="urn:uuid:6ba7b810-9dad-51d1-80b4-00c04fd430c8",
    subtitle="What every element looks like, once",
    authors=(
        Person("İbrahim Korucuoğlu", "Korucuoğlu, İbrahim", "siberoloji", "https://example.org/i"),
        Person("Ada Lovelace", "Lovelace, Ada"),
    ),
    published=dt.datetime(2024, 10, 4, 10, 8, 14, tzinfo=dt.timezone(dt.timedelta(hours=3))),
    modified=dt.date(2025, 1, 2),
    description="Each element & its dress: </script> is no end.",
    tags=("type", "design"),
    categories=("Craft",),
    series="House style",
    url="https://example.org/sample/",
    rights="CC BY 4.0",
    publisher="The Press",
)

OUTLINE = (
    Section(
        "lists",
        2,
        "Lists",
        (
            Section("step-1", 3, "1. A numbered step"),
            Section(
                "künye-ve-çıktı",
                3,
                "Künye ve çıktı",
                (Section("deep", 4, "Fourth level", (Section("deep5", 5, "Fifth level"),)),),
            ),
        ),
    ),
    Section("tables", 2, "Tables and code"),
    Section("boxes", 2, "Boxes"),
    Section("pictures", 2, "Pictures and formulas"),
)

LONG, SHORT = 4_000, 400
"""Word counts on either side of what makes a post long."""


def picture(width: int = 80, height: int = 40) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (122, 46, 29)).save(out, "PNG")
    return out.getvalue()


def sample(words: int = SHORT, body: str = BODY, **record: Any) -> Document:
    """The document; ``record`` changes fields of its metadata."""
    return Document(
        record=replace(RECORD, **record),
        source_path="sample.md",
        source_file="/publication/source/sample.md",
        body=body,
        outline=OUTLINE if body is BODY else (),
        assets=(Asset("a.png", "image/png", picture(), 80, 40),) if body is BODY else (),
        words=words,
    )


def desk(root: Path, contents: str = "auto", **look: str) -> Desk:
    settings = Settings(title="The House", text=Text(contents=contents), look=Look(**look))
    return Desk(Config(root, settings), dt.datetime(1980, 1, 1, tzinfo=dt.UTC))


def rendered(edition: str, document: Document, at: Desk) -> bytes:
    return render(document, EDITIONS[edition], at).data
