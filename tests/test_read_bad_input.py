"""What cannot be read is one fault with place, cause and cure; never a traceback, never a wait."""

from __future__ import annotations

import os
import uuid
from pathlib import Path

import pytest

from pipeline import read
from pipeline.config import Config, Limits, Settings
from pipeline.diagnostics import CODES, Fault
from pipeline.model import Diagnostic, Source


def load(folder: Path, data: bytes | str) -> Source:
    file = folder / "post.md"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read.load(file, "post.md", Limits())


def refused(folder: Path, data: bytes | str) -> Diagnostic:
    with pytest.raises(Fault) as caught:
        load(folder, data)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.path == "post.md"
    assert diagnostic.hint
    assert diagnostic.code in CODES
    return diagnostic


YAML = "---\n{}\n---\nText.\n"


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        ("x".encode("utf-16"), "R003", 1),
        ("title: hello".encode("utf-16-le"), "R003", 1),
        ("a\r\nb\rcafé\n".encode("latin-1"), "R003", 3),
        (b"---\r\na: 1\r\n---\r\nx\0y and more text", "R004", 4),
        (b"x" * 1_000_001, "R005", None),
        (YAML.format("title: " + "x" * 70_000), "R006", 2),
        ("---\ntitle: X\nText.\n", "R007", 1),
        ("+++\ntitle = 'X'\nText.\n", "R007", 1),
        ('{\n"title": "X"\n\nText.\n', "R007", 1),
        ("+++\ntitle = X\n+++\n", "R008", 2),
        ("+++\ntitle = 'X'\ntitle = 'Y'\n+++\n", "R008", 3),
        ("+++\ntitle = 'X'\ndate = 2024-02-30\n+++\n", "R008", 3),
        ("+++\nx = " + "9" * 6_000 + "\n+++\n", "R008", 2),
        ('{\n"title": "X",\n}\n', "R008", 3),
        (YAML.format("title: " + "[" * 30_000), "R009", 2),
        (YAML.format("title:\n " + "- " * 30_000), "R009", 3),
        (YAML.format("title: " + "{a: " * 15_000), "R009", 2),
        ("+++\n" + "a." * 30_000 + "a = 1\n+++\n", "R009", 2),
        ("+++\nx = {" + "a." * 30_000 + "a = 1}\n+++\n", "R009", 2),
        ("+++\nx = " + "[" * 30_000 + "\n+++\n", "R009", 2),
        ('{"a":' * 30_000, "R009", 1),
        (YAML.format("title: x\na: &a [x, x]\nb: [*a, *a]"), "R010", 4),
        (YAML.format("title: x\x07y"), "R013", 2),
        ('{"title": "\\ud800"}\n', "R013", 1),
    ],
)
def test_bad_files(tmp_path: Path, data: bytes | str, code: str, line: int | None) -> None:
    diagnostic = refused(tmp_path, data)
    assert (diagnostic.code, diagnostic.line) == (code, line)


@pytest.mark.parametrize(
    ("front", "line", "word"),
    [
        ("tags: [a, b\ntitle: x", 2, "]"),
        ("title:\n\ttags: x", 3, "tab"),
        ("title: x\n\ttags: y", 3, "tab"),
        ("title: A: B\n  goes on", 2, "quotes"),
        ("title: > A\nx: 1", 2, "line end"),
        ('title: "open\n  goes on', 2, "quotation mark"),
        ("map:\n  key: A: B", 3, "quotes"),
        ("title: x\nno colon here\ntags: y", 3, "colon"),
        ("title x\ndate: 2024-01-01\nauthor: y", 2, "colon"),
        ("title: x\n  tags: y", 3, "indented"),
        ("title: {{ name }}", 2, "quotes"),
        ("title: x\nFree text after a lost fence.\n\nMore.", 3, "below line 2"),
    ],
)
def test_bad_yaml_is_explained(tmp_path: Path, front: str, line: int, word: str) -> None:
    diagnostic = refused(tmp_path, YAML.format(front))
    assert (diagnostic.code, diagnostic.line) == ("R008", line)
    assert word in f"{diagnostic.message} {diagnostic.hint}"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("A: B", "A: B"),
        ("A: B # a note", "A: B"),
        ("C: the #1", "C: the #1"),
        ("'It's'", "It's"),
        (r"'It\'s his, it\'s not'", "It's his, it's not"),
        ('"They said "yes" to it"', 'They said "yes" to it'),
        ('"A" and B', '"A" and B'),
        ('"never closed', "never closed"),
        (r'"C:\Users"', r"C:\Users"),
        ("[New] A fold", "[New] A fold"),
        ("@home", "@home"),
        ("**Bold**", "**Bold**"),
        ("`code` first", "`code` first"),
        ("It's: 'x'", "It's: 'x'"),
    ],
)
def test_a_value_that_needs_quotes_is_read_to_the_end_of_its_line(
    tmp_path: Path, line: str, value: str
) -> None:
    source = load(tmp_path, YAML.format(f"date: 2024-01-01\ntitle: {line}\ntags: [a, b]"))
    assert source.front["title"] == value
    assert list(source.front) == ["date", "title", "tags"]
    (note,) = source.diagnostics
    assert (note.code, note.severity, note.line) == ("R025", "warning", 3)
    cure = (note.hint or "").removeprefix("write  ")
    again = load(tmp_path, YAML.format(cure))
    assert (again.front, again.diagnostics) == ({"title": value}, ())


def test_who_has_many_values_without_quotes_is_told_of_the_first_one_too_many(
    tmp_path: Path,
) -> None:
    lines = [f"key-{n}: a: b" for n in range(30)]
    assert refused(tmp_path, YAML.format("\n".join(lines))).line == 22


