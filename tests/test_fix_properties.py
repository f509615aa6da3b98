"""Whatever a post looks like: fix makes the file that the editions were made from, and no other."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline import normalize, read
from pipeline.config import load
from pipeline.model import Repair
from pipeline.press import patches
from pipeline.press.orders import Post
from pipeline.press.revising import revise

LINES = st.sampled_from(
    [
        *("", "", "", "What Is a Piano?", "1. First Things", "2. Second Things", "* item", "# T"),
        *("#Typo", "<!-- galley: keep -->", "<!-- galley: heading 3 -->", "```", "    code"),
        *("Words that go on for long enough to be read as running text.", "odd\u00a0\u00a0space"),
        *("---", "**Bold Line**", "## Author's Own", "trailing  ", "<p>html"),
    ]
)
ENDS = st.sampled_from(["\n", "\n", "\r\n", "\r"])
FRONTS = st.sampled_from(["", "---\ntitle: T\n---\n", "\ufeff---\r\ntitle: T\r\n---\r\n", "\ufeff"])


@st.composite
def posts(draw: st.DrawFn) -> str:
    """Front matter or none, lines with ends of any kind, the last one perhaps without."""
    end = draw(ENDS)
    lines = draw(st.lists(st.tuples(LINES, st.one_of(st.just(end), ENDS)), max_size=14))
    text = "".join(line + stop for line, stop in lines)
    return draw(FRONTS) + (text.rstrip("\r\n") if draw(st.booleans()) else text)


def everything(repair: Repair) -> bool:
    return True


def of(file: Path) -> Post:
    return Post("", file.name, file, ".", load(file.parent))


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=posts())
@example(text="---\ntitle: T\n---\n<p>html\r## Author's Own")
@example(text="trailing  \n\n**Bold Line**\n<p>html\n# T\n")
def test_the_file_comes_to_what_the_editions_show(tmp_path: Path, text: str) -> None:
    file = tmp_path / "post.md"
    file.write_bytes(text.encode())
    post = of(file)
    source = read.load(file, "post.md", post.config.settings.limits)
    shown = normalize.manuscript(source, post.config)
    done = revise(post, post.config, everything)
    assert "".join(done.before) == text
    for old, new in done.same:
        assert done.before[old] == done.after[new]
    file.write_bytes("".join(done.after).encode())
    again = revise(post, post.config, everything)
    assert not again.changed
    after = read.load(file, "post.md", post.config.settings.limits)
    assert (after.front_text, after.front) == (source.front_text, source.front)
    assert read.record(after, post.config)[0] == shown.record
    if done.repairs and {r.code for r in done.repairs} == {r.code for r in shown.repairs}:
        assert after.body == shown.body


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=posts())
def test_git_takes_the_patch(tmp_path: Path, text: str) -> None:
    file = tmp_path / "post.md"
    file.write_bytes(text.encode())
    post = of(file)
    done = revise(post, post.config, everything)
    patch = patches.unified("post.md", done.before, done.after, done.same)
    assert bool(patch) == done.changed
    if not patch:
        return
    applied = subprocess.run(
        ["git", "apply", "--whitespace=nowarn"], cwd=tmp_path, input=patch.encode(),
        capture_output=True, check=False,
    )  # fmt: skip
    assert applied.returncode == 0, applied.stderr.decode()
    assert file.read_bytes() == "".join(done.after).encode()


@pytest.mark.parametrize("front", ['{"title": "T"} Text.', '{"title": "T"}\u00a0x'])
def test_a_body_that_begins_on_the_line_of_the_front_matter(tmp_path: Path, front: str) -> None:
    file = tmp_path / "post.md"
    file.write_bytes(f"{front}\u00a0\n\n\n\nMore.\n".encode())
    post = of(file)
    done = revise(post, post.config, everything)
    assert done.changed
    assert "".join(done.after).startswith('{"title": "T"}')
    assert "".join(done.after).endswith("\n\nMore.\n")
