"""``galley build`` as an editor and a program meet it: exit codes, words, streams, bytes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from pipeline.editions import EDITIONS
from tests.conftest import TOP, Galley

POST = "---\ntitle: A post\ndate: 2024-05-06\nurl: https://example.org/{0}\n---\n\nWords of {0}.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder to stand in, with two posts in ``source/``."""
    (tmp_path / "source").mkdir()
    for name in ("one", "two"):
        (tmp_path / f"source/{name}.md").write_text(POST.format(name), encoding="utf-8")
    return tmp_path


def test_the_defaults_are_source_build_and_three_editions(galley: Galley, folder: Path) -> None:
    done = galley("build", cwd=folder)
    assert done.code == 0, done.text
    assert sorted(p.name for p in (folder / "build").iterdir() if p.is_file()) == sorted(
        ["manifest.json", *(f"{n}.{e}" for n in ("one", "two") for e in ("html", "pdf", "epub"))]
    )
    assert "2 built, 0 unchanged, 0 skipped, 0 failed" in done.out
    assert "files in build/" in done.out
    manifest = json.loads((folder / "build/manifest.json").read_text())
    page = manifest["posts"][0]["editions"]["pdf"]
    assert page["path"] == "one.pdf"
    assert page["bytes"] == (folder / "build/one.pdf").stat().st_size
    assert page["pages"] == 1
    assert manifest["posts"][0]["editions"]["html"]["pages"] is None


USAGE = {
    "missing folder": (["build", "nowhere"], "nowhere", "check the spelling"),
    "missing source": (["build"], "source", "galley new FOLDER"),
    "folder without posts": (["build", "empty"], "empty holds no posts", ".md"),
    "not a post": (["build", "note.txt"], "note.txt is not a post", ".md"),
    "wrong flag": (["build", "--strickt"], "--strickt", "did you mean --strict?"),
    "wrong flag of a verb": (["clean", "--all"], "--all", "galley clean --help"),
    "wrong verb": (["biuld"], "biuld", "galley --help"),
    "no verb": ([], "COMMAND", "galley --help"),
    "unknown edition": (["build", "posts", "-e", "pfd"], "'pfd'", "did you mean pdf?"),
    "no job count": (["build", "--jobs", "0"], "'0'", "1 or more"),
    "odd assignment": (["build", "posts", "--set", "papper=a4"], "'papper'", "paper"),
    "assignment without a value": (
        ["build", "posts", "--set", "paper"],
        "KEY=VALUE",
        "paper=letter",
    ),
    "wrong value": (["build", "posts", "--set", "paper=b5"], "S006 error: --set: no paper", "a4"),
    "wrong part": (
        ["build", "posts", "--set", "look.acent=1"],
        "--set: there is no",
        "look.accent",
    ),
    "wrong limit": (["build", "posts", "--set", "limits.post_bytes=-1"], "post_bytes", "1 or more"),
    "no address": (["build", "posts", "--set", "base_url=ftp://x"], "ftp://x", "https://"),
    "normalize nothing": (["normalize", "nowhere.md"], "nowhere.md", "one Markdown file"),
}


@pytest.mark.parametrize("case", USAGE)
def test_a_usage_mistake_is_one_line_with_its_cure(
    galley: Galley, tmp_path: Path, case: str
) -> None:
    arguments, what, cure = USAGE[case]
    (tmp_path / "empty").mkdir()
    (tmp_path / "note.txt").write_text("x")
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/a.md").write_text(POST.format("a"))
    done = galley(*arguments, cwd=tmp_path)
    assert done.code == 2
    assert len(done.err.splitlines()) == 1, done.err
    assert what in done.err
    assert cure in done.err
    assert done.out == ""
    assert not (tmp_path / "build").exists(), "nothing is made on the way to a usage error"


TOML = {
    "broken": ("title = \n", "galley.toml:1: S004"),
    "unknown key": ("papper = 'a4'\n", "did you mean 'paper'?"),
    "wrong kind": ("editions = 3\n", "S006"),
    "no edition": ("editions = []\n", "S006"),
    "no language": ('language = "klingon"\n', "S006"),
    "unknown edition": ("editions = ['html', 'pfd']\n", "did you mean pdf?"),
    "unknown paper": ("paper = 'a3000'\n", "letter"),
}