def test_things_that_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "broken.md").symlink_to("nowhere")
    (tmp_path / "loop.md").symlink_to("loop.md")
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "good.md").write_text("Text.")
    codes = {}
    for file, path in read.find_posts(tmp_path):
        try:
            read.load(file, path, Limits())
            codes[path] = "read"
        except Fault as fault:
            (codes[path],) = (diagnostic.code for diagnostic in fault.diagnostics)
    assert codes == {"broken.md": "R001", "good.md": "read", "loop.md": "R001", "pipe.md": "R002"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    (tmp_path / "post.md").touch(0o000)
    with pytest.raises(Fault, match="permission"):
        read.load(tmp_path / "post.md", "post.md", Limits())


def test_which_files_are_posts(tmp_path: Path) -> None:
    names = ["b.md", "a.markdown", "_index.md", "_index.tr.md", ".hidden.md", "x.txt", "sub/c.md",
             ".git/d.md", ";touch X;.md"]  # fmt: skip
    for name in names:
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("Text.")
    found = [path for _, path in read.find_posts(tmp_path)]
    assert found == [";touch X;.md", "a.markdown", "b.md", "sub/c.md"]
    assert read.find_posts(tmp_path / "x.txt") == ((tmp_path / "x.txt", "x.txt"),)
    with pytest.raises(Fault, match="nothing at"):
        read.find_posts(tmp_path / "absent")


@pytest.mark.parametrize(
    ("text", "front", "body", "body_line"),
    [
        ("\ufeff---\r\ntitle: X\r\n---\r\nText.\r\n", {"title": "X"}, "Text.\n", 4),
        ("---\rtitle: X\r---\rText.", {"title": "X"}, "Text.", 4),
        ("---\n\n# note\ntitle: X\n\n--- \nText.", {"title": "X"}, "Text.", 7),
        ("---\ntitle: X\n...\n---\nText.", {"title": "X"}, "---\nText.", 4),
        ("\n---\ntitle: X\n---\nText.", {"title": "X"}, "Text.", 5),
        ("---\n---\nText.", {}, "Text.", 3),
        ("---\n\nProse: all of it.\n\n---\n", {}, "---\n\nProse: all of it.\n\n---\n", 1),
        ("---\nNote: prose\nthat goes on.\n---\n", {}, "---\nNote: prose\nthat goes on.\n---\n", 1),
        ("---\n\nText.\n", {}, "---\n\nText.\n", 1),
        ("{{< card >}}\nText.", {}, "{{< card >}}\nText.", 1),
        ("{: .lead}\nText.", {}, "{: .lead}\nText.", 1),
        ('{"title": "X"}\nText.', {"title": "X"}, "Text.", 2),
        ("+++\n+++\nText.", {}, "Text.", 3),
        ("", {}, "", 1),
    ],
)
def test_where_the_body_begins(
    tmp_path: Path, text: str, front: dict[str, str], body: str, body_line: int
) -> None:
    source = load(tmp_path, text)
    assert (dict(source.front), source.body, source.body_line) == (front, body, body_line)


def test_the_command_line_wins_over_the_post_and_the_post_over_the_house(tmp_path: Path) -> None:
    source = load(tmp_path, YAML.format("title: X\nauthor: Post Author\nlang: de"))
    house = Settings(author="House Author", language="tr", rights="© House")
    record, _ = read.record(source, Config(tmp_path, house))
    assert (record.authors[0].name, record.language, record.rights) == (
        "Post Author", "de", "© House",
    )  # fmt: skip
    over = Config(tmp_path, house, {"author": "Desk Author", "draft": True, "lang": "fr"})
    record, _ = read.record(source, over)
    assert (record.authors[0].name, record.language, record.draft) == ("Desk Author", "fr", True)
    assert record.extra == {}


@pytest.mark.parametrize(
    ("root", "house", "language"),
    [("tr", "en", "tr"), ("tr", "de", "de"), ("my", "en", "en"), ("blog", "en", "en")],
)
def test_the_publication_folder_may_name_the_language(
    tmp_path: Path, root: str, house: str, language: str
) -> None:
    (tmp_path / root).mkdir()
    source = load(tmp_path / root, "# X")
    record, _ = read.record(source, Config(tmp_path / root, Settings(language=house)))
    assert record.language == language


def test_identifiers_come_from_the_url_else_the_path(tmp_path: Path) -> None:
    config = Config(tmp_path, Settings(base_url="https://example.org"))
    plain, _ = read.record(load(tmp_path, "# X"), config)
    assert plain.identifier == uuid.uuid5(uuid.NAMESPACE_URL, "post.md").urn
    assert plain.url is None
    placed, _ = read.record(load(tmp_path, YAML.format("title: X\nurl: x/")), config)
    given, _ = read.record(
        load(tmp_path, YAML.format("title: X\nurl: https://example.org/x/")), config
    )
    assert placed.identifier == given.identifier != plain.identifier


def test_every_post_of_the_corpus_is_read_and_written_back(corpus: Path, tmp_path: Path) -> None:
    """All 413: no fault, a title, a slug, and front matter that reads back the same."""
    settings = Settings()
    copy = tmp_path / "copy.md"
    for name in ("posts", "blogs", "history", "archive"):
        config = Config(corpus / name, settings)
        for file, path in read.find_posts(corpus / name):
            source = read.load(file, path, settings.limits)
            record, _ = read.record(source, config)
            assert record.title, path
            assert record.slug, path
            text = read.front_matter(record, source.front_format) + source.body
            copy.write_text(text, encoding="utf-8", newline="")
            again = read.load(copy, path, settings.limits)
            assert again.body == source.body
            folders = Config(tmp_path, settings)
            assert read.record(again, folders)[0] == record, path
