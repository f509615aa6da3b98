"""Others judge the editions: epubcheck and vnu without an error, veraPDF for PDF/A-3a and PDF/UA-1.

Six posts of the corpus a validator, each with something of its own, and the project's samples;
``make prove`` has all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import Built
from tests.test_founding_post import FOUNDING
from tests.tools import validators

SIX = (
    FOUNDING,
    "tr/blog/posts/2016-05-11-linux-ile-bash-script-temelleri.md",  # Turkish, the longest
    "tr/docs/howtos/almalinux9/1-initial-settings/90-how-to-set-up-vim-settings-on-almalinux.md",
    "en/blog/engineering/operatingsystems/Linux/"
    "2024-11-02-how-to-configure-a-webdav-folder-on-almalinux-9.md",  # code and HTML
    "en/docs/programming/50-kotlin/1-fundamentals/"
    "80-2025-02-09-string-templates-in-kotlin-a-comprehensive-guide.md",  # dollar signs
    "en/blog/engineering/Networks/"
    "2024-11-01-understanding-mac-addresses-and-ip-addresses-key-differences-and-uses-in-networking.md",
)

Judge = Callable[[Iterable[Path]], validators.Verdicts]

JUDGES: dict[str, tuple[str, Judge]] = {
    "epubcheck": ("epub", validators.epubcheck),
    "vnu": ("html", validators.vnu),
}
PDF_JUDGES: dict[str, Judge] = {
    name: partial(validators.verapdf, profile=name) for name in ("3a", "ua1")
}


def complaints(judge: Judge, files: list[Path]) -> list[str]:
    return [
        f"{path.name}: {line}" for path, lines in sorted(judge(files).items()) for line in lines[:5]
    ]


@pytest.mark.validator("epubcheck", "vnu")
@pytest.mark.parametrize("name", JUDGES)
def test_the_samples_are_valid(name: str, built_samples: Built) -> None:
    edition, judge = JUDGES[name]
    assert complaints(judge, built_samples.files(edition)) == []


@pytest.mark.validator("verapdf")
@pytest.mark.parametrize("profile", PDF_JUDGES)
def test_the_samples_conform_to_pdf_standards(profile: str, built_samples: Built) -> None:
    assert complaints(PDF_JUDGES[profile], built_samples.files("pdf")) == []


@pytest.mark.validator("epubcheck", "vnu")
@pytest.mark.parametrize("name", JUDGES)
def test_six_posts_are_valid(name: str, built_corpus: Built) -> None:
    edition, judge = JUDGES[name]
    assert complaints(judge, built_corpus.files(edition, SIX)) == []


@pytest.mark.validator("verapdf")
@pytest.mark.parametrize("profile", PDF_JUDGES)
def test_the_founding_post_conforms_to_pdf_standards(profile: str, built_corpus: Built) -> None:
    assert complaints(PDF_JUDGES[profile], built_corpus.files("pdf", [FOUNDING])) == []


@pytest.mark.prove
@pytest.mark.validator("epubcheck", "vnu")
@pytest.mark.parametrize("name", JUDGES)
def test_every_post_is_valid(name: str, built_corpus: Built) -> None:
    edition, judge = JUDGES[name]
    assert len(built_corpus.posts) == 40
    assert complaints(judge, built_corpus.files(edition)) == []


@pytest.mark.prove
@pytest.mark.validator("verapdf")
@pytest.mark.parametrize("profile", PDF_JUDGES)
def test_every_post_conforms_to_pdf_standards(profile: str, built_corpus: Built) -> None:
    assert complaints(PDF_JUDGES[profile], built_corpus.files("pdf")) == []
