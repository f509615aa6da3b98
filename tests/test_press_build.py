"""A build does what is due and no more: each test changes one thing and builds again."""

from __future__ import annotations

import json
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline import convert
from pipeline.diagnostics import Fault
from pipeline.model import Diagnostic
from pipeline.press import (
    Event,
    Finished,
    Noted,
    Order,
    Summary,
    build,
    files,
    fingerprints,
    workers,
)
from pipeline.press import stages as stages_module

POST = "---\ntitle: {title}\ndate: 2024-05-06\nauthor: Ada Lovelace\n---\n\n{body}\n"


@dataclass
class Desk:
    """A publication in a folder of its own."""

    root: Path
    events: list[Event]

    @property
    def out(self) -> Path:
        return self.root / "build"

    def write(self, path: str, body: str = "Some words.", title: str = "A title") -> Path:
        file = self.root / "source" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(POST.format(title=title, body=body), encoding="utf-8")
        return file

    def build(self, *paths: str, editions: tuple[str, ...] = ("html",), **more: Any) -> Summary:
        self.events.clear()
        given = tuple(self.root / path for path in paths or ("source",))
        options: dict[str, Any] = {"jobs": 1} | more
        order = Order(given, self.out, editions, **options)
        return build(order, self.events.append)

    def told(self) -> dict[str, str]:
        return {e.source: e.status for e in self.events if isinstance(e, Finished)}

    def notes(self) -> list[Diagnostic]:
        found = [n for e in self.events if isinstance(e, Finished) for n in e.diagnostics]
        return found + [e.diagnostic for e in self.events if isinstance(e, Noted)]

    def codes(self) -> set[str]:
        return {note.code for note in self.notes()}

    def manifest(self) -> dict[str, dict[str, Any]]:
        data = json.loads((self.out / "manifest.json").read_text(encoding="utf-8"))
        return {post["source"]: post for post in data["posts"]}

    def built(self) -> list[str]:
        return sorted(
            p.relative_to(self.out).as_posix()
            for p in self.out.rglob("*")
            if p.is_file() and p.suffix in (".html", ".pdf", ".epub")
        )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "static/images").mkdir(parents=True)
    return Desk(tmp_path, [])


# Nothing to do, and what makes something to do -------------------------------------------------


def test_what_would_come_out_as_it_stands_is_left_alone(desk: Desk) -> None:
    desk.write("a.md")
    desk.write("tr/b.md")
    assert desk.build().built == 2
    stamp = {p: p.stat().st_mtime_ns for p in desk.out.rglob("*") if p.is_file()}
    assert desk.build().unchanged == 2
    assert desk.told() == {"a.md": "unchanged", "tr/b.md": "unchanged"}
    assert {p: p.stat().st_mtime_ns for p in stamp} == stamp
    assert desk.manifest()["a.md"]["status"] == "built", "the manifest says what stands"


def test_a_change_of_content_counts_whatever_the_clock_says(desk: Desk) -> None:
    file = desk.write("a.md")
    desk.build()
    desk.write("a.md", "Other words.")
    os.utime(file, (0, 0))
    assert desk.build().built == 1
    file.touch()
    assert desk.build().unchanged == 1


def test_a_damaged_or_removed_output_is_made_again(desk: Desk) -> None:
    desk.write("a.md")
    desk.build()
    page = desk.out / "a.html"
    good = page.read_bytes()
    page.write_bytes(good[:100])
    assert desk.build().built == 1
    page.unlink()
    assert desk.build().built == 1
    assert page.read_bytes() == good


def test_an_image_that_appears_or_changes_is_noticed(desk: Desk) -> None:
    desk.write("a.md", "![A dot](/images/dot.svg)")
    picture = desk.root / "static/images/dot.svg"
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{0}"/>'
    desk.build()
    picture.write_text(svg.format(9))
    assert desk.build().built == 1
    picture.write_text(svg.format(8))
    assert desk.build().built == 1
    assert desk.build().unchanged == 1
    picture.unlink()
    assert desk.build().built == 1


def test_settings_assignments_and_templates_are_part_of_the_fingerprint(desk: Desk) -> None:
    desk.write("a.md")
    desk.build()
    (desk.root / "galley.toml").write_text('[look]\naccent = "#123456"\n')
    assert desk.build().built == 1
    assert desk.build(assignments=("rights=CC0",)).built == 1
    assert desk.build().built == 1
    (desk.root / "templates/html").mkdir(parents=True)
    (desk.root / "templates/html/unused.css").write_text("/* a template file more */")
    assert desk.build().built == 1
    assert desk.build().unchanged == 1


# Only what was asked for -----------------------------------------------------------------------


