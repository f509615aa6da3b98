"""What a folder tells of a post: cheap, the same for every command, and never against the post."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline import read
from pipeline.read import neighbours
from tests.conftest import Galley
from tests.test_press_build import Desk

FRONT = "---\ntitle: A Post\ndate: 2024-05-06\nauthor: Ada Lovelace\n---\n\n"
PROSE = "Wood is cut in winter, when the sap is low, and it is then left to dry for two years."
EXPORTED = "\n\n\n\n".join(["One thing is this.", PROSE, PROSE, "* one", "* two", "* three", PROSE])
BOLD = f"{PROSE}\n\n**Felling Trees**\n\n{PROSE}\n\n**Drying Planks**\n\n{PROSE}"
KEPT = f"## Felling\n\n{PROSE}\n\n## Drying\n\n{PROSE}"
SILENT = f"## Wood\n\n{PROSE}\n\nFelling in Winter\n\n{PROSE}\n\nDrying the Planks\n\n{PROSE}"
"""Two lines that may be titles, in a post that bears no mark of any exporter, below a heading."""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, [])


def write(desk: Desk, path: str, body: str) -> Path:
    file = desk.root / "source" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(FRONT + body + "\n", "utf-8")
    return file


@pytest.mark.parametrize(
    ("body", "family"), [(EXPORTED, "exported"), (BOLD, "bold"), (KEPT, "kept"), (PROSE, "")]
)
def test_a_folder_is_what_most_of_it_is(desk: Desk, body: str, family: str) -> None:
    post = write(desk, "post.md", SILENT)
    for number in range(2):
        write(desk, f"{number}.md", body)
    assert read.Neighbours().family(post) == ""
    write(desk, "2.markdown", body)
    assert read.Neighbours().family(post) == family
    for number in range(8):
        write(desk, f"z{number}.md", SILENT)
    assert read.Neighbours().family(post) == ""


def test_a_bundle_has_the_other_bundles_for_neighbours(desk: Desk) -> None:
    post = write(desk, "mine/index.md", SILENT)
    for number in range(3):
        write(desk, f"bundle-{number}/index.md", EXPORTED)
    assert read.Neighbours().family(post) == "exported"


def test_links_pipes_and_lists_of_posts_are_no_neighbours(desk: Desk) -> None:
    post = write(desk, "post.md", SILENT)
    away = desk.root / "away.md"
    away.write_text(FRONT + EXPORTED, "utf-8")
    for number in range(4):
        (post.parent / f"link-{number}.md").symlink_to(away)
        (post.parent / f".hidden-{number}.md").write_text(EXPORTED, "utf-8")
    os.mkfifo(post.parent / "pipe.md")
    write(desk, "_index.md", EXPORTED)
    assert read.Neighbours().family(post) == ""


def test_the_nearest_are_asked_and_each_is_read_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [write(desk, f"{number:03}.md", BOLD) for number in range(100)]
    looked: list[str] = []
    head = neighbours._head

    def seen(path: str) -> bytes | None:
        looked.append(path)
        return head(path)

    monkeypatch.setattr(neighbours, "_head", seen)
    assert read.Neighbours().family(files[50]) == "bold"
    assert len(looked) == 2 * neighbours.NEAREST
    looked.clear()
    together = read.Neighbours()
    assert {together.family(file) for file in files} == {"bold"}
    assert len(looked) == len(files)


def test_every_command_says_the_same_of_one_post_and_of_its_folder(
    galley: Galley, desk: Desk
) -> None:
    post = write(desk, "post.md", SILENT)
    (desk.root / "galley.toml").touch()
    assert "N204" not in galley("check", post).out
    for number in range(3):
        write(desk, f"export-{number}.md", EXPORTED)
    said = galley("check", post).out
    assert "made, 0.91: a short line over what it governs; native Markdown, in a folder of" in said
    whole = galley("check", post.parent).out
    assert [line for line in whole.splitlines() if "post.md:" in line] == [
        line for line in said.splitlines() if "post.md:" in line
    ]
    for done in (galley("normalize", post), galley("fix", "--diff", post)):
        assert "### Felling in Winter" in done.out
    assert galley("build", "-e", "html", "-o", desk.out, post).code == 0
    (built,) = desk.out.rglob("post.html")
    assert "Felling in Winter</h3>" in built.read_text("utf-8")


def test_only_another_verdict_on_the_folder_makes_a_post_due(desk: Desk) -> None:
    write(desk, "post.md", SILENT)
    for number in range(3):
        write(desk, f"{number}.md", EXPORTED)
    desk.build()
    write(desk, "0.md", EXPORTED + "\n\n\n\nAnother sentence.")
    desk.build()
    assert desk.told() == {
        "0.md": "built", "1.md": "unchanged", "2.md": "unchanged", "post.md": "unchanged"
    }  # fmt: skip
    write(desk, "0.md", PROSE)
    desk.build()
    assert desk.told()["post.md"] == "built"


def test_a_post_with_marks_of_its_own_is_not_overruled(galley: Galley, desk: Desk) -> None:
    title = f"{EXPORTED}\n\n\n\nFelling in Winter\n\n\n\n{PROSE}"
    post = write(desk, "post.md", title)
    before = galley("normalize", post).out
    assert "\n## Felling in Winter\n" in before
    for number in range(6):
        write(desk, f"{number}.md", KEPT)
    assert galley("normalize", post).out == before
