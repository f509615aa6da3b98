"""The e-book through calibre's converter, the road to Kindle: what counts survives."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile

import pytest
from lxml import etree, html

from pipeline.editions import EDITIONS, render
from tests.sample_document import LONG, desk, sample

pytestmark = pytest.mark.skipif(
    shutil.which("ebook-convert") is None,
    reason="absent: ebook-convert (apt-get install calibre; make test-tools leaves it to you)",
)


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The sample as calibre makes a Kindle book (AZW3) of it, opened again as an EPUB."""
    folder = tmp_path_factory.mktemp("calibre")
    made = render(sample(LONG), EDITIONS["epub"], desk(folder))
    (folder / "book.epub").write_bytes(made.data)
    for source, target in (("book.epub", "book.azw3"), ("book.azw3", "back.epub")):
        subprocess.run(
            ["ebook-convert", source, target], cwd=folder, check=True, capture_output=True
        )
    with zipfile.ZipFile(io.BytesIO((folder / "back.epub").read_bytes())) as book:
        return {name: book.read(name) for name in book.namelist()}


def pages(files: dict[str, bytes]) -> list[html.HtmlElement]:
    return [etree.fromstring(data) for n, data in files.items() if re.search(r"\.x?html$", n)]


def test_headings_notes_tables_and_cover_survive(converted: dict[str, bytes]) -> None:
    body = pages(converted)
    names = [str(e.tag).rpartition("}")[2] for page in body for e in page.iter()]
    assert {"h1", "h2", "h3", "table", "th", "pre", "ol", "ul"} <= set(names)
    links = [a.get("href") or "" for page in body for a in page.iter("{*}a")]
    assert any("#" in address for address in links), "notes lead nowhere"
    package = next(data for name, data in converted.items() if name.endswith(".opf"))
    assert b"cover" in package
    assert any(name.endswith((".png", ".jpg", ".jpeg")) for name in converted)
