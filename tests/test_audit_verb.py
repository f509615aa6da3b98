"""``galley audit`` end to end: what it compares, whom it asks, and how it ends."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipeline.audit.standards import STANDARDS
from tests.conftest import Galley

POST = "---\ntitle: A fold\nauthor: Ada Lovelace\ndate: 2024-10-04\n---\n## A title\n\nWords.\n"


@pytest.fixture(scope="module")
def built(galley: Galley, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audited")
    (folder / "source").mkdir()
    (folder / "source" / "fold.md").write_text(POST, encoding="utf-8")
    assert galley("build", folder / "source", "-o", folder / "out").code == 0
    return folder


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """A copy of the post and its editions, to do harm to."""
    shutil.copytree(built, tmp_path / "copy")
    return tmp_path / "copy"


def test_what_was_built_passes(galley: Galley, folder: Path) -> None:
    done = galley("audit", folder / "out", "--record-only")
    assert done.code == 0, done.text
    assert done.out.startswith("passed  fold.md  (epub, html, pdf)\n1 passed, 0 failed, ")


def test_the_table_names_file_field_place_and_both_values(galley: Galley, folder: Path) -> None:
    page = folder / "out" / "fold.html"
    text = page.read_text("utf-8").replace(
        'property="og:title" content="A fold"', 'property="og:title" content="A leaf"'
    )
    page.write_text(text, encoding="utf-8")
    done = galley("audit", folder / "out", "--record-only")
    assert done.code == 1
    rows = [line.split() for line in done.out.splitlines()]
    assert ["fold.html", "title", "og:title", "A", "leaf", "A", "fold"] in rows
    assert "fold.html: A003 error: it is not the file that was built" in done.out
    assert "0 passed, 1 failed" in done.out


def test_a_program_gets_the_same_as_json(galley: Galley, folder: Path) -> None:
    (folder / "out" / "fold.pdf").unlink()
    (folder / "out" / "fold.epub").write_bytes(b"no book")
    done = galley("audit", folder / "out", "--record-only", "--format", "json")
    report = json.loads(done.out)
    (post,) = report["posts"]
    assert (done.code, report["ok"], post["verdict"]) == (1, False, "failed")
    assert {(f["code"], f["path"]) for f in post["findings"]} == {
        ("A002", "fold.epub"), ("A003", "fold.epub"), ("A003", "fold.pdf"),
    }  # fmt: skip
    assert post["editions"]["html"]["places"] > 40


def test_a_source_that_was_edited_since_is_told(galley: Galley, folder: Path) -> None:
    post = folder / "source" / "fold.md"
    post.write_text(POST.replace("A fold", "Two folds"), encoding="utf-8")
    done = galley("audit", folder / "out", "--record-only")
    assert done.code == 1
    assert "fold.md  title  source  A fold   Two folds" in done.out
    post.write_text(POST.replace("---\n", "", 1).replace("title:", "---\ntitle: ["), "utf-8")
    assert (
        "A004 error: the source cannot be read"
        in galley("audit", folder / "out", "--record-only").out
    )
    post.unlink()
    assert galley("audit", folder / "out", "--record-only").code == 0


def test_what_the_command_line_set_is_no_disagreement(galley: Galley, folder: Path) -> None:
    setting = "base_url=https://example.org"
    post = folder / "source" / "fold.md"
    post.write_text(POST.replace("---\n", "---\nurl: /fold/\n", 1), encoding="utf-8")
    assert galley("build", folder / "source", "-o", folder / "out", "--set", setting).code == 0
    assert galley("audit", folder / "out", "--record-only", "--set", setting).code == 0
    done = galley("audit", folder / "out", "--record-only")
    assert done.code == 1
    assert "https://example.org/fold/" in done.out


def test_where_nothing_was_built_that_is_said(galley: Galley, tmp_path: Path) -> None:
    done = galley("audit", tmp_path)
    assert done.code == 2
    assert "S016" in done.err


def test_a_missing_validator_is_named_with_what_brings_it(galley: Galley, folder: Path) -> None:
    nothing = {"GALLEY_TOOLS": str(folder / "none")}
    done = galley("audit", folder / "out", **nothing)
    assert done.code == 0, done.text
    for standard in STANDARDS:
        if standard.name in done.out:
            line = next(x for x in done.out.splitlines() if f"{standard.name} was not asked" in x)
            assert line.startswith("A006 info")
            assert line.endswith("make test-tools brings it")
    assert done.out.count("A006") == len(STANDARDS)
    assert galley("audit", folder / "out", "--strict", **nothing).code == 1


@pytest.mark.validator("vnu", "html-validate", "axe")
def test_the_validators_of_a_file_are_asked_and_heard(galley: Galley, folder: Path) -> None:
    out = folder / "pages"
    assert galley("build", folder / "source", "-o", out, "-e", "html").code == 0
    page = out / "fold.html"
    broken = page.read_text("utf-8").replace("</article>", '<img src="x"></article>', 1)
    page.write_text(broken, encoding="utf-8")
    report = json.loads(galley("audit", out, "--format", "json").out)
    (post,) = report["posts"]
    judges = [standard.name for standard in STANDARDS if standard.extension == "html"]
    assert [s["name"] for s in report["standards"] if s["ran"]] == judges
    complaints = {f["place"] for f in post["findings"] if f["code"] == "A005"}
    assert complaints >= {"vnu", "axe"}
    assert post["editions"]["html"]["standards"]["vnu"] == "findings"


def test_a_strict_build_fails_what_disagrees(galley: Galley, folder: Path) -> None:
    templates = folder / "source" / "templates" / "html"
    templates.mkdir(parents=True)
    (folder / "source" / "galley.toml").write_text("", encoding="utf-8")
    page = (Path(__file__).parent.parent / "templates/html/page.html.j2").read_text("utf-8")
    (templates / "page.html.j2").write_text(
        page.replace("<title>{{ record.title }}</title>", "<title>Untitled</title>"), "utf-8"
    )
    loose = galley("build", folder / "source", "-o", folder / "out", "-e", "html")
    assert loose.code == 0
    for _ in range(2):  # what stands is looked at again
        done = galley("build", folder / "source", "-o", folder / "out", "-e", "html", "--strict")
        assert done.code == 1
        assert "A001 error: the html edition disagrees with the record: title element" in done.err
    assert galley("build", folder / "source", "-o", folder / "out", "-e", "html").code == 0
    (templates / "page.html.j2").unlink()
    done = galley("build", folder / "source", "-o", folder / "out", "-e", "html", "--strict")
    assert done.code == 0, done.text


def test_a_strict_build_names_a_template_that_drops_the_record(
    galley: Galley, folder: Path
) -> None:
    templates = folder / "source" / "templates" / "html"
    templates.mkdir(parents=True)
    (folder / "source" / "galley.toml").write_text("", encoding="utf-8")
    page = (Path(__file__).parent.parent / "templates/html/page.html.j2").read_text("utf-8")
    script = '<script type="application/ld+json">{{ structured }}</script>'
    assert script in page
    (templates / "page.html.j2").write_text(page.replace(script, ""), "utf-8")
    for _ in range(2):
        done = galley("build", folder / "source", "-o", folder / "out", "-e", "html", "--strict")
        assert done.code == 1
        assert "fold.md: A002 error: the html edition cannot be read again" in done.err