@pytest.mark.parametrize("case", TOML)
def test_a_broken_galley_toml_is_one_line_with_its_cure(
    galley: Galley, folder: Path, case: str
) -> None:
    text, said = TOML[case]
    (folder / "galley.toml").write_text(text)
    done = galley("build", "-e", "html", cwd=folder)
    assert done.code == 2
    assert said in done.err
    assert len(done.err.splitlines()) == 1


def test_one_missing_path_does_not_stop_the_others(galley: Galley, folder: Path) -> None:
    done = galley("build", "nowhere", "source/one.md", "-e", "html", "source/two.md", cwd=folder)
    assert done.code == 2
    assert (folder / "build/one.html").is_file()
    assert (folder / "build/two.html").is_file()


def test_json_lines_tell_the_whole_run(galley: Galley, folder: Path) -> None:
    (folder / "source/bad.md").write_bytes(b"\xff\xfe")
    done = galley("build", "-e", "html", "--format", "json", cwd=folder)
    assert done.code == 1
    events = done.events
    assert [event["event"] for event in events] == ["start", *["post"] * 3, "summary"]
    assert events[0]["posts"] == 3
    posts = {event["source"]: event for event in events[1:4]}
    assert posts["bad.md"]["status"] == "failed"
    keys = {"code", "severity", "message", "path", "line", "hint"}
    assert set(posts["bad.md"]["diagnostics"][0]) == keys  # type: ignore[index]
    assert posts["one.md"]["editions"]["html"]["path"] == "one.html"  # type: ignore[index]
    summary = events[-1]
    assert (summary["built"], summary["failed"], summary["exit_code"]) == (2, 1, 1)
    again = galley("build", "-e", "html", "--format", "json", cwd=folder).events
    assert {e["source"]: e["status"] for e in again if e["event"] == "post"} == {
        "bad.md": "failed",
        "one.md": "unchanged",
        "two.md": "unchanged",
    }
    refused = galley("build", "-e", "pfd", "--format", "json", cwd=folder)
    assert refused.code == 2
    assert [event["event"] for event in refused.events] == ["diagnostic", "summary"]


def test_quiet_says_nothing_when_all_is_well_and_errors_when_not(
    galley: Galley, folder: Path
) -> None:
    (folder / "source/one.md").write_text(POST.format("one") + "\n![none](/images/none.png)\n")
    done = galley("build", "-e", "html", "--quiet", cwd=folder)
    assert (done.code, done.text) == (0, "")
    (folder / "source/two.md").write_bytes(b"\xff\xfe")
    done = galley("build", "-e", "html", "--quiet", cwd=folder)
    assert done.code == 1
    assert done.out == ""
    assert len(done.err.splitlines()) == 1


def test_only_pdf_needs_pango(folder: Path) -> None:
    """On a system without it: HTML and EPUB come out, PDF is refused with the command."""
    code = (
        "import sys; from pipeline import system\n"
        "system._loads = lambda name: False\n"
        "from pipeline.cli import main; sys.exit(main())"
    )

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", code, *arguments],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(TOP)},
            capture_output=True,
            text=True,
            check=False,
        )

    assert run("build", "-e", "html").returncode == 0
    refused = run("build", "-e", "pdf")
    assert refused.returncode == 2
    assert "S010" in refused.stderr
    assert "ango" in refused.stderr.split(" - ")[1], "the cure names the package"
    doctor = run("doctor")
    assert doctor.returncode == 2
    assert "MISSING Pango" in doctor.stdout


RICH = """
Lead, in a fine fit, with a note.[^1]

<!--more-->

## Tables and formulas

| Year | Copies |
|---|---|
| 2023 | 980 |
| 2024 | 12,400 |

Inline $a^2$, a [link](https://example.org/ı), `--option` and a picture:

![A square](square.png "Its caption")

```python
print("İstanbul")  # ışık
```

- [x] done

[^1]: Here it is.
"""


