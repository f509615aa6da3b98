"""The verbs of ``galley``: one row each, in the order of ``galley --help``.

A row is all that the command line knows of a verb; what it does is ``pipeline.commands.NAME``.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any, NamedTuple


class Option(NamedTuple):
    """An argument of a verb: its flags (or its name), and what argparse is told of it."""

    flags: tuple[str, ...]
    settings: Mapping[str, Any]


class Verb(NamedTuple):
    """``short`` stands in the list of verbs, ``about`` and ``examples`` in the verb's own help."""

    name: str
    short: str
    about: str
    options: tuple[Option, ...]
    examples: str | None = None


def _option(*flags: str, **settings: Any) -> Option:
    return Option(flags, settings)


def _switch(*flags: str, help: str) -> Option:
    return Option(flags, {"action": "store_true", "help": help})


def _report(*forms: str, help: str = "how to report") -> Option:
    return _option("--format", choices=forms, default="text", help=f"{help} (default: text)")


def _settings(help: str) -> Option:
    return _option(
        "--set", metavar="KEY=VALUE", action="append", default=[],
        help=f"{help}; may be given again",
    )  # fmt: skip


class _Codes(argparse.Action):
    """Codes, several of them with commas or in several flags."""

    def __call__(self, parser: Any, namespace: Any, values: Any, option: Any = None) -> None:
        """Add to those given before."""
        codes = tuple(code.strip().upper() for code in values.split(",") if code.strip())
        setattr(namespace, self.dest, (*getattr(namespace, self.dest), *codes))


def _codes(flag: str, help: str) -> Option:
    return _option(
        flag, metavar="CODE", action=_Codes, default=(), help=f"{help}; may be given again"
    )


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no confidence: a number from 0 to 1")
    return share


def _count(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no count: 1 or more")
    return number


PATHS = _option("path", metavar="PATH", nargs="*", help="folder or file (default: source)")
OUT = _option("-o", "--out", metavar="DIR", default="build", help="output folder (default: build)")
QUIET = _switch("--quiet", "-q", help="report errors only")

VERBS = (
    Verb(
        "new",
        "begin a publication in FOLDER",
        """\
Make FOLDER with galley.toml, a sample post, and places for images and templates. Nothing that
exists is overwritten.""",
        (_option("folder", metavar="FOLDER"),),
    ),
    Verb(
        "build",
        "build the posts under PATH",
        """\
Build the posts (.md, .markdown) under each PATH, a folder or a file. Editions that would come
out as they stand are left alone; a post that fails keeps the files it had.""",
        (
            PATHS,
            _option(
                "-e", "--edition", metavar="EDITION", action="append", default=[],
                help="build exactly this edition; may be given again (default: those of "
                "galley.toml, html pdf epub, and the post's own)",
            ),
            OUT,
            _option(
                "--jobs", "-j", metavar="N", type=_count, default=0,
                help="posts made at the same time (default: one a processor)",
            ),
            _switch("--drafts", help="drafts and future-dated posts too"),
            _settings("a setting of galley.toml, or a front matter key for every post"),
            _switch("--strict", help="a warning makes its post fail"),
            _report("text", "json"),
            QUIET,
            _switch("--debug", help="with tracebacks of internal faults"),
        ),
        """\
examples:
  galley build                            source/ into build/, every edition
  galley build source/letter.md -e pdf    one post, one edition
  galley build -e handout -e large-print  other ways to print: docs/configuration.md lists them
  galley build --set paper=letter         on US Letter
  galley build --strict                   a post with a warning counts as failed
  galley build --format json              one JSON object a line: start, diagnostic, post (with
                                          source, status, reason, editions, diagnostics), and
                                          last summary""",
    ),
    Verb(
        "check",
        "say what is wrong with the posts under PATH",
        """\
Tell what is wrong with the posts under each PATH, which repairs Galley makes in the editions, and
which it only proposes, each with its lines before and after. Nothing is written.""",
        (
            PATHS,
            _switch(
                "--strict",
                help="exit code 1 for a warning, or a repair that is not decided and changes the "
                "structure",
            ),
            _report(
                "text", "json", "github",
                help="how to report: text, one JSON object, or annotations of GitHub Actions",
            ),
        ),
        """\
examples:
  galley check source/letter.md        one post
  galley check --strict                exit code 1 until all is mended or decided
  galley check --format github         annotations on the changed lines of a pull request""",
    ),
    Verb(
        "proof",
        "show each repair in its place, before and after",
        """\
Write pages that show the posts under each PATH before and after, line beside line, with every
repair in its place: code, reason, confidence, and what to paste to have it otherwise. They are
read in a browser, from the disk. Open _proof/index.html in the output folder.""",
        (
            PATHS,
            OUT,
            _report("text", "json", help="how to report: text, or one JSON object"),
            QUIET,
        ),
        """\
examples:
  galley proof                         the posts of source/, into build/_proof/
  galley proof posts/letter.md         one post; the pages of former runs are taken away
  galley proof posts -o ../proofs      into ../proofs/_proof/""",
    ),
    Verb(
        "fix",
        "write repairs back into the posts under PATH",
        """\
Write repairs back into the posts under each PATH: the lines that a repair changes and nothing
else. Front matter, line ends and permissions stay. A post with uncommitted changes in git is left
alone; outside git the post as it was is kept beside it as FILE.orig.""",
        (
            PATHS,
            _switch("--diff", help="write nothing; print the changes as a patch for git apply"),
            _codes("--only", "make the repairs of this code only"),
            _codes("--skip", "make no repair of this code"),
            _option(
                "--min-confidence", metavar="N", type=_share, default=None,
                help="make repairs from this confidence on, 0 to 1 (default: repairs.threshold "
                "of galley.toml)",
            ),
        ),
        """\
examples:
  galley fix --diff                    what would change, as a patch
  galley fix --diff | git apply        the same as galley fix
  galley fix --only N102 --only N101   blank lines and odd spaces only
  galley fix --min-confidence 0.95     what is next to certain""",
    ),
    Verb(
        "normalize",
        "print a post as Galley understands it",
        """\
Print the post with its structure repaired and its front matter under canonical keys. FILE itself
is not changed.""",
        (_option("file", metavar="FILE"),),
    ),
    Verb(
        "audit",
        "read finished editions again, and have them judged",
        """\
Read the finished editions in BUILD again and compare what each says, field by field, with the
record of the manifest, and with the source where it is there. Then ask the standards' own
validators that are installed. One verdict a post; nothing is written.""",
        (
            _option(
                "build", metavar="BUILD", nargs="?", default="build",
                help="the output folder (default: build)",
            ),
            _switch("--record-only", help="ask no validator"),
            _settings("what the build was given with --set"),
            _switch(
                "--strict", help="exit code 1 for a missing validator or a slight finding, too"
            ),
            _report("text", "json"),
        ),
        """\
examples:
  galley audit                         build/, with every validator that is here
  galley audit --record-only           only what the editions say of themselves
  galley audit --format json           one JSON object""",
    ),
    Verb(
        "doctor",
        "say what is here, what is missing, and how to get it",
        """\
List versions, engines and fonts, what is missing, and the command that brings it. Exit code 0 if
all that is needed is here, else 2.""",
        (_report("text", "json"),),
    ),
    Verb(
        "clean",
        "remove what was built",
        """\
Remove the files that the output folder's manifest lists, the pages of the proof, and the
manifest.""",
        (OUT,),
    ),
)  # fmt: skip
