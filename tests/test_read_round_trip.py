"""Front matter that Galley writes reads back as the same record, in each format, for any input."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline import read
from pipeline.config import Config, Limits, Settings
from pipeline.diagnostics import Fault
from pipeline.model import FrontMatterFormat, Metadata, Source
from pipeline.read.keys import KEYS
from pipeline.read.marks import plain, tidy, written

FORMS: tuple[FrontMatterFormat, ...] = ("yaml", "toml", "json")
CONFIG = Config(Path("/publication"), Settings(author="House Author", rights="© House & Co."))
KNOWN_KEYS = sorted({name for names in KEYS.values() for name in names if "." not in name})

odd_words = st.sampled_from(
    [
        *"null true no 007 1.10 1_000 0x1F 12:30:00 2024-10-04 2024-13-45 - -- ---".split(),
        *"... : # @x *a &b !c %d |x >y 'q \"r `code` **bold** _it_ <em>x</em> <div>".split(),
        *"[t](u) &amp; &lt;b&gt; &amp;lt;".split(),
        *"café İğşç 日本語 😀 A;B A,B \\ \\* ~~s~~ = and Doe, (@x) <a@b>".split(),
        *("A\u00a0B", "cafe\u0301", "\u200b", "\u2028", "\x85", "van\tGogh", "a\nb", "\r"),
    ]
)
texts = st.lists(odd_words | st.text(max_size=6), max_size=4).map(" ".join) | st.text(max_size=20)
texts = texts.filter(lambda text: not any("\ud800" <= sign <= "\udfff" for sign in text))
scalars = (
    texts
    | st.booleans()
    | st.integers(-(10**6), 10**6)
    | st.dates()
    | st.none()
    | st.datetimes(timezones=st.none() | st.just(dt.timezone(dt.timedelta(hours=3))))
)
nested = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
people_maps = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("name", "given", "family", "url", "handle", "affiliation"), texts)
)
fronts = st.dictionaries(
    st.sampled_from(KNOWN_KEYS) | texts.filter(bool),
    nested | st.lists(people_maps, max_size=2) | people_maps,
    max_size=8,
)


def source_of(front: dict[str, Any], form: FrontMatterFormat) -> Source:
    return Source("tr/2024-10-04-post.md", "/publication/tr/2024-10-04-post.md", front, form,
                  "", "# A heading\n", 1)  # fmt: skip


def reread(record: Metadata, form: FrontMatterFormat, folder: Path) -> Metadata:
    file = folder / "post.md"
    text = read.front_matter(record, form)
    file.write_text(text + "# A heading\n", encoding="utf-8", newline="")
    source = read.load(file, "tr/2024-10-04-post.md", Limits())
    assert source.front_format == form
    assert source.body == "# A heading\n"
    moved = replace(source, file="/publication/tr/2024-10-04-post.md")
    again, _ = read.record(moved, CONFIG)
    assert read.front_matter(again, form) == text
    return again


def without_nulls(value: Any) -> Any:
    """TOML has no null."""
    if isinstance(value, dict):
        return {key: without_nulls(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [without_nulls(inner) for inner in value if inner is not None]
    return value


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("round")


@pytest.mark.parametrize("form", FORMS)
@given(front=fronts)
@example(front={"title": "A: “quoted” 'title' — No. 5\u00a0B <div> *x*"})
@example(front={"author": [{"name": "Ada", "affiliation": "Home"}], "image": {"src": "a.png"}})
@example(front={"published": False, "date": "some day", "slug": "a/b", "x": dt.date(2024, 1, 2)})
@example(front={"author": "Barnes and Noble; King, Martin Luther, Jr."})
def test_any_record_reads_back_the_same(
    form: FrontMatterFormat, front: dict[str, Any], folder: Path
) -> None:
    if form == "toml":
        front = without_nulls(front)
    if form == "json":  # JSON has no dates: a post in JSON cannot have given one
        front = read.as_json(Metadata("", "", "", "", extra=front))["extra"]
    record, _ = read.record(source_of(front, form), CONFIG)
    again = reread(record, form, folder)
    assert again == record


@given(text=texts)
def test_cleaned_text_can_always_be_written(text: str) -> None:
    for clean in (plain, tidy):
        value = clean(text)
        assert clean(written(value, clean)) == value


@given(text=st.text() | texts, opening=st.sampled_from(["---\n", "+++\n", "{", "title: ", ""]))
def test_any_text_is_read_or_refused_with_a_reason(text: str, opening: str, folder: Path) -> None:
    file = folder / "any.md"
    file.write_bytes((opening + text).encode("utf-8", "surrogatepass"))
    try:
        source = read.load(file, "any.md", Limits())
        said = read.record(source, CONFIG)[1]
    except Fault as fault:
        said = fault.diagnostics
    assert all(d.message and d.hint and d.path == "any.md" for d in said)