def test_neither_place_zone_locale_time_nor_jobs_show_in_the_bytes(
    galley: Galley, folder: Path, tmp_path: Path
) -> None:
    post = POST.format("üç").replace("A post", "Finding a fine fit") + RICH
    (folder / "source/üç.md").write_text(post, encoding="utf-8")
    Image.new("RGB", (40, 40), (122, 46, 29)).save(folder / "source/square.png")
    away = tmp_path / "başka bir yer" / "deeper"
    shutil.copytree(folder, away, ignore=shutil.ignore_patterns("başka*"))
    build = ("build", "-e", ",".join(EDITIONS), "-o", "out", "--jobs")
    here = galley(*build, "1", cwd=folder, TZ="Pacific/Auckland", PYTHONHASHSEED="1")
    time.sleep(1.1)  # a clock that leaks leaks its seconds
    there = galley(
        *build, "3", cwd=away, TZ="America/St_Johns", LC_ALL="tr_TR.UTF-8", PYTHONHASHSEED="2"
    )
    assert (here.code, there.code) == (0, 0), here.text + there.text
    ours, theirs = (
        {p.relative_to(root): p.read_bytes() for p in (root / "out").glob("[!.]*.*")}
        for root in (folder, away)
    )
    assert len(ours) == 3 * len(EDITIONS) + 1  # and the manifest
    assert ours.keys() == theirs.keys()
    assert [p for p in ours if ours[p] != theirs[p]] == []


def test_two_builds_at_once_lose_nothing(folder: Path) -> None:
    for number in range(4):
        (folder / f"source/{number}.md").write_text(POST.format(number))
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "pipeline", "build", "-q", "-e", edition, "--jobs", "1"],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(TOP)},
        )
        for edition in ("html", "epub", "html")
    ]
    assert [run.wait() for run in runs] == [0, 0, 0]
    posts = json.loads((folder / "build/manifest.json").read_text())["posts"]
    assert [sorted(post["editions"]) for post in posts] == [["epub", "html"]] * 6
    assert not list((folder / "build").rglob("*.tmp"))


def test_an_interrupt_ends_with_130_and_a_manifest(folder: Path) -> None:
    for number in range(30):
        (folder / f"source/{number}.md").write_text(POST.format(number))
    run = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "build", "-e", "html", "--jobs", "2"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(TOP)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stdout is not None
    run.stdout.readline()
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=60)
    assert run.returncode == 130
    assert "Traceback" not in said
    posts = json.loads((folder / "build/manifest.json").read_text())["posts"]
    listed = {out["path"] for post in posts for out in post["editions"].values()}
    assert listed == {p.name for p in (folder / "build").glob("*.html")}


def test_a_reader_that_goes_away_does_not_stop_the_work(folder: Path) -> None:
    line = f"{sys.executable} -m pipeline build -e html | true"
    done = subprocess.run(
        ["sh", "-c", line],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(TOP)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert (folder / "build/two.html").is_file()


def test_nothing_to_do_loads_no_engine(folder: Path) -> None:
    def run(*python: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *python, "-m", "pipeline", "build", "-e", "html"],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(TOP)},
            capture_output=True,
            text=True,
            check=True,
        )

    run()
    done = run("-X", "importtime")
    assert "2 unchanged" in done.stdout
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    heavy = {
        "weasyprint", "jinja2", "ebooklib", "yaml", "lxml", "pebble", "rich", "babel",
        "markdown_it", "fontTools", "pikepdf", "importlib.metadata",
    }  # fmt: skip
    assert loaded & heavy == set()


def test_file_names_may_hold_anything(galley: Galley, folder: Path) -> None:
    names = (b";touch PWN;.md", b"a\nb.md", b"\xff.md", "ü 'q' $(x).md".encode())
    for name in names:
        (folder / "source" / os.fsdecode(name)).write_text("Words.\n")
    done = galley("build", "-e", "html", cwd=folder)
    assert done.code == 0, done.text
    assert "6 built" in done.out
    assert not (folder / "PWN").exists()
    (folder / "source" / os.fsdecode(b"\xfe.md")).write_text("Words.\n")
    done = galley("build", "-e", "html", cwd=folder)
    assert done.code == 2
    assert "S013" in done.err
    assert "6 unchanged" in done.out
