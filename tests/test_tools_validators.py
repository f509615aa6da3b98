"""The validators tell good from bad; one that passes everything would be worse than none."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from pipeline.audit.judges import needs
from pipeline.audit.judges.packages import JARS, NODE
from tests.tools import validators

GOOD_PAGE = "<!doctype html><html lang=en><title>A page</title><p>Text.</p></html>"
BAD_PAGE = "<!doctype html><html lang=en><title>A page</title><p><table><li></p></html>"


def test_every_validator_says_what_it_stands_on() -> None:
    known = {p.name for p in needs.PROGRAMS} | {j.name for j in (*JARS, NODE)}
    assert {name for names in needs.NEEDED.values() for name in names} <= known


@pytest.mark.validator("vnu")
def test_vnu_tells_good_from_bad_whatever_the_name(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.html", tmp_path / "künye ve çıktı.html"
    good.write_text(GOOD_PAGE, encoding="utf-8")
    bad.write_text(BAD_PAGE, encoding="utf-8")
    verdicts = validators.vnu([good, bad])
    assert verdicts[good] == ()
    assert any("<table>" in line or "table" in line for line in verdicts[bad])


@pytest.mark.validator("epubcheck")
def test_epubcheck_rejects_what_is_no_book(tmp_path: Path) -> None:
    book = tmp_path / "boş.epub"
    book.write_bytes(b"no zip at all")
    assert any("PKG-" in line for line in validators.epubcheck([book])[book])


@pytest.mark.validator("verapdf")
def test_verapdf_rejects_an_untagged_page(tmp_path: Path) -> None:
    path = tmp_path / "untagged.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    verdict = validators.verapdf([path], "ua1")[path]
    assert any(line.startswith("ERROR 7.1-") for line in verdict)


@pytest.mark.validator("verapdf")
def test_verapdf_refuses_a_profile_that_it_does_not_know(tmp_path: Path) -> None:
    path = tmp_path / "any.pdf"
    path.write_bytes(b"")
    with pytest.raises(RuntimeError):
        validators.verapdf([path], "ua9")


@pytest.mark.parametrize("judge", [validators.vnu, validators.epubcheck])
def test_no_files_is_no_pass(judge: object) -> None:
    with pytest.raises(ValueError, match="no files"):
        judge([])  # type: ignore[operator]


@pytest.mark.validator("html-validate")
def test_html_validate_is_heard_to_the_end_of_what_it_says(tmp_path: Path) -> None:
    """It repeats the page for every file with a finding, and Node leaves a full pipe unwritten."""
    page = tmp_path / "long.html"
    page.write_text(BAD_PAGE + f"<!-- {'x' * 300_000} -->", encoding="utf-8")
    assert validators.html_validate([page])[page]
