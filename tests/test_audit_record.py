"""Every disagreement that is planted into an edition is found, and in its own place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline import audit
from pipeline.audit.places import KINDS
from tests import planting
from tests.conftest import Galley

POST = """\
---
title: Folding by Hand
subtitle: Sixteen pages from one sheet
author:
  - "Ada Öğütçü ([@ada](https://example.org/ada))"
  - Leyla Çınaroğlu
date: 2024-10-04T10:08:14+03:00
lastmod: 2024-11-01T09:30:00+03:00
lang: tr
description: Where the pages of a sheet go.
tags: [kâğıt, forma]
categories: [El işi]
series: Kâğıt
url: https://example.org/folding/
rights: https://creativecommons.org/licenses/by/4.0/
publisher: The Composing Room
---
## A picture

![Two folds](fold.png)

## A formula

The ratio is $\\sqrt{2}$.
"""
PLANT = {"html": planting.in_html, "epub": planting.in_epub, "pdf": planting.in_pdf}
MOMENT = "1999-12-31T23:59:59+00:00"


@pytest.fixture(scope="module")
def built(galley: Galley, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The record of a post that has every field, and its editions' bytes."""
    from PIL import Image

    folder = tmp_path_factory.mktemp("planted")
    (folder / "post.md").write_text(POST, encoding="utf-8")
    Image.new("RGB", (40, 20), "white").save(folder / "fold.png")
    contents = "text.contents=always"
    done = galley("build", folder / "post.md", "-o", folder / "out", "--set", contents)
    assert done.code == 0, done.text
    (post,) = json.loads((folder / "out/manifest.json").read_text("utf-8"))["posts"]
    files = {
        name: (folder / "out" / output["path"]).read_bytes()
        for name, output in post["editions"].items()
    }
    return {"record": post["record"], **files}


PLACES = [
    pytest.param(kind, place.name, place.way, id=f"{kind}-{place.name}")
    for kind, of in KINDS.items()
    for place in of.places
]


def found(built: dict[str, Any], kind: str, data: bytes) -> set[str]:
    return {one.place for one in audit.disagreements(kind, data, built["record"])}


@pytest.mark.parametrize("kind", KINDS)
def test_an_edition_as_it_was_built_agrees(built: dict[str, Any], kind: str) -> None:
    assert found(built, kind, built[kind]) == set()


@pytest.mark.parametrize("kind", KINDS)
def test_the_post_has_something_to_say_in_every_place(built: dict[str, Any], kind: str) -> None:
    said = KINDS[kind].read(built[kind]).places
    assert [place.name for place in KINDS[kind].places if not said.get(place.name)] == []


@pytest.mark.parametrize(("kind", "place", "way"), PLACES)
def test_a_planted_value_is_found(built: dict[str, Any], kind: str, place: str, way: str) -> None:
    text = MOMENT if way == "moment" else "planted"
    if place.startswith("Info") and way == "moment":
        text = "D:19991231235959Z"
    assert found(built, kind, PLANT[kind](built[kind], place, text)) == {place}


@pytest.mark.parametrize(("kind", "place", "way"), PLACES)
def test_a_place_that_is_gone_is_found(
    built: dict[str, Any], kind: str, place: str, way: str
) -> None:
    missing = found(built, kind, PLANT[kind](built[kind], place, None))
    assert (place in missing) is (way != "claim")
    assert missing <= {place, "dc:creator file-as", "dc:creator role"}  # they go with their author


@pytest.mark.parametrize("kind", ["html", "epub"])
@pytest.mark.parametrize("term", ["accessMode", "accessModeSufficient", "accessibilityFeature"])
def test_a_claim_that_the_text_does_not_bear_out_is_found(
    built: dict[str, Any], kind: str, term: str
) -> None:
    place = (KINDS[kind].vocabulary or "").format(term)
    assert found(built, kind, PLANT[kind](built[kind], place, "auditory")) == {place}


def test_moments_are_compared_as_points_in_time() -> None:
    same = audit.agreement.same_moment
    assert same("2024-10-04T10:08:14+03:00", "2024-10-04T07:08:14Z")
    assert same("2024-10-04", "2024-10-04T23:59:00+03:00")
    assert not same("2024-10-04T10:08:14+03:00", "2024-10-04T10:08:14Z")
    assert not same("yesterday", "2024-10-04")


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_another_kind_is_told(kind: str) -> None:
    with pytest.raises(ValueError, match="it "):
        audit.disagreements(kind, b"\0\1 nothing of the kind", {})


def test_no_file_is_read_that_says_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="JSON-LD"):
        audit.disagreements("html", b"<!doctype html><title>A page</title>", {})