def test_one_post_and_one_edition_leave_the_rest_as_it_stands(desk: Desk) -> None:
    desk.write("a.md")
    desk.write("b.md")
    desk.build(editions=("html", "epub"))
    before = {name: (desk.out / name).read_bytes() for name in desk.built()}
    desk.write("a.md", "Changed.")
    desk.write("b.md", "Changed.")
    desk.build("source/a.md", editions=("html",))
    changed = {n for n in before if (desk.out / n).read_bytes() != before[n]}
    assert changed == {"a.html"}
    assert sorted(desk.manifest()["a.md"]["editions"]) == ["epub", "html"]
    assert sorted(desk.manifest()["b.md"]["editions"]) == ["epub", "html"]


def test_outputs_go_when_their_source_is_gone_from_that_folder(desk: Desk) -> None:
    desk.write("sub/a.md")
    gone = desk.write("sub/deep/b.md")
    desk.build()
    gone.unlink()
    desk.build("source/sub/a.md")
    assert "sub/deep/b.html" in desk.built(), "one file says nothing of the others"
    assert desk.build().removed == 1
    assert desk.built() == ["a.html", "sub/a.html"]
    assert not (desk.out / "sub/deep").exists()
    assert set(desk.manifest()) == {"a.md", "sub/a.md"}


def test_a_folder_that_cannot_be_looked_into_is_not_taken_for_gone(desk: Desk) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may look everywhere")
    desk.write("a.md")
    desk.write("sub/b.md")
    desk.build()
    (desk.root / "source/sub").chmod(0)
    try:
        desk.build()
    finally:
        (desk.root / "source/sub").chmod(0o755)
    assert "sub/b.html" in desk.built()


def test_a_new_slug_moves_the_output(desk: Desk) -> None:
    file = desk.write("a.md")
    desk.build()
    file.write_text("---\ntitle: T\nslug: other\n---\n\nWords.\n")
    desk.build()
    assert desk.built() == ["other.html"]


def test_two_posts_may_swap_their_slugs(desk: Desk) -> None:
    a, b = desk.write("a.md", "Of a."), desk.write("b.md", "Of b.")
    desk.build()
    a.write_text("---\ntitle: T\nslug: b\n---\n\nOf a.\n")
    b.write_text("---\ntitle: T\nslug: a\n---\n\nOf b.\n")
    assert desk.build().built == 2
    assert "Of a." in (desk.out / "b.html").read_text()
    assert "Of b." in (desk.out / "a.html").read_text()


# Skipped, failed -------------------------------------------------------------------------------


def test_drafts_and_future_posts_wait_unless_asked_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.write("a.md").write_text("---\ntitle: T\ndraft: true\n---\n\nx\n")
    desk.write("b.md").write_text("---\ntitle: T\ndate: 2019-02-03\n---\n\nx\n")
    desk.write("c.md").write_text("---\ntitle: T\ndate: 2098-02-03\n---\n\nx\n")
    summary = desk.build()
    assert (summary.built, summary.skipped, summary.exit_code) == (1, 2, 0)
    reasons = {name: post["reason"] for name, post in desk.manifest().items()}
    assert reasons == {"a.md": "draft", "b.md": None, "c.md": "future-dated: 2098-02-03"}
    assert desk.build(drafts=True).built == 2
    assert desk.build().skipped == 2
    assert desk.built() == ["a.html", "b.html", "c.html"], "skipping takes nothing away"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")
    assert desk.build().skipped == 3
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(Fault, match="SOURCE_DATE_EPOCH"):
        desk.build()


