"""``galley fix`` end to end with real git: what is written, what is left, what a patch does."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from pipeline.press import patches
from tests.conftest import Finished, Galley

FRONT = (
    '---\ntitle:   "Moving a Piano"   # as we write it\nzeta: 1\nauthor: [A, B]\nalpha: 2\n---\n'
)
BODY = """
Two people can do it.



What Is a Piano?

It is a heavy thing with strings, and nobody has ever carried one upstairs with pleasure.

* one

* two

* three

How Is It Moved?

With care, with a board on wheels, and with more people than one thinks at first.
"""
FIXED = (
    BODY.replace("\n\n\n\n", "\n\n").replace("What Is", "## What Is").replace("How Is", "## How Is")
)


def git(folder: Path, *words: str, stdin: bytes | None = None) -> str:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "core.quotePath=false")
    done = subprocess.run(
        ["git", *identity, *words], cwd=folder, input=stdin, capture_output=True, check=True
    )
    return done.stdout.decode()


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A publication in git, with one post that wants mending."""
    write(tmp_path / "source/post.md", FRONT + BODY)
    (tmp_path / "galley.toml").touch()
    git(tmp_path, "init", "-q")
    commit(tmp_path)
    return tmp_path


def write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())
    return file


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "x", "--allow-empty")


def fix(galley: Galley, folder: Path, *words: str) -> Finished:
    return galley("fix", *words, cwd=folder)


def test_fix_changes_the_lines_that_a_repair_changes_and_nothing_else(
    galley: Galley, desk: Path
) -> None:
    done = fix(galley, desk)
    assert (done.code, done.err) == (0, "")
    assert done.out == "fixed source/post.md: N102, N204 x 2\n1 of 1 post fixed\n"
    assert (desk / "source/post.md").read_text() == FRONT + FIXED
    assert git(desk, "status", "--porcelain") == " M source/post.md\n"
    commit(desk)
    assert fix(galley, desk).out == "0 of 1 post fixed\n"


ODD = {
    "source/crlf.md": "\ufeff" + (FRONT + BODY).replace("\n", "\r\n"),
    "source/no end.md": FRONT + BODY.rstrip("\n"),
    "source/künye ve çıktı/şey.md": FRONT.replace("---", "+++").replace(": ", " = ").replace(
        '"   # as we write it', '"'
    ).replace("[A, B]", '["A", "B"]') + BODY,
    'source/a "quoted" \\ name.md': BODY,
    "source/tab\there.md": FRONT + BODY,
    "source/json.md": '{"title": "Moving"}' + BODY,
    "source/mixed.md": FRONT.replace("\n", "\r\n") + BODY,
    "source/mac.md": (FRONT + BODY).replace("\n", "\r"),
    "source/bold end.md": FRONT + "\nText of more than a few words, so that it is prose.\u00a0",
}  # fmt: skip


def test_what_diff_prints_git_apply_takes_and_comes_to_the_same(
    galley: Galley, desk: Path, tmp_path: Path
) -> None:
    for name, text in ODD.items():
        write(desk / name, text)
    commit(desk)
    before = {name: (desk / name).read_bytes() for name in ODD}
    done = galley("fix", "--diff", cwd=desk)
    assert (done.code, done.err) == (0, "")
    assert {name: (desk / name).read_bytes() for name in ODD} == before, "--diff writes nothing"
    git(desk, "apply", "--check", stdin=done.out.encode())
    git(desk, "apply", stdin=done.out.encode())
    applied = {name: (desk / name).read_bytes() for name in ODD}
    assert all(applied[name] != before[name] for name in ODD)
    git(desk, "checkout", "-q", ".")
    assert fix(galley, desk).code == 0
    assert {name: (desk / name).read_bytes() for name in ODD} == applied
    crlf = applied["source/crlf.md"]
    assert crlf.startswith(b"\xef\xbb\xbf---\r\n")
    assert crlf.count(b"\n") == crlf.count(b"\r\n")
    assert not applied["source/no end.md"].endswith(b"\n")
    assert applied["source/json.md"].startswith(b'{"title": "Moving"}')
    assert b"# as we write it\r\nzeta: 1\r\nauthor: [A, B]" in applied["source/mixed.md"]
    commit(desk)
    assert galley("fix", "--diff", cwd=desk).out == ""


def test_a_patch_made_in_a_folder_of_the_tree_is_applied_there(galley: Galley, desk: Path) -> None:
    inner = desk / "source"
    done = galley("fix", ".", "--diff", cwd=inner)
    assert "+++ b/post.md\n" in done.out
    git(inner, "apply", stdin=done.out.encode())
    assert (inner / "post.md").read_text() == FRONT + FIXED


def test_a_patch_of_a_folder_elsewhere_says_where_it_belongs(galley: Galley, desk: Path) -> None:
    elsewhere = desk.parent / (desk.name + "-elsewhere")
    elsewhere.mkdir()
    done = galley("fix", desk / "source", "--diff", cwd=elsewhere)
    assert f"apply this in {desk}" in done.err
    git(desk, "apply", stdin=done.out.encode())
    assert (desk / "source/post.md").read_text() == FRONT + FIXED


def test_outside_git_the_original_is_kept_and_never_written_over(
    galley: Galley, tmp_path: Path
) -> None:
    post = write(tmp_path / "post.md", FRONT + BODY)
    post.chmod(0o640)
    assert fix(galley, tmp_path, "post.md", "--only", "n102").code == 0
    middle = post.read_text()
    assert fix(galley, tmp_path, "post.md").code == 0
    assert post.read_text() == FRONT + FIXED
    assert post.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "post.md.orig").read_text() == FRONT + BODY
    assert (tmp_path / "post.md.orig.1").read_text() == middle
    assert fix(galley, tmp_path, "post.md").code == 0
    assert len(list(tmp_path.iterdir())) == 3


