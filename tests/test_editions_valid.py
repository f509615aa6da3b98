"""Others judge the editions: epubcheck and vnu without an error, veraPDF for PDF/A-3a and PDF/UA-1.

Six posts of the corpus a validator, each with something of its own, and the project's samples;
``make prove`` has all of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import pytest

from pipeline.editions import EDITIONS
from tests.conftest import ON_SCREEN, THEMES, Built, Galley
from tests.sizes import share
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

RICHEST = "2025-06-12-the-square-root-in-your-paper-tray.md"

Judge = Callable[[Iterable[Path]], validators.Verdicts]


INCURABLE = "USAGE CSS-028 "
"""What epubcheck remarks on and no book with faces of its own can avoid: that it has them."""


def _epubcheck(files: Iterable[Path]) -> validators.Verdicts:
    """Down to epubcheck's remarks on usage, but for the one that nothing cures."""
    verdicts = validators.epubcheck(files, least="USAGE").items()
    return {p: tuple(x for x in found if not x.startswith(INCURABLE)) for p, found in verdicts}


NO_DATA = "Resource violates Content Security Policy (meta tag): image “data:"
"""What vnu warns of whatever a policy allows: browsers take ``img-src data:`` as it is meant."""


def _vnu(files: Iterable[Path]) -> validators.Verdicts:
    """Errors and warnings of vnu, but for the one that is its own mistake."""
    verdicts = validators.vnu(files, warnings=True).items()
    return {path: tuple(x for x in found if NO_DATA not in x) for path, found in verdicts}


JUDGES: dict[str, tuple[str, Judge, str]] = {
    "epubcheck": ("epub", _epubcheck, "epubcheck"),
    "Ace": ("epub", validators.ace, "ace"),
    "vnu": ("html", _vnu, "vnu"),
    "html-validate": ("html", validators.html_validate, "html-validate"),
    "axe": ("html", validators.axe, "axe"),
    "PDF/A-3a": ("pdf", partial(validators.verapdf, profile="3a"), "verapdf"),
    "PDF/UA-1": ("pdf", partial(validators.verapdf, profile="ua1"), "verapdf"),
}
"""Edition, validator, and what that stands on."""
FEW = {"Ace": (FOUNDING,), "axe": (FOUNDING,), "PDF/A-3a": (FOUNDING,), "PDF/UA-1": (FOUNDING,)}
"""Posts of the slower ones; the others have six."""

EACH = [
    pytest.param(name, marks=pytest.mark.validator(stands))
    for name, (_, _, stands) in JUDGES.items()
]


def complaints(judge: Judge, files: list[Path]) -> list[str]:
    return [
        f"{path.name}: {line}" for path, lines in sorted(judge(files).items()) for line in lines[:5]
    ]


@pytest.mark.parametrize("name", EACH)
def test_samples_and_posts_are_valid(name: str, built_samples: Built, built_corpus: Built) -> None:
    edition, judge, _ = JUDGES[name]
    made_so = [other for other, entry in EDITIONS.items() if entry.engine == edition]
    made_so += THEMES if edition == "pdf" else ()
    samples = [file for other in made_so for file in built_samples.files(other)]
    assert len(samples) == len(built_samples.posts) * len(made_so)
    if edition in ON_SCREEN:  # what a theme changes shows in the post that has most in it
        samples += built_samples.files(ON_SCREEN[edition], [RICHEST])
    files = samples + built_corpus.files(edition, FEW.get(name, SIX))
    assert complaints(judge, files) == []


@pytest.mark.prove
@pytest.mark.parametrize("name", EACH)
def test_every_post_is_valid(name: str, built_corpus: Built) -> None:
    edition, judge, _ = JUDGES[name]
    assert len(built_corpus.posts) == 40
    assert complaints(judge, built_corpus.share().files(edition)) == []


@pytest.fixture(scope="session")
def built_archive(galley: Galley, corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A hundred posts of the corpus's archive, every third of it, in all editions."""
    posts = share(sorted((corpus / "archive").rglob("*.md"))[::3][:100])
    folder = tmp_path_factory.mktemp("archive")
    for post in posts:
        copy = folder / "posts" / post.relative_to(corpus / "archive")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(post.read_bytes())
    out = folder / "out"
    done = galley("build", folder / "posts", "-o", out, "--jobs", "2", "--drafts")
    assert done.code == 0, done.text
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    return Built(out, tuple(p for p in manifest["posts"] if p["status"] == "built"))


@pytest.mark.prove
@pytest.mark.parametrize("name", EACH)
def test_a_hundred_posts_of_the_archive_conform(name: str, built_archive: Built) -> None:
    edition, judge, _ = JUDGES[name]
    files = built_archive.files(edition)
    assert len(files) >= len(share(range(99)))
    assert complaints(judge, files) == []
