"""Links to other posts, to the site and to nowhere; what a link cannot reach it does not name."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import convert
from tests.converting import codes, config, manuscript

OTHER = "---\ntitle: Other\nslug: other\nurl: /other/\n---\n\nText.\n"


@pytest.mark.parametrize(
    "link",
    [
        "other.md",
        "./other.md",
        "/blog/other.md",
        "blog/other.md",
        '{{< ref "other.md" >}}',
        '{{< relref "/blog/other" >}}',
        '{{< ref "blog/other.md" >}}',
        "other.md#part",
    ],
)
def test_a_post_is_named_by_its_file(tmp_path: Path, link: str) -> None:
    blog = tmp_path / "source" / "blog"
    blog.mkdir(parents=True)
    (blog / "other.md").write_text(OTHER, encoding="utf-8")
    post = manuscript(f"[Other]({link})\n", blog / "post.md", "blog/post.md")
    made = convert.document((post,), config(tmp_path, base_url="https://example.org"))
    part = "#part" if "#" in link else ""
    assert made.body == f'<p><a href="https://example.org/other/{part}">Other</a></p>\n'
    assert str(blog / "other.md") in made.inputs


def test_without_a_base_url_the_words_stay(tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text(OTHER, encoding="utf-8")
    post = manuscript("[Other](other.md), [site](/x/)\n", tmp_path / "post.md")
    made = convert.document((post,), config(tmp_path))
    assert made.body == "<p>Other, site</p>\n"
    assert codes(made) == []


def test_a_post_that_is_not_there_is_named_with_its_line(tmp_path: Path) -> None:
    post = manuscript("x\n\n[Other](gone.md)\n", tmp_path / "post.md")
    made = convert.document((post,), config(tmp_path))
    assert [(d.code, d.line) for d in made.diagnostics] == [("C041", 7)]
    assert str(tmp_path / "gone.md") in made.inputs


def test_no_post_outside_the_publication_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text(OTHER, encoding="utf-8")
    root = tmp_path / "root"
    root.mkdir()
    post = manuscript("[Other](../secret.md)\n", root / "post.md")
    made = convert.document((post,), config(root, base_url="https://example.org"))
    assert "href" not in made.body