def test_a_file_that_git_does_not_hold_gets_its_orig_too(galley: Galley, desk: Path) -> None:
    write(desk / ".gitignore", "ignored.md\n*.orig\n")
    for name in ("ignored.md", "untracked.md"):
        write(desk / "source" / name, FRONT + BODY)
    assert fix(galley, desk).code == 0
    assert sorted(p.name for p in (desk / "source").glob("*.orig")) == [
        "ignored.md.orig", "untracked.md.orig",
    ]  # fmt: skip


def test_dirty_unwritable_and_foreign_files_are_left_alone_and_named(
    galley: Galley, desk: Path
) -> None:
    names = ("dirty", "staged", "locked")
    for name in names:
        write(desk / f"source/{name}.md", FRONT + BODY)
    outside = write(desk.parent / f"{desk.name}-outside.md", FRONT + BODY)
    (desk / "source/link.md").symlink_to(outside)
    (desk / "source/inner.md").symlink_to("post.md")
    git(desk, "add", "-A")
    git(desk, "rm", "-q", "--cached", "source/staged.md")
    git(desk, "commit", "-qm", "x")
    git(desk, "add", "source/staged.md")
    changed = write(desk / "source/dirty.md", FRONT + BODY + "\nMore.\n").read_bytes()
    (desk / "source/locked.md").chmod(0o444)
    done = fix(galley, desk)
    assert done.code == 1
    assert sorted(line.split(" error")[0] for line in done.err.splitlines()) == [
        "dirty.md: F001", "link.md: R014", "locked.md: F002", "staged.md: F001",
    ]  # fmt: skip
    assert (desk / "source/dirty.md").read_bytes() == changed
    assert outside.read_text() == (desk / "source/locked.md").read_text() == FRONT + BODY
    assert (desk / "source/inner.md").is_symlink()
    assert (desk / "source/post.md").read_text() == FRONT + FIXED
    assert "1 of 6 posts fixed, 3 left alone" in done.out


def test_a_link_out_of_the_publication_is_left_alone_when_named_too(
    galley: Galley, desk: Path
) -> None:
    outside = write(desk.parent / f"{desk.name}-named.md", FRONT + BODY)
    (desk / "source/link.md").symlink_to(outside)
    done = fix(galley, desk, "source/link.md")
    assert (done.code, "link.md: R014" in done.err) == (1, True)
    assert outside.read_text() == FRONT + BODY


def test_a_title_that_stands_in_the_text_only_stays_there(galley: Galley, tmp_path: Path) -> None:
    post = write(tmp_path / "post.md", "# Moving a Piano\n\nOne.\n\n\n\nTwo.\n")
    assert fix(galley, tmp_path, "post.md").code == 0
    assert post.read_text() == "# Moving a Piano\n\nOne.\n\nTwo.\n"
    other = write(tmp_path / "other.md", "---\ntitle: A\n---\n\n# A\n\nOne.\n")
    assert fix(galley, tmp_path, "other.md").code == 0
    assert "# A" not in other.read_text()


def test_a_choice_of_repairs(galley: Galley, desk: Path) -> None:
    def codes(*words: str) -> str:
        done = fix(galley, desk, "--diff", *words)
        return "".join(
            sign for sign in ("## What", "-\n") if f"+{sign}" in done.out or f"\n{sign}" in done.out
        )

    assert codes() == "## What-\n"
    assert codes("--only", "N102") == "-\n"
    assert codes("--skip", "N102,N101") == "## What"
    assert codes("--only", "N102", "--only", "N204", "--skip", "N204") == "-\n"
    assert codes("--min-confidence", "0.985") == "-\n"
    assert codes("--min-confidence", "1") == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--only", "N999"), "no repair has the code 'N999'"),
        (("--min-confidence", "2"), "no confidence"),
        (("--min-confidence", "much"), "no confidence"),
        (("--dif",), "did you mean --diff?"),
        (("nowhere",), "S001"),
    ],
)
def test_usage_ends_with_2(galley: Galley, desk: Path, words: tuple[str, ...], said: str) -> None:
    done = fix(galley, desk, *words)
    assert done.code == 2
    assert said in done.err


def test_a_post_that_cannot_be_read_does_not_stop_the_others(galley: Galley, desk: Path) -> None:
    (desk / "source/broken.md").write_bytes(b"caf\xe9\n")
    done = fix(galley, desk)
    assert done.code == 1
    assert "broken.md:1: R003" in done.err
    assert (desk / "source/post.md").read_text() == FRONT + FIXED


def test_a_folder_that_cannot_be_written_keeps_its_files(galley: Galley, desk: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    (desk / "source").chmod(0o555)
    done = fix(galley, desk)
    (desk / "source").chmod(0o755)
    assert (done.code, "F002" in done.err) == (1, True)
    assert (desk / "source/post.md").read_text() == FRONT + BODY


@pytest.mark.parametrize("before", [("a\n", "b\n", "c"), ("a",)])
@pytest.mark.parametrize("after", [("a\n", "c\n"), ("x\n", "b\n", "c"), ("a\n",)])
def test_any_two_texts_make_a_patch(
    tmp_path: Path, before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    file = write(tmp_path / "f", "".join(before))
    diff = patches.unified("f", before, after, ())
    assert bool(diff) == (before != after)
    if diff:
        git(tmp_path, "apply", stdin=diff.encode())
    assert file.read_text() == "".join(after)
