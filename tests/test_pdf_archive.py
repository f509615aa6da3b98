"""The PDF as an archive's file: PDF/A-3a and PDF/UA-1 in one, with the source and the record."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pipeline.config import Config, Pdf, Settings
from pipeline.editions import EDITIONS, Desk, render
from pipeline.editions.pdf import labels
from pipeline.editions.pdf.metadata import pdf_date
from pipeline.model import Document
from pipeline.read import as_json
from tests.conftest import Galley
from tests.sample_document import RECORD, sample
from tests.tools import validators

EPOCH = dt.datetime(1999, 12, 31, tzinfo=dt.UTC)
SOURCE = b"\xef\xbb\xbf---\r\ntitle: As it lies on the disk\r\n---\r\n"


def made(document: Document, conformance: str = "archive") -> pikepdf.Pdf:
    desk = Desk(Config(Path("/nowhere"), Settings(pdf=Pdf(conformance=conformance))), EPOCH)
    return pikepdf.open(BytesIO(render(document, EDITIONS["pdf"], desk).data))


@pytest.fixture(scope="module")
def archived() -> pikepdf.Pdf:
    return made(replace(sample(), source=SOURCE, source_path="tr/künye.md"))


def test_one_rdf_names_both_standards_and_describes_what_archives_do_not_know(
    archived: pikepdf.Pdf,
) -> None:
    packet = archived.Root.Metadata.read_bytes().decode()
    assert packet.count("<rdf:RDF") == packet.count("<rdf:Description") == 1
    with archived.open_metadata() as xmp:
        assert xmp.pdfa_status == "3A"
        assert xmp["pdfuaid:part"] == "1"
    assert "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>" in packet


def test_colours_are_told_by_an_output_intent(archived: pikepdf.Pdf) -> None:
    (intent,) = archived.Root.OutputIntents
    assert str(intent.S) == "/GTS_PDFA1"
    profile = intent.DestOutputProfile.read_bytes()
    assert profile[36:40] == b"acsp"
    assert profile[16:20] == b"RGB "


def test_source_and_record_are_associated_files_with_the_records_date(
    archived: pikepdf.Pdf,
) -> None:
    found = {str(spec.UF): spec for spec in archived.Root.AF}
    assert {name: str(spec.AFRelationship) for name, spec in found.items()} == {
        "künye.md": "/Source",
        "record.json": "/Data",
    }
    assert found["künye.md"].EF.F.read_bytes() == SOURCE
    record = json.loads(found["record.json"].EF.F.read_bytes())
    assert record == json.loads(json.dumps(as_json(RECORD)))
    assert sorted(archived.attachments) == sorted(found)
    for spec in found.values():
        assert str(spec.EF.F.Params.ModDate) == "D:20250102000000Z"
        assert "/Subtype" in spec.EF.F


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ({"modified": None}, "D:20241004070814Z"),
        ({"modified": None, "published": None}, "D:19991231000000Z"),
    ],
)
def test_an_associated_file_is_as_old_as_its_post(dates: dict[str, Any], said: str) -> None:
    pdf = made(sample(body="<p>Text.</p>", **dates))
    (spec,) = pdf.Root.AF
    assert str(spec.EF.F.Params.ModDate) == said


def test_a_plain_file_has_the_tags_and_nothing_for_archives() -> None:
    pdf = made(replace(sample(), source=SOURCE), conformance="plain")
    assert pdf.Root.MarkInfo.Marked
    assert not {"/AF", "/OutputIntents"} & set(pdf.Root.keys())
    assert not pdf.attachments
    packet = pdf.Root.Metadata.read_bytes()
    assert b"pdfaid" not in packet
    assert b"<pdfuaid:part>1<" in packet


def test_pages_before_the_text_are_roman_and_the_text_begins_at_one() -> None:
    assert labels.styles(["front", "front", "", "", "turned"]) == [(0, "r"), (2, "D")]
    assert labels.styles(["", ""]) == [(0, "D")]


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (dt.date(2025, 1, 2), "D:20250102"),
        (dt.datetime(2025, 1, 2, 3, 4, 5, tzinfo=dt.UTC), "D:20250102030405Z"),
    ],
)
def test_dates_are_written_as_far_as_they_are_known(moment: dt.date, said: str) -> None:
    assert pdf_date(moment) == said


def test_the_manifests_record_is_the_one_inside(galley: Galley, tmp_path: Path) -> None:
    post = tmp_path / "post.md"
    front = "title: A\ndate: 2024-10-04\nmood: {deep: [1, 2024-01-01]}"
    post.write_text(f"---\n{front}\n---\n\nText.\n")
    done = galley("build", post, "-o", tmp_path / "out", "-e", "pdf")
    assert done.code == 0, done.text
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    with pikepdf.open(tmp_path / "out" / "post.pdf") as pdf:
        inside = pdf.attachments["record.json"].get_file().read_bytes()
        assert pdf.attachments["post.md"].get_file().read_bytes() == post.read_bytes()
    assert json.loads(inside) == manifest["posts"][0]["record"]


@pytest.mark.validator("verapdf")
@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_a_document_with_everything_conforms(profile: str, tmp_path: Path) -> None:
    file = tmp_path / "sample.pdf"
    desk = Desk(Config(Path("/nowhere"), Settings()), EPOCH)
    document = replace(sample(words=4_000), source=SOURCE, source_path="tr/künye.md")
    file.write_bytes(render(document, EDITIONS["pdf"], desk).data)
    assert validators.verapdf([file], profile) == {file: ()}
