"""What all tests share: the corpus, the command, a clean environment, and no stray log line.

Sizes (:mod:`tests.sizes`): a plain run leaves out the tests marked ``long`` and ``prove``;
``-m prove`` asks for them.
With ``CI=true`` a validator that is absent fails its tests, else it skips them and is named at
the end of the run.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from pipeline.editions import EDITIONS
from tests.sizes import share
from tests.tools import validators

TOP = Path(__file__).resolve().parent.parent
IN_CI = os.environ.get("CI", "").lower() in ("1", "true", "yes")
SIZES = ("long", "prove")
BASE_URL = "https://example.org"

hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if IN_CI else "here")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-fixtures",
        action="store_true",
        help="write what the code makes now into the expected parts of the fixtures",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "prove: every post of the corpus; part of make prove only")
    config.addinivalue_line("markers", "validator(name): stands on a validator (validators.NEEDED)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the sizes that were not asked for, unless ``-m`` or a test's own name did."""
    if config.option.markexpr or any("::" in argument for argument in config.args):
        return
    left_out = [item for item in items if any(item.get_closest_marker(s) for s in SIZES)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_report_header(config: pytest.Config) -> str:
    place = corpus_path()
    there = "" if place.is_dir() else " (absent)"
    return f"corpus: {os.path.relpath(place, TOP)}{there}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    absent = validators.missing()
    if absent:
        terminalreporter.section("validators")
        terminalreporter.line(f"absent: {', '.join(absent)} - `make test-tools` brings them")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test of an absent validator fails in CI, and elsewhere is skipped with its name."""
    for marker in item.iter_markers("validator"):
        lacks = [need for name in marker.args for need in validators.lacks(name)]
        if lacks:
            reason = f"absent: {', '.join(lacks)} (make test-tools)"
            pytest.fail(reason, pytrace=False) if IN_CI else pytest.skip(reason)


def corpus_path() -> Path:
    """Where the corpus should be: ``GALLEY_CORPUS``, else beside the project."""
    return Path(os.environ.get("GALLEY_CORPUS") or TOP.parent / "shared" / "corpus")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of the corpus; without it the test is skipped."""
    place = corpus_path()
    if not (place / "posts").is_dir():
        pytest.skip(f"no corpus at {place}: GALLEY_CORPUS names it")
    return place


@dataclass(frozen=True)
class Finished:
    """A run of the command that has ended."""

    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        """Both streams."""
        return self.out + self.err

    @property
    def events(self) -> list[dict[str, object]]:
        """The JSON lines of ``--format json``."""
        return [json.loads(line) for line in self.out.splitlines()]


Galley = Callable[..., Finished]


@pytest.fixture(scope="session")
def galley() -> Galley:
    """Run the command as a process of its own: ``galley("build", path, "-o", out)``.

    A traceback in what it printed fails the test, whatever the test is about.
    """

    def run(*arguments: str | Path, cwd: Path | None = None, **variables: str) -> Finished:
        environment = os.environ | {"PYTHONPATH": str(TOP)} | variables
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", *map(str, arguments)],
            cwd=cwd or TOP,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=600,
            check=False,
        )
        finished = Finished(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback (most recent call last)" not in finished.text, finished.text
        return finished

    return run


@dataclass(frozen=True)
class Built:
    """Finished editions: the output folder and the posts of its manifest."""

    out: Path
    posts: tuple[dict[str, Any], ...]

    def files(self, edition: str, posts: Iterable[str] | None = None) -> list[Path]:
        """The files of an edition, of all posts or of those whose ``source`` is given."""
        chosen = self.posts if posts is None else [self.post(source) for source in posts]
        return [self.out / post["editions"][edition]["path"] for post in chosen]

    def share(self) -> Built:
        """The part of the posts that this size of run takes."""
        return Built(self.out, tuple(share(self.posts)))

    def post(self, source: str) -> dict[str, Any]:
        """A post's entry in the manifest."""
        return next(post for post in self.posts if post["source"] == source)


THEMES = ("classroom", "report")
"""The themes that Galley ships."""
ON_SCREEN = {"html": "classroom-html", "epub": "classroom-epub"}
"""Variants in the theme that has files for screens too, by the edition that they are made from."""


def build(
    galley: Galley, source: Path, out: Path, *editions: str, told: Iterable[str] = ()
) -> Built:
    """Those editions of every post (the default ones), with more settings as they are ``told``;
    ``base_url`` makes the addresses whole."""
    settings = [part for each in (f"base_url={BASE_URL}", *told) for part in ("--set", each)]
    options = ("--jobs", "2", *settings)
    chosen = ("-e", ",".join(editions)) if editions else ()
    done = galley("build", source, "-o", out, *options, *chosen)
    assert done.code == 0, done.text
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    return Built(out, tuple(post for post in manifest["posts"] if post["status"] == "built"))


@pytest.fixture(scope="session")
def built_corpus(galley: Galley, corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The corpus's 40 posts in the default editions, built once a run."""
    return build(galley, corpus / "posts", tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="session")
def built_samples(galley: Galley, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The posts of ``source/`` in every edition that Galley has, as PDF in each theme that it ships
    (editions of the themes' names), and as HTML and EPUB in that for screens: built once a run."""
    themes = [f"variants.{theme}.theme={theme}" for theme in THEMES]
    for base, name in ON_SCREEN.items():
        themes += [f"variants.{name}.base={base}", f"variants.{name}.theme=classroom"]
    editions = (*EDITIONS, *THEMES, *ON_SCREEN.values())
    return build(galley, TOP / "source", tmp_path_factory.mktemp("samples"), *editions, told=themes)


@pytest.fixture(scope="session")
def update_fixtures(request: pytest.FixtureRequest) -> bool:
    """Whether ``--update-fixtures`` was given."""
    return bool(request.config.getoption("--update-fixtures"))


@pytest.fixture(autouse=True)
def _same_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the caller's zone, language, dates or settings reaches a test."""
    for name in tuple(os.environ):
        if name in ("TZ", "LANGUAGE", "SOURCE_DATE_EPOCH") or name.startswith("LC_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("FORCE_COLOR", raising=False)


@pytest.fixture(autouse=True)
def _no_stray_log_lines(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning that any library logs fails the test, unless it took it with ``caplog.clear``."""
    with caplog.at_level(logging.WARNING):
        yield
    stray = [r for r in caplog.get_records("call") if r.levelno >= logging.WARNING]
    assert not stray, "\n".join(f"{r.name}: {r.getMessage()}" for r in stray)
