"""The Makefile hands its values over as they were typed, and set-up stops with a cure."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline import bootstrap, system
from tests.conftest import TOP

MAKEFILE = TOP / "Makefile"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the Makefile and a ``galley`` that prints its arguments, one a line."""
    shutil.copy(MAKEFILE, tmp_path)
    command = tmp_path / ".venv" / "bin" / "galley"
    command.parent.mkdir(parents=True)
    command.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return tmp_path


def make(folder: Path, *arguments: str) -> list[str]:
    done = subprocess.run(
        ["make", "-s", "SET_UP=true", *arguments],
        cwd=folder,
        env={k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_make_alone_builds_every_edition_of_source(desk: Path) -> None:
    assert make(desk) == ["build", "--", "source"]


@pytest.mark.parametrize("edition", ["pdf", "epub", "html"])
def test_an_edition_has_its_target(desk: Path, edition: str) -> None:
    assert make(desk, edition) == ["build", "-e", edition, "--", "source"]


@pytest.mark.parametrize("verb", ["check", "fix"])
def test_check_and_fix_take_the_source(desk: Path, verb: str) -> None:
    assert make(desk, verb, "SOURCE=my posts") == [verb, "--", "my posts"]


def test_the_settings_of_make_become_options(desk: Path) -> None:
    made = make(desk, "pdf", "OUT=proofs", "JOBS=3", "PAPER=letter", "SOURCE=posts")
    options = ["-o", "proofs", "--jobs", "3", "--set", "paper=letter", "-e", "pdf"]
    assert made == ["build", *options, "--", "posts"]


@pytest.mark.parametrize(
    "folder",
    [
        "my posts",
        "a'b\"c",
        "$HOME/x",
        "$(shell touch ran)",
        "`date`",
        "a;b&c|d",
        "künye ve çıktı",
        "-e",
    ],
)
def test_a_folder_may_be_called_anything(desk: Path, folder: str) -> None:
    made = make(desk, "html", f"SOURCE={folder}", f"OUT={folder}")
    assert made == ["build", "-o", folder, "-e", "html", "--", folder]
    assert not (desk / "ran").exists()


def test_clean_before_anything_was_set_up_sets_nothing_up(tmp_path: Path) -> None:
    shutil.copy(MAKEFILE, tmp_path)
    assert make(tmp_path, "clean") == ["Nothing has been built here."]


def test_help_names_every_target_and_no_other() -> None:
    text = MAKEFILE.read_text(encoding="utf-8")
    phony = re.search(r"\.PHONY: (.*?)\n\n", text, re.DOTALL)
    assert phony is not None
    targets = set(phony[1].replace("\\\n", " ").split())
    inner = {"environment", "dev", "python", "all", "help"}
    named = set(re.findall(r"\bmake ([a-z][a-z-]*)", "\n".join(make(TOP, "help"))))
    assert named == targets - inner


def test_the_makefile_passes_folders_never_file_names() -> None:
    assert "wildcard" not in MAKEFILE.read_text(encoding="utf-8")


def test_set_up_without_rights_prints_the_one_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "_read_stamp", dict)
    monkeypatch.setattr(system, "missing", lambda: system.NEEDS)
    monkeypatch.setattr(system, "manager", lambda: "apt")
    monkeypatch.setattr(system, "may_install", lambda: None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert bootstrap.main([]) == 2
    told = capsys.readouterr().err
    assert re.search(
        r"^    sudo apt-get install -y --no-install-recommends python3(\.\d+)?-venv "
        r"libpango-1\.0-0 libpangoft2-1\.0-0 libharfbuzz-subset0$",
        told,
        re.MULTILINE,
    )


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Set-up in an empty folder, where each step only writes down its name."""
    done: list[str] = []

    def make_environment() -> None:
        done.append("environment")
        for name in ("python", "galley"):
            (tmp_path / "bin").mkdir(exist_ok=True)
            (tmp_path / "bin" / name).touch()

    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / "stamp.json")
    monkeypatch.setattr(bootstrap, "_bring_system_libraries", lambda: done.append("libraries"))
    monkeypatch.setattr(bootstrap, "_make_environment", make_environment)
    for name in ("runtime", "dev"):
        monkeypatch.setitem(bootstrap._STEPS, name, lambda name=name: done.append(name))
    return done


def test_a_second_set_up_does_none_of_it_again(steps: list[str]) -> None:
    assert bootstrap.set_up(dev=False)
    assert steps == ["libraries", "environment", "runtime"]
    assert not bootstrap.set_up(dev=False)
    assert bootstrap.set_up(dev=True)
    assert steps == ["libraries", "environment", "runtime", "dev"]
    assert not bootstrap.set_up(dev=True)
    assert not bootstrap.set_up(dev=False)


@pytest.mark.parametrize(
    ("changed", "again"),
    [
        ("base", ["libraries", "environment", "runtime"]),
        ("runtime", ["runtime"]),
        ("dev", []),
    ],
)
def test_set_up_does_again_what_a_change_touches(
    steps: list[str], monkeypatch: pytest.MonkeyPatch, changed: str, again: list[str]
) -> None:
    bootstrap.set_up(dev=True)
    steps.clear()
    before = bootstrap._fingerprints()
    monkeypatch.setattr(bootstrap, "_fingerprints", lambda: {**before, changed: "another"})
    bootstrap.set_up(dev=False)
    assert steps == again


def test_set_up_that_was_cut_short_goes_on(steps: list[str]) -> None:
    bootstrap.set_up(dev=False)
    (bootstrap.VENV / "bin" / "galley").unlink()
    steps.clear()
    bootstrap.set_up(dev=False)
    assert steps == ["runtime"]


@pytest.mark.parametrize(
    ("manager", "command"),
    [
        ("dnf", "sudo dnf install -y python3 pango harfbuzz"),
        ("brew", "brew install python pango harfbuzz"),
    ],
)
def test_each_system_has_its_command(
    monkeypatch: pytest.MonkeyPatch, manager: str, command: str
) -> None:
    monkeypatch.setattr(system, "manager", lambda: manager)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert system.cure(system.NEEDS) == command


def test_an_unknown_system_is_told_the_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "manager", lambda: None)
    assert system.cure(system.NEEDS).endswith(": venv, Pango, PangoFT2, HarfBuzz-Subset")


def test_this_machine_lacks_nothing() -> None:
    assert system.missing() == ()
