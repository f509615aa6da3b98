"""Writing: whatever fails, every file is the old one or the new one, and no litter stays."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.press import files
from tests.conftest import TOP

OLD = {"a/one.html": b"old one", "a/two.pdf": b"old two", "three.epub": b"old three"}
NEW = {name: data.replace(b"old", b"new") * 3000 for name, data in OLD.items()}


def litter(folder: Path) -> list[str]:
    return [p.name for p in folder.rglob(f"{files.PREFIX}*")]


def test_writes_make_their_folders(tmp_path: Path) -> None:
    files.write_all(tmp_path, NEW)
    assert {name: (tmp_path / name).read_bytes() for name in NEW} == NEW
    assert not litter(tmp_path)


@pytest.mark.parametrize("call", ["write", "fsync", "replace", "open"])
@pytest.mark.parametrize("nth", [1, 2, 3])
def test_a_failing_nth_call_leaves_every_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, nth: int
) -> None:
    files.write_all(tmp_path, OLD)
    real, count = getattr(os, call), 0

    def failing(*arguments: object, **options: object) -> object:
        nonlocal count
        count += 1
        if count == nth:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(files.os, call, failing)
        with pytest.raises(OSError, match="No space left"):
            files.write_all(tmp_path, NEW)
    held = {name: (tmp_path / name).read_bytes() for name in OLD}
    assert all(data in (OLD[name], NEW[name]) for name, data in held.items())
    if call != "replace":
        assert held == OLD, "a full disk costs none of the old files"
    assert not litter(tmp_path)


WRITER = """
import sys
from pathlib import Path
from pipeline.press import files
n = 0
while True:
    n += 1
    files.write_all(Path(sys.argv[1]), {f"{i}.html": b"%09d" % n * 20000 for i in range(3)})
    print(n, flush=True)
"""


def test_a_killed_writer_leaves_whole_files_and_its_litter_is_swept(tmp_path: Path) -> None:
    for pause in (0.0, 0.002, 0.005, 0.009):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)],
            cwd=TOP,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(TOP)},
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(pause)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        for file in tmp_path.glob("*.html"):
            data = file.read_bytes()
            assert data == data[:9] * 20000, f"{file.name} is torn"
    files.sweep([tmp_path])
    assert not litter(tmp_path)


def test_the_sweep_spares_what_a_living_run_is_writing(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from pipeline.press import files\n"
        "files._write_aside(pathlib.Path(sys.argv[1]), b'x'); print('there', flush=True)\n"
        "sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(TOP)},
    )
    assert other.stdout
    assert other.stdin
    other.stdout.readline()
    files.sweep([tmp_path])
    assert len(litter(tmp_path)) == 1
    other.communicate()
    files.sweep([tmp_path])
    assert not litter(tmp_path)


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "a/../../x", "", "a\0b", "link/x"])
def test_nothing_outside_the_output_folder_is_removed(tmp_path: Path, path: str) -> None:
    out = tmp_path / "build"
    out.mkdir()
    (out / "link").symlink_to(tmp_path)
    (tmp_path / "x").write_text("mine")
    assert files.remove(out, [path]) == 0
    assert (tmp_path / "x").exists()


def test_empty_folders_go_with_their_last_file(tmp_path: Path) -> None:
    files.write_all(tmp_path, {"a/b/c/x.html": b"x", "a/y.html": b"y"})
    assert files.remove(tmp_path, ["a/b/c/x.html", "a/gone.html"]) == 1
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a", "y.html"]
