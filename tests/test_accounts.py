"""The account of a post's repairs, beside its editions, and the counts in the manifest."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Galley
from tests.test_fix import BODY, FRONT, write

ACCOUNT = "build/.galley/ledger/tr/post.json"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    write(tmp_path / "galley.toml", "")
    write(tmp_path / "source/tr/post.md", FRONT + BODY)
    return tmp_path


def manifest(desk: Path) -> list[dict[str, Any]]:
    posts: list[dict[str, Any]] = json.loads((desk / "build/manifest.json").read_text())["posts"]
    return posts


def build(galley: Galley, desk: Path, *words: str) -> str:
    return galley("build", "-e", "html", *words, cwd=desk).out


def test_the_account_says_what_was_repaired_and_in_which_source(galley: Galley, desk: Path) -> None:
    build(galley, desk)
    told = json.loads((desk / ACCOUNT).read_text())
    source = (desk / "source/tr/post.md").read_bytes()
    assert (told["version"], told["source"]) == (1, "tr/post.md")
    assert told["sha256"] == hashlib.sha256(source).hexdigest()
    assert [(r["code"], r["first_line"], r["after"]) for r in told["repairs"]] == [
        ("N102", 9, [""]), ("N204", 12, ["## What Is a Piano?"]),
        ("N204", 22, ["## How Is It Moved?"]),
    ]  # fmt: skip
    assert all(0.8 <= r["confidence"] <= 1 and r["reason"] for r in told["repairs"])
    assert manifest(desk)[0]["repairs"] == {"N102": 1, "N204": 2}


def test_the_same_source_gives_the_same_bytes(galley: Galley, desk: Path) -> None:
    build(galley, desk)
    first = (desk / ACCOUNT).read_bytes()
    build(galley, desk, "-o", "build2")
    assert (desk / ACCOUNT.replace("build", "build2")).read_bytes() == first
    assert str(desk).encode() not in first


def test_it_goes_with_its_post_and_is_counted_nowhere(galley: Galley, desk: Path) -> None:
    write(desk / "source/other.md", FRONT + "\nWords.\n")
    build(galley, desk)
    post = desk / "source/tr/post.md"
    write(post, post.read_text().replace("zeta: 1", "slug: renamed"))
    build(galley, desk)
    assert not (desk / ACCOUNT).exists()
    assert (desk / "build/.galley/ledger/tr/renamed.json").exists()
    post.unlink()
    assert "1 removed with their sources" in build(galley, desk)
    assert not (desk / "build/.galley/ledger/tr").exists()
    assert (desk / "build/.galley/ledger/other.json").exists()
    galley("clean", cwd=desk)
    assert not (desk / "build").exists() or not list((desk / "build").rglob("*.json"))


def test_a_post_that_fails_keeps_the_account_of_what_stands(galley: Galley, desk: Path) -> None:
    build(galley, desk)
    before = (desk / ACCOUNT).read_bytes()
    (desk / "source/tr/post.md").write_bytes(b"caf\xe9\n")
    build(galley, desk)
    assert manifest(desk)[0]["status"] == "failed"
    assert manifest(desk)[0]["repairs"] == {"N102": 1, "N204": 2}
    assert (desk / ACCOUNT).read_bytes() == before
