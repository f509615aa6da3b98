"""Names, dates, languages, slugs and titles, as people write them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pipeline import read
from pipeline.config import Limits
from pipeline.read import languages, slugs, text_language
from pipeline.read.marks import plain
from pipeline.read.moments import in_file_name, moment
from pipeline.read.people import people

ISTANBUL = ZoneInfo("Europe/Istanbul")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Plato", ["Plato"]),
        ("İbrahim Ak", ["Ak, İbrahim"]),
        ("Ludwig van Aken", ["van Aken, Ludwig"]),
        ("Juan de la Cruz", ["de la Cruz, Juan"]),
        ("Doe, Jane", ["Doe, Jane"]),
        ("van der Berg, Jan", ["van der Berg, Jan"]),
        ("Martin King, Jr.", ["King, Martin, Jr."]),
        ("山田 太郎", ["山田 太郎"]),
        ("Food and Harvest Organization", ["Food and Harvest Organization"]),
        ("Ayşe Kaya ve Can Öz", ["Kaya, Ayşe", "Öz, Can"]),
        ("Anna Groß und Jörg Maß", ["Groß, Anna", "Maß, Jörg"]),
        ("Jane Doe, John Roe, and Ann Lee", ["Doe, Jane", "Roe, John", "Lee, Ann"]),
        ("Ann, Bob and Cem", ["Ann", "Bob", "Cem"]),
        ("Doe, Jane; Roe, John", ["Doe, Jane", "Roe, John"]),
        ("Doe, Jane and Roe, John", ["Doe, Jane", "Roe, John"]),
        (["Jane Doe", None, "", 18], ["Doe, Jane", "18"]),
        ({"name": {"given": "Jane", "family": "Doe"}}, ["Doe, Jane"]),
        ({"name": {"literal": "Rope Works"}}, ["Rope Works"]),
        ({"given": "L.", "family": "Aken", "non-dropping-particle": "van"}, ["van Aken, L."]),
        ({"name": "Jane Doe", "file_as": "Jane"}, ["Jane"]),
        ({"email": "x@example.org"}, []),
        ("x" * 2000, []),
    ],
)  # fmt: skip
def test_names_and_how_they_sort(written: Any, read: list[str]) -> None:
    assert [person.file_as for person in people(written)[0]] == read


@pytest.mark.parametrize(
    ("written", "handle", "url"),
    [
        ("Jane Doe ([@jane](https://example.org/jane))", "jane", "https://example.org/jane"),
        ("Jane Doe (@jane)", "jane", None),
        ("Jane Doe (https://example.org)", None, "https://example.org"),
        ("[Jane Doe](https://example.org)", None, "https://example.org"),
        ("Jane Doe <jane@example.org>", None, None),
    ],
)
def test_a_handle_or_address_is_taken_from_a_name(
    written: str, handle: str | None, url: str | None
) -> None:
    (person,), _ = people(written)
    assert (person.name, person.handle, person.url) == ("Jane Doe", handle, url)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024-10-04", "2024-10-04"),
        ("2024/10/4", "2024-10-04"),
        ("20241004", "2024-10-04"),
        ("October 4, 2024", "2024-10-04"),
        ("Friday, October 4th, 2024", "2024-10-04"),
        ("4 Ekim 2024", "2024-10-04"),
        ("4. März 2024", "2024-03-04"),
        ("04.10.2024", "2024-10-04"),
        ("25/12/2024", "2024-12-25"),
        ("2024-10-04T10:08", "2024-10-04T10:08:00+03:00"),
        ("2024-10-04 9:05:00 -0400", "2024-10-04T09:05:00-04:00"),
        ("2024-10-04 10:00 PM", "2024-10-04T22:00:00+03:00"),
        ("2024-10-04 10:00 Europe/Paris", "2024-10-04T10:00:00+02:00"),
        ("2024-10-04T10:00:00-04:00[America/New_York]", "2024-10-04T10:00:00-04:00"),
        ("'2024-10-04T10:08:14Z'", "2024-10-04T10:08:14+00:00"),
        ("Fri, 04 Oct 2024 10:00:00 +0300", "2024-10-04T10:00:00+03:00"),
        ("1900-01-01 00:00:00", "1900-01-01T00:00:00+01:57"),
    ],
)
def test_dates_that_mean_one_moment(written: str, read: str) -> None:
    found = moment(written, ISTANBUL)
    assert found is not None
    assert found.isoformat() == read


@pytest.mark.parametrize(
    "written",
    [
        "10/04/2024",
        "2024-10",
        "today",
        "2024-02-30",
        "99999-01-01",
        "2024-10-04 25:00",
        "2024-10-04 10:00 Europe/Nowhere",
        17,
        True,
        [],
    ],
)
def test_dates_that_do_not(written: Any) -> None:
    assert moment(written, ISTANBUL) is None


@pytest.mark.parametrize(
    ("stem", "day"),
    [
        ("2024-10-04-ropes", "2024-10-04"),
        ("230-2025-3-1-x", "2025-03-01"),
        ("20241004-x", "2024-10-04"),
    ],
)
def test_the_day_in_a_file_name(stem: str, day: str) -> None:
    assert str(in_file_name(stem)) == day


@pytest.mark.parametrize("stem", ["2024-10-ropes", "2024-13-01-x", "route-66", "12024-10-04"])
def test_no_day_in_a_file_name(stem: str) -> None:
    assert in_file_name(stem) is None


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("tr_TR", "tr-TR"), ("en_US.UTF-8", "en-US"), ("pt-br", "pt-BR"),
        ("zh-hans-cn", "zh-Hans-CN"), ("no", "no"),
        ("Türkçe", "tr"), ("tur", "tr"), ("xx", None), ("python", None), ("", None),
    ],
)  # fmt: skip
def test_languages(written: str, tag: str | None) -> None:
    assert languages.language_tag(written) == tag


@pytest.mark.parametrize(
    ("folders", "tag"),
    [
        ("tr/x", "tr"), ("content/tr/blog", "tr"), ("en/docs/de", "en"), ("site/guides/tr", "tr"),
        ("pt-br", "pt-BR"), ("it/blog", "it"), ("guides/it", None), ("os/linux", None), ("", None),
    ],
)  # fmt: skip
def test_a_folder_names_the_language(folders: str, tag: str | None) -> None:
    assert languages.in_folders(tuple(folders.split("/"))) == tag


@pytest.mark.parametrize(
    ("stem", "read"),
    [("post.tr", ("post", "tr")), ("node.js", ("node.js", None)), ("deno.ts", ("deno.ts", None)),
     ("a.pt-br", ("a", "pt-BR")), ("tr", ("tr", None))],
)  # fmt: skip
def test_a_suffix_names_the_language(stem: str, read: tuple[str, str | None]) -> None:
    assert languages.in_suffix(stem) == read


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("C++", "C++"), ("a:b?c", "a-b-c"), ("../x", "-x"), (".hidden", "hidden"), ("CON", "CON_"),
        ("nul.txt", "nul_.txt"), ("cafe\u0301", "caf\u00e9"), ("a\x07b\u202e", "ab"), ("..", ""),
        ("é" * 200, "é" * 90),
    ],
)  # fmt: skip
def test_slugs_are_safe_file_names(text: str, slug: str) -> None:
    assert slugs.safe(text) == slug
    assert slugs.safe(slug) == slug


@pytest.mark.parametrize("slug", ["a/b", "/", ":title", "  ", ".."])
def test_slugs_that_count_as_none(slug: str) -> None:
    assert slugs.from_key(slug) is None


@pytest.mark.parametrize(
    ("url", "alone", "with_base", "slug"),
    [
        ("x/y/", "/x/y/", "https://b.org/blog/x/y/", "y"),
        ("/x.html", "/x.html", "https://b.org/blog/x.html", "x"),
        ("/v-1.0/", "/v-1.0/", "https://b.org/blog/v-1.0/", "v-1.0"),
        ("/a b/ü/", "/a%20b/ü/", "https://b.org/blog/a%20b/ü/", "ü"),
        ("/a/index.html", "/a/index.html", "https://b.org/blog/a/index.html", "a"),
        (
            "https://e.org/b.php?x=1#y",
            "https://e.org/b.php?x=1#y",
            "https://e.org/b.php?x=1#y",
            "b",
        ),
        ("https://e.org/", "https://e.org/", "https://e.org/", None),
        ("/:year/:title/", None, None, None),
        ("javascript:alert(1)", None, None, None),
    ],
)
def test_addresses(url: str, alone: str | None, with_base: str | None, slug: str | None) -> None:
    assert slugs.address(url, None) == alone
    assert slugs.address(url, "https://b.org/blog/") == with_base
    assert (slugs.from_url(alone) if alone else None) == slug


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("AT&amp;T&#8217;s  &nbsp;lines ", "AT&T’s lines"),
        ("`chmod` and `*args`", "chmod and *args"),
        ("The <div> tag", "The <div> tag"),
        ("The &lt;em&gt; tag", "The <em> tag"),
        ("<em>Salt</em>, **bold** and [linked](https://e.org)", "Salt, bold and linked"),
        ("One<br/>Two", "One Two"),
        ("<p>One.</p><p>Two.</p>", "One. Two."),
        ("snake_case, __init__, 2 * 3 * 4", "snake_case, __init__, 2 * 3 * 4"),
        ("*args and **kwargs", "*args and **kwargs"),
        ("Map<K> to Map<V>", "Map<K> to Map<V>"),
        ("soft\u00adhyphen\u200b", "softhyphen"),
    ],
)  # fmt: skip
def test_titles_lose_markup_only(written: str, read: str) -> None:
    assert plain(written) == read


ENGLISH = "The sheet that is handed out should say what it is for, and who made it, on line one. "
TURKISH = "Bir sayfanın nasıl basılacağı bu yazıda anlatılıyor ve her adım için bir örnek de var. "
RUSSIAN = "Это была первая страница, на которой они и не нашли того, что искали для школы. "


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH * 5, "en"),
        (TURKISH * 5, "tr"),
        (RUSSIAN * 5, "ru"),
        ("紙の資料はなぜ今も役に立つのか。" * 9, "ja"),
        (f"```\n{TURKISH * 9}\n```\n\n{ENGLISH * 5}", "en"),
        (TURKISH, None),  # too short to be sure
        (ENGLISH * 5 + TURKISH * 5, None),
        ("install vsftpd " * 99, None),
    ],
)
def test_a_text_tells_its_language_where_there_is_no_doubt(text: str, language: str | None) -> None:
    assert text_language.of_text(text) == language


@pytest.mark.parametrize(
    ("said", "guess", "text", "language", "codes"),
    [
        (None, "tr", ENGLISH, "en", ["R030 info"]),
        (None, "en-GB", ENGLISH, "en-GB", []),
        ("tr", "tr", ENGLISH, "tr", ["R031 warning"]),
        ("tr", "en", TURKISH, "tr", []),
        (None, "la", "Gallia est omnis divisa in partes tres. ", "la", []),
    ],
)
def test_a_text_corrects_its_place_but_not_its_author(
    said: str | None, guess: str, text: str, language: str, codes: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "post.md"
    file.write_text(f"---\nlang: {said}\n---\n{text * 6}", encoding="utf-8")
    tag, notes = text_language.settled(said, guess, read.load(file, "post.md", Limits()))
    assert (tag, [f"{note.code} {note.severity}" for note in notes]) == (language, codes)
    assert [note.line for note in notes] == [2 if said else 4 for _ in notes]
