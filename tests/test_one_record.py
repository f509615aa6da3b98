"""One record: what the three files say of a post is what the manifest's record says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import reading_back as back
from tests.conftest import Built

READERS: dict[str, Callable[[Path], back.Card]] = {
    "html": back.html_card,
    "epub": back.epub_card,
    "pdf": back.pdf_card,
}


@pytest.fixture(params=["built_samples", "built_corpus"])
def built(request: pytest.FixtureRequest) -> Built:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Built)
    return found


@pytest.mark.parametrize("edition", READERS)
def test_each_edition_says_what_the_record_says(built: Built, edition: str) -> None:
    wrong = [
        f"{post['source']}: {difference}"
        for post in built.posts
        for difference in differences(post["record"], READERS[edition], built, post, edition)
    ]
    assert not wrong, "\n".join(wrong)


def differences(
    record: dict[str, Any],
    reader: Callable[[Path], back.Card],
    built: Built,
    post: dict[str, Any],
    edition: str,
) -> list[str]:
    card = reader(built.out / post["editions"][edition]["path"])
    url = record["url"] if record["url"] and "://" in record["url"] else None
    found = []

    def compare(name: str, said: object, expected: object) -> None:
        if said != expected:
            found.append(f"{name} is {said!r}, the record has {expected!r}")

    compare("title", card.title, record["title"])
    compare("authors", card.authors, tuple(a["name"] for a in record["authors"]))
    compare("language", card.language, record["language"])
    compare("description", card.description, record["description"])
    compare("subjects", card.subjects, frozenset(record["tags"] + record["categories"]))
    compare("url", card.url, url or (record["identifier"] if edition == "pdf" else None))
    if not back.same_moment(card.published, record["published"]):
        compare("published", card.published, record["published"])
    modified = record["modified"] or record["published"]
    if modified and card.modified and not back.same_moment(card.modified, modified):
        compare("modified", card.modified, modified)
    return found


def test_an_epub_sorts_its_authors_by_family_name_and_is_known_by_its_identifier(
    built: Built,
) -> None:
    for post, path in zip(built.posts, built.files("epub"), strict=True):
        book, record = back.Book(path), post["record"]
        assert book.file_as() == tuple(a["file_as"] for a in record["authors"]), path.name
        assert record["identifier"] in book.all("identifier"), path.name


def test_some_post_has_every_part_of_a_record(built_samples: Built) -> None:
    """The comparison is worth nothing where the records are empty."""
    for key in ("authors", "published", "description", "tags", "url"):
        assert any(post["record"][key] for post in built_samples.posts), key
