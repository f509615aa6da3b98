"""``galley check``: what it finds, in its three forms, and when it ends with 1."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.commands import findings
from pipeline.commands.findings import Finding
from pipeline.model import Diagnostic, Repair
from tests.conftest import TOP, Galley
from tests.test_fix import BODY, FRONT, write

PLAIN = "---\ntitle: Plain\n---\n\nNothing is wrong here.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    write(tmp_path / "galley.toml", "")
    write(tmp_path / "source/tr/post.md", FRONT + BODY)
    write(tmp_path / "source/plain.md", PLAIN)
    return tmp_path


def test_a_finding_says_where_what_and_how_sure(galley: Galley, desk: Path) -> None:
    done = galley("check", cwd=desk)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    place = re.compile(r"source/tr/post\.md:12: N204 warning: plain titles, made, 0\.\d\d: ")
    (number,) = (n for n, line in enumerate(lines) if place.match(line))
    assert re.search(r" - N204:[0-9a-f]{8} in source/tr/post\.md$", lines[number])
    assert lines[number + 1 : number + 3] == [
        "    - What Is a Piano?", "    + ## What Is a Piano?",
    ]  # fmt: skip
    assert lines[-1] == "2 posts checked: 3 repairs made"
    assert "\x1b" not in done.out
    assert not (desk / "build").exists()


def test_strict_asks_for_what_changes_structure_only(galley: Galley, desk: Path) -> None:
    assert galley("check", "--strict", cwd=desk).code == 1
    assert galley("check", "--strict", "source/plain.md", cwd=desk).code == 0
    blanks = write(desk / "source/blanks.md", PLAIN + "\n\n\n\nMore.\n")
    done = galley("check", "--strict", blanks, cwd=desk)
    assert "N102 info" in done.out
    assert done.code == 0
    assert galley("fix", cwd=desk).code == 0
    assert galley("check", "--strict", cwd=desk).code == 0


def test_a_post_that_cannot_be_read_is_an_error_without_strict_too(
    galley: Galley, desk: Path
) -> None:
    (desk / "source/broken.md").write_bytes(b"caf\xe9\n")
    done = galley("check", cwd=desk)
    assert done.code == 1
    assert "source/broken.md:1: R003 error: " in done.out
    assert "source/tr/post.md:12: N204" in done.out


def test_warnings_of_reading_are_told(galley: Galley, desk: Path) -> None:
    write(desk / "source/untitled.md", "---\ndate: soon\n---\n\nWords.\n")
    done = galley("check", "--strict", "source/untitled.md", cwd=desk)
    assert done.code == 1
    assert re.search(r"^source/untitled\.md:2: R022 warning: ", done.out, re.M)


def test_json_is_one_object_of_the_shape_that_is_documented(galley: Galley, desk: Path) -> None:
    done = galley("check", "--strict", "--format", "json", cwd=desk)
    assert done.code == 1
    told = json.loads(done.out)
    assert list(told) == ["version", "ok", "counts", "findings"]
    assert (told["version"], told["ok"]) == (1, False)
    assert told["counts"]["posts"] == 2
    assert told["counts"]["made"] == len(told["findings"]) == 3
    title = next(f for f in told["findings"] if f["code"] == "N204")
    assert list(title) == [
        "code", "severity", "message", "path", "line", "hint", "file", "state", "repair",
    ]  # fmt: skip
    assert (title["path"], title["file"]) == ("tr/post.md", "source/tr/post.md")
    assert title["state"] == "made"
    repair = title["repair"]
    assert list(repair) == [
        "code", "rule", "repair", "confidence", "first_line", "last_line", "before", "after",
        "reason",
    ]  # fmt: skip
    assert repair["after"] == ["## What Is a Piano?"]
    page = (TOP / "docs/repairs.md").read_text(encoding="utf-8")
    for key in (*told, *told["counts"], *title, *repair):
        assert f"`{key}`" in page, key


def test_github_gets_annotations(galley: Galley, desk: Path) -> None:
    done = galley("check", "--format", "github", cwd=desk)
    (title,) = (line for line in done.out.splitlines() if "What Is a Piano" in line)
    assert title.startswith("::warning file=source/tr/post.md,line=12,title=N204::plain titles")
    assert title.endswith("%0A- What Is a Piano?%0A+ ## What Is a Piano?")
    assert all(line.startswith(("::warning ", "::notice ")) for line in done.out.splitlines())


def test_annotations_escape_as_github_asks() -> None:
    note = Diagnostic("N204", "warning", "100 %, a: b\nc", "p", 3)
    repair = Repair("N204", 0.9, 3, 4, ("50%", "x,y"), ("# \x07",), "")
    line = findings.annotation(Finding(note, "a,b: 1%.md", repair, "made"))
    assert line == (
        "::warning file=a%2Cb%3A 1%25.md,line=3,endLine=4,title=N204"
        "::100 %25, a: b%0Ac%0A- 50%25%0A- x,y%0A+ # \ufffd"
    )
    error = findings.annotation(Finding(Diagnostic("R001", "error", "no"), "a.md"))
    assert error == "::error file=a.md,title=R001::no"


def test_usage_ends_with_2(galley: Galley, desk: Path) -> None:
    assert galley("check", "--format", "xml", cwd=desk).code == 2
    nowhere = galley("check", "nowhere", cwd=desk)
    assert (nowhere.code, nowhere.out) == (2, "")
    assert "S001" in nowhere.err
    write(desk / "galley.toml", "[repairs]\nthreshold = 7\n")
    assert "S006" in galley("check", cwd=desk).err


def on_a_terminal(desk: Path, **variables: str) -> str:
    """What ``galley check`` prints on a terminal."""
    try:
        inner, outer = pty.openpty()
    except OSError as error:
        pytest.skip(f"this machine gives out no terminals: {error}")
    environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
    with subprocess.Popen(
        [sys.executable, "-m", "pipeline", "check"], cwd=desk, stdout=outer, close_fds=True,
        env=environment | {"PYTHONPATH": str(TOP), "TERM": "xterm"} | variables,
    ) as process:  # fmt: skip
        os.close(outer)
        parts = []
        while True:
            try:
                part = os.read(inner, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            parts.append(part)
        process.wait(60)
    os.close(inner)
    return b"".join(parts).decode()


def test_colour_on_a_terminal_unless_it_is_unwelcome(desk: Path) -> None:
    coloured = on_a_terminal(desk)
    assert "\x1b[32m    + ## What Is a Piano?\x1b[0m" in coloured
    plain = on_a_terminal(desk, NO_COLOR="1")
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain
