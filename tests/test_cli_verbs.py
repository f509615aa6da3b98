"""The other verbs: new, normalize, doctor, clean; help and version."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline import __version__
from pipeline.cli import main
from tests.conftest import Galley


def test_a_new_publication_builds_at_once_without_a_warning(galley: Galley, tmp_path: Path) -> None:
    made = galley("new", "my-magazine", cwd=tmp_path)
    assert made.code == 0
    assert "cd my-magazine && galley build" in made.out
    built = galley("build", "--strict", cwd=tmp_path / "my-magazine")
    assert built.code == 0, built.text
    assert "0 warnings" in built.out
    names = {p.name for p in (tmp_path / "my-magazine/build").iterdir()}
    assert {"a-first-post.html", "a-first-post.pdf", "a-first-post.epub"} <= names
    assert (tmp_path / "my-magazine/static/images").is_dir()
    assert (tmp_path / "my-magazine/templates").is_dir()


def test_every_setting_in_the_new_galley_toml_is_one(galley: Galley, tmp_path: Path) -> None:
    galley("new", "x", cwd=tmp_path)
    file = tmp_path / "x/galley.toml"
    lines = [
        line.removeprefix("# ") if "=" in line or line.startswith("# [") else line
        for line in file.read_text().splitlines()
        if "logo" not in line
    ]
    file.write_text("\n".join(lines))
    done = galley("build", "-e", "html", cwd=tmp_path / "x")
    assert done.code == 0, done.text


def test_new_overwrites_nothing(galley: Galley, tmp_path: Path) -> None:
    (tmp_path / "x/source").mkdir(parents=True)
    (tmp_path / "x/source/a-first-post.md").write_text("mine")
    done = galley("new", "x", cwd=tmp_path)
    assert done.code == 2
    assert "a-first-post.md is there already" in done.err
    assert [p.name for p in (tmp_path / "x").iterdir()] == ["source"]


def test_a_folder_of_any_name_makes_a_publication(galley: Galley, tmp_path: Path) -> None:
    name = 'a "b" \\c; $(d)'
    done = galley("new", name, cwd=tmp_path)
    assert done.code == 0, done.text
    assert galley("build", "-e", "html", cwd=tmp_path / name).code == 0


def test_normalize_prints_the_post_and_doing_it_again_changes_nothing(
    galley: Galley, tmp_path: Path
) -> None:
    file = tmp_path / "post.md"
    file.write_text("---\ntitle:  A   title\nlastmod: 2024-05-06\n---\n\nOne.\n\n\n\n\nTwo.\n")
    once = galley("normalize", file)
    assert once.code == 0, once.text
    assert "modified: 2024-05-06" in once.out
    assert "One.\n\nTwo." in once.out
    file.write_text(once.out)
    assert galley("normalize", file).out == once.out


def test_normalize_of_a_broken_post_ends_with_1(galley: Galley, tmp_path: Path) -> None:
    (tmp_path / "post.md").write_bytes(b"caf\xe9\n")
    done = galley("normalize", tmp_path / "post.md")
    assert done.code == 1
    assert done.out == ""
    assert len(done.err.splitlines()) == 1


def test_clean_removes_what_was_built_and_nothing_else(galley: Galley, tmp_path: Path) -> None:
    (tmp_path / "source/sub").mkdir(parents=True)
    for name in ("a.md", "sub/b.md"):
        (tmp_path / "source" / name).write_text("---\ntitle: T\n---\n\nx\n")
    galley("build", "-e", "html", cwd=tmp_path)
    (tmp_path / "build/mine.html").write_text("mine")
    (tmp_path / "build/sub/mine.txt").write_text("mine")
    done = galley("clean", cwd=tmp_path)
    assert (done.code, done.out) == (0, "2 files removed from build\n")
    left = sorted(
        p.relative_to(tmp_path / "build").as_posix() for p in (tmp_path / "build").rglob("*")
    )
    assert left == ["mine.html", "sub", "sub/mine.txt"]
    assert galley("clean", cwd=tmp_path).code == 0


def test_clean_does_not_trust_a_manifest_it_cannot_read(galley: Galley, tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    (tmp_path / "build/manifest.json").write_text('{"posts": [{"editions": 3}]}')
    done = galley("clean", cwd=tmp_path)
    assert done.code == 1
    assert "P010" in done.err
    assert (tmp_path / "build/manifest.json").exists()


def test_the_doctor_knows_versions_fonts_and_what_is_optional(galley: Galley) -> None:
    done = galley("doctor")
    assert done.code == 0, done.text
    for name in ("Galley", "Python", "WeasyPrint", "pandoc", "Pango", "Galley Serif", "cache"):
        assert name in done.out
    report = json.loads(galley("doctor", "--format", "json").out)
    assert report["ok"] is True
    states = {found["state"] for found in report["findings"]}
    assert states <= {"ok", "optional"}
    assert all(set(f) == {"group", "name", "state", "detail", "cure"} for f in report["findings"])


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, expected in (
        (["--version"], f"galley {__version__}"),
        (["--help"], "galley build posts -e pdf"),
        (["build", "--help"], "--set paper=letter"),
    ):
        with pytest.raises(SystemExit) as stop:
            main(arguments)
        assert stop.value.code == 0
        assert expected in capsys.readouterr().out