BAD = {
    "yaml.md": b"---\ntitle: [unclosed\n---\n\nx\n",
    "unclosed.md": b"---\ntitle: T\nx\n",
    "latin.md": b"---\ntitle: T\n---\n\ncaf\xe9\n",
    "utf16.md": "---\ntitle: T\n---\n".encode("utf-16"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_post_is_named_with_place_and_cure_and_the_others_are_built(
    desk: Desk, name: str
) -> None:
    desk.write("good.md")
    (desk.root / "source" / name).write_bytes(BAD[name])
    summary = desk.build()
    assert (summary.built, summary.failed, summary.exit_code) == (1, 1, 1)
    errors = [note for note in desk.notes() if note.severity == "error"]
    assert errors
    assert errors[0].path == name
    assert errors[0].line
    assert errors[0].hint
    assert desk.manifest()[name]["status"] == "failed"


def test_pipes_devices_and_links_out_of_the_publication_cost_only_their_post(desk: Desk) -> None:
    desk.write("good.md", "![a](pipe.png) ![b](zero.png) ![c](secret.png)")
    secret = desk.root.parent / f"{desk.root.name}-secret.md"
    secret.write_text("the secret", encoding="utf-8")
    folder = desk.root / "source"
    (desk.root / "galley.toml").touch()
    for kind in ("md", "png"):
        os.mkfifo(folder / f"pipe.{kind}")
        (folder / f"zero.{kind}").symlink_to("/dev/zero")
        (folder / f"secret.{kind}").symlink_to(secret)
    (folder / "round.md").symlink_to("round.md")
    (folder / "inside.md").symlink_to("good.md")
    for _ in range(2):  # again with what is known of the first time
        summary = desk.build()
        assert summary.failed == 4
        assert summary.built + summary.unchanged == 2
        told = {n.path: n.code for n in desk.notes() if n.severity == "error"}
        assert told == {
            "pipe.md": "R002", "zero.md": "R014", "secret.md": "R014", "round.md": "R001"
        }  # fmt: skip
    assert not any(b"the secret" in file.read_bytes() for file in _files(desk.out))
    digest = fingerprints.file_digest(secret)
    assert digest is not None
    assert digest.encode() not in (desk.out / ".galley/ledger.json").read_bytes()


@pytest.mark.parametrize("name", ["_index.md", ".hidden.md", "notes.txt"])
def test_a_file_that_is_no_post_is_none_when_named_either(desk: Desk, name: str) -> None:
    desk.write(name)
    assert desk.build(f"source/{name}").exit_code == 2
    assert desk.codes() == {"S002"}


def test_a_failed_post_keeps_its_last_good_outputs(desk: Desk) -> None:
    file = desk.write("a.md", title="The good title")
    desk.build(editions=("html", "epub"))
    good = {name: (desk.out / name).read_bytes() for name in desk.built()}
    file.write_bytes(b"---\ntitle: x\n---\n\n\xff\n")
    assert desk.build().exit_code == 1
    assert {name: (desk.out / name).read_bytes() for name in desk.built()} == good
    entry = desk.manifest()["a.md"]
    assert entry["status"] == "failed"
    assert sorted(entry["editions"]) == ["epub", "html"]
    assert entry["record"]["title"] == "The good title"
    desk.write("a.md", title="The good title")
    assert desk.build().built == 1
    assert desk.manifest()["a.md"]["diagnostics"] == []


def test_a_warning_under_strict_fails_the_post_and_nothing_else(desk: Desk) -> None:
    desk.write("a.md")
    desk.write("b.md")
    desk.build()
    good = (desk.out / "a.html").read_bytes()
    desk.write("a.md", "![No such](/images/none.png)")
    summary = desk.build(strict=True)
    assert (summary.failed, summary.unchanged, summary.exit_code) == (1, 1, 1)
    assert summary.warnings == 1
    assert (desk.out / "a.html").read_bytes() == good
    assert desk.manifest()["a.md"]["status"] == "failed"
    assert desk.build().exit_code == 0
    assert (desk.out / "a.html").read_bytes() != good
    assert desk.build(strict=True).failed == 1, "a warning of an unchanged post counts too"
    assert desk.manifest()["a.md"]["status"] == "failed"
    assert desk.build().unchanged == 2
    assert desk.manifest()["a.md"]["status"] == "built"


def test_posts_that_collide_fail_and_the_rest_is_built(desk: Desk) -> None:
    for name in ("a.md", "A.markdown", "b.md"):
        desk.write(name)
    summary = desk.build()
    assert desk.told() == {"A.markdown": "failed", "a.md": "failed", "b.md": "built"}
    assert summary.exit_code == 1
    messages = sorted(note.message for note in desk.notes() if note.code == "P001")
    assert "A.markdown" in messages[1] + messages[0]
    assert "a.md" in messages[0] + messages[1]


def test_a_folder_with_a_name_that_is_kept_fails_its_posts(desk: Desk) -> None:
    for name in ("_Proof/a.md", "b/_proof/c.md"):
        desk.write(name)
    desk.build()
    assert desk.told() == {"_Proof/a.md": "failed", "b/_proof/c.md": "built"}
    assert "P011" in [note.code for note in desk.notes()]


def test_an_edition_that_a_post_asks_for_in_vain_is_a_warning(desk: Desk) -> None:
    desk.write("a.md").write_text("---\ntitle: T\neditions: [hmtl]\n---\n\nx\n")
    assert desk.build().exit_code == 0
    (note,) = [note for note in desk.notes() if note.code == "P008"]
    assert (note.line, note.hint) == (3, "did you mean html?")


def test_without_base_url_there_is_one_word_for_the_publication(desk: Desk) -> None:
    desk.write("a.md")
    desk.write("b.md")
    desk.build()
    assert [note.severity for note in desk.notes() if note.code == "P009"] == ["info"]
    (desk.root / "galley.toml").write_text('base_url = "https://example.org"\n')
    desk.build()
    assert "P009" not in desk.codes()


def test_an_output_folder_that_cannot_be_made_is_a_set_up_fault(desk: Desk) -> None:
    desk.write("a.md")
    desk.out.write_text("a file")
    with pytest.raises(Fault, match="cannot be written"):
        desk.build()


def test_a_full_disk_fails_the_post_and_keeps_what_stood(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.write("a.md")
    desk.build()
    good = (desk.out / "a.html").read_bytes()
    desk.write("a.md", "Changed.")
    real = files.write_all

    def full(out: Path, data: dict[str, bytes]) -> None:
        if "a.html" in data:
            raise OSError(28, "No space left on device")
        real(out, data)

    monkeypatch.setattr(files, "write_all", full)
    assert desk.build().exit_code == 1
    assert "P003" in desk.codes()
    assert (desk.out / "a.html").read_bytes() == good
    monkeypatch.undo()
    assert desk.build().built == 1


# Stages that break, workers that die -----------------------------------------------------------


@pytest.fixture
def fragile(monkeypatch: pytest.MonkeyPatch) -> None:
    """A convert stage that does what the post's title says."""
    real = convert.document

    def document(manuscripts: Any, config: Any) -> Any:
        title = manuscripts[0].record.title
        if title == "raise":
            raise ValueError("something odd")
        if title == "recurse":
            return document(manuscripts, config)
        if title == "die":
            os.kill(os.getpid(), 9)
        if title == "sleep":
            time.sleep(60)
        if title == "eat":
            return [bytearray(1 << 28) for _ in range(64)]
        return real(manuscripts, config)

    monkeypatch.setattr(convert, "document", document)


@pytest.mark.parametrize(("title", "code"), [("raise", "P004"), ("recurse", "P004")])
def test_whatever_a_stage_raises_is_told_without_a_traceback(
    desk: Desk, fragile: None, title: str, code: str
) -> None:
    desk.write("good.md")
    desk.write("odd.md", title=title)
    assert desk.build(debug=False).exit_code == 1
    assert desk.told() == {"good.md": "built", "odd.md": "failed"}
    (note,) = [note for note in desk.notes() if note.severity == "error"]
    assert note.code == code
    assert "convert" in note.message
    assert not any(e.trace for e in desk.events if isinstance(e, Finished))
    desk.build(debug=True)
    assert any(e.trace for e in desk.events if isinstance(e, Finished))


@pytest.mark.parametrize(
    ("title", "code"), [("die", "P005"), ("sleep", "P006"), ("eat", "P007"), ("raise", "P004")]
)
def test_a_lost_worker_costs_one_post(
    desk: Desk, fragile: None, monkeypatch: pytest.MonkeyPatch, title: str, code: str
) -> None:
    monkeypatch.setattr(workers, "SECONDS", 6 if title == "sleep" else 120)
    monkeypatch.setattr(workers, "MEMORY", 1 << 28)
    for name in ("a.md", "b.md", "d.md"):
        desk.write(name)
    desk.write("c.md", title=title)
    summary = desk.build(jobs=2)
    assert (summary.built, summary.failed) == (3, 1)
    assert desk.codes() - {"P009"} == {code}
    assert desk.manifest()["c.md"]["status"] == "failed"


def test_an_interrupt_leaves_the_manifest_with_what_was_built(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.write("a.md")
    desk.write("b.md")
    real = stages_module.make

    def make(job: Any) -> Any:
        if job.post.path == "b.md":
            raise KeyboardInterrupt
        return real(job)

    monkeypatch.setattr(stages_module, "make", make)
    with pytest.raises(KeyboardInterrupt):
        desk.build()
    assert set(desk.manifest()) == {"a.md"}
    assert desk.built() == ["a.html"]


# The same bytes --------------------------------------------------------------------------------


def test_job_count_and_folder_leave_no_trace_in_the_bytes(desk: Desk, tmp_path: Path) -> None:
    for name in "abc":
        desk.write(f"{name}.md", f"Words of {name}, and a note.[^1]\n\n[^1]: Here.")
    everything = ("html", "pdf", "epub")
    desk.build(editions=everything, jobs=1)
    first = {p.relative_to(desk.out): p.read_bytes() for p in _files(desk.out)}
    assert len(first) == 3 * 3 + 3 + 2, "editions, accounts, manifest and ledger"
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(desk.root / "source", elsewhere / "source")
    (elsewhere / "static").mkdir()
    other = Desk(elsewhere, [])
    other.build(editions=everything, jobs=2)
    second = {p.relative_to(other.out): p.read_bytes() for p in _files(other.out)}
    assert {p for p in first if first[p] != second[p]} == set()


def _files(out: Path) -> list[Path]:
    return sorted(p for p in out.rglob("*") if p.is_file() and p.name != "lock")
