"""``galley``: the verbs, their flags, the exit codes. The only module that knows all the others.

Exit codes: 0 done; 1 some post failed, or had a warning under ``--strict``; 2 usage or set-up;
130 interrupted. argparse is enough here, and another parser would cost more than a run with
nothing to do.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

from pipeline import __version__

ABOUT = """\
Galley turns a folder of Markdown posts into PDF, EPUB and HTML files that people print, read
and hand out."""

EXAMPLES = """\
examples:
  galley new magazine            begin a publication
  galley build                   build every post of source/ into build/
  galley build posts -e pdf      only the PDFs of the folder posts/
  galley check                   what is wrong with the posts, and what would be repaired
  galley proof                   pages that show each repair in its place, before and after
  galley fix --diff              the repairs as a patch; without --diff they are written back
  galley normalize post.md       show the post as Galley understands it
  galley audit                   do the finished editions agree, and are they valid?
  galley doctor                  is everything here that Galley needs?

exit codes: 0 done, 1 some post failed, 2 usage or set-up, 130 interrupted"""

BUILD = """\
Build the posts (.md, .markdown) under each PATH, a folder or a file. Editions that would come
out as they stand are left alone; a post that fails keeps the files it had."""

BUILD_EXAMPLES = """\
examples:
  galley build                            source/ into build/, every edition
  galley build source/letter.md -e pdf    one post, one edition
  galley build -e handout -e large-print  other ways to print: docs/configuration.md lists them
  galley build --set paper=letter         on US Letter
  galley build --strict                   a post with a warning counts as failed
  galley build --format json              one JSON object a line: start, diagnostic, post (with
                                          source, status, reason, editions, diagnostics), and
                                          last summary"""


CHECK = """\
Tell what is wrong with the posts under each PATH, which repairs Galley makes in the editions, and
which it only proposes, each with its lines before and after. Nothing is written."""

CHECK_EXAMPLES = """\
examples:
  galley check source/letter.md        one post
  galley check --strict                exit code 1 until all is mended or decided
  galley check --format github         annotations on the changed lines of a pull request"""

PROOF = """\
Write pages that show the posts under each PATH before and after, line beside line, with every
repair in its place: code, reason, confidence, and what to paste to have it otherwise. They are
read in a browser, from the disk. Open _proof/index.html in the output folder."""

PROOF_EXAMPLES = """\
examples:
  galley proof                         the posts of source/, into build/_proof/
  galley proof posts/letter.md         one post; the pages of former runs are taken away
  galley proof posts -o ../proofs      into ../proofs/_proof/"""

FIX = """\
Write repairs back into the posts under each PATH: the lines that a repair changes and nothing
else. Front matter, line ends and permissions stay. A post with uncommitted changes in git is left
alone; outside git the post as it was is kept beside it as FILE.orig."""

FIX_EXAMPLES = """\
examples:
  galley fix --diff                    what would change, as a patch
  galley fix --diff | git apply        the same as galley fix
  galley fix --only N102 --only N101   blank lines and odd spaces only
  galley fix --min-confidence 0.95     what is next to certain"""

AUDIT = """\
Read the finished editions in BUILD again and compare what each says, field by field, with the
record of the manifest, and with the source where it is there. Then ask the standards' own
validators that are installed. One verdict a post; nothing is written."""

AUDIT_EXAMPLES = """\
examples:
  galley audit                         build/, with every validator that is here
  galley audit --record-only           only what the editions say of themselves
  galley audit --format json           one JSON object"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; what the editor can mend is told in a line."""
    arguments = _parse(argv)
    try:
        verb = import_module(f"pipeline.commands.{arguments.verb}")
        code: int = verb.run(arguments)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    except Exception as error:
        return _stopped(error, getattr(arguments, "debug", False))
    return code


def _stopped(error: Exception, debug: bool) -> int:
    """Tell what stopped the command; 2 for set-up, 1 for a post."""
    from pipeline.commands.report import told
    from pipeline.diagnostics import Fault, fault

    if not isinstance(error, Fault):
        if debug:
            raise error
        kind = type(error).__name__
        error = fault(
            "P004", f"internal fault: {kind}: {error}",
            hint="a mistake of Galley's: please report it, with what --debug prints",
        )  # fmt: skip
    told(error.diagnostics)
    return 2 if any(note.code.startswith("S") for note in error.diagnostics) else 1


def _parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """The arguments; PATHs may stand on both sides of flags (argparse takes one run of them)."""
    top = parser()
    arguments, rest = top.parse_known_args(argv)
    flags = [text for text in rest if text.startswith("-")]
    if rest and not flags and hasattr(arguments, "path"):
        arguments.path += rest
    elif rest:
        top.error(_unknown((flags or rest)[0], arguments.verb))
    return arguments


def _unknown(text: str, verb: str) -> str:
    from difflib import get_close_matches

    flags = _verb_parser(verb)._option_string_actions
    close = get_close_matches(text.partition("=")[0], flags, n=1) if text.startswith("-") else []
    meant = f"did you mean {close[0]}?" if close else f"see galley {verb} --help"
    return f"galley {verb} has no argument {text!r} - {meant}"


def _verb_parser(verb: str) -> argparse.ArgumentParser:
    groups = (action for action in parser()._actions)
    choices = next(a.choices for a in groups if isinstance(a, argparse._SubParsersAction))
    found: argparse.ArgumentParser = choices[verb]
    return found


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = _Parser(prog="galley", description=ABOUT, epilog=EXAMPLES)
    top.add_argument("--version", action="version", version=f"galley {__version__}")
    verbs = top.add_subparsers(dest="verb", metavar="COMMAND", required=True)
    _new(verbs)
    _build(verbs)
    _check(verbs)
    _proof(verbs)
    _fix(verbs)
    _normalize(verbs)
    _audit(verbs)
    _doctor(verbs)
    _clean(verbs)
    return top


class _Help(argparse.RawDescriptionHelpFormatter):
    """Our line ends in descriptions stay."""


class _Parser(argparse.ArgumentParser):
    """Whole flags only, our line ends, mistakes told in one line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Help, allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and end with 2."""
        cure = "" if " - " in message else f" - see {self.prog} --help"
        self.exit(2, f"galley: error: {message}{cure}\n")


def _new(verbs: argparse._SubParsersAction[_Parser]) -> None:
    verb = verbs.add_parser(
        "new", help="begin a publication in FOLDER",
        description="Make FOLDER with galley.toml, a sample post, and places for images and "
        "templates. Nothing that exists is overwritten.",
    )  # fmt: skip
    verb.add_argument("folder", metavar="FOLDER")


def _build(verbs: argparse._SubParsersAction[_Parser]) -> None:
    verb = verbs.add_parser(
        "build", help="build the posts under PATH", description=BUILD, epilog=BUILD_EXAMPLES
    )
    add = verb.add_argument
    add("path", metavar="PATH", nargs="*", help="folder or file (default: source)")
    add("-e", "--edition", metavar="EDITION", action="append", default=[],
        help="build exactly this edition; may be given again (default: those of galley.toml, "
        "html pdf epub, and the post's own)")  # fmt: skip
    _add_out(verb)
    add("--jobs", "-j", metavar="N", type=_count, default=0,
        help="posts made at the same time (default: one a processor)")  # fmt: skip
    add("--drafts", action="store_true", help="drafts and future-dated posts too")
    add("--set", metavar="KEY=VALUE", action="append", default=[],
        help="a setting of galley.toml, or a front matter key for every post; may be given "
        "again")  # fmt: skip
    add("--strict", action="store_true", help="a warning makes its post fail")
    add("--format", choices=("text", "json"), default="text", help="how to report (default: text)")
    add("--quiet", "-q", action="store_true", help="report errors only")
    add("--debug", action="store_true", help="with tracebacks of internal faults")


def _check(verbs: argparse._SubParsersAction[_Parser]) -> None:
    verb = verbs.add_parser(
        "check", help="say what is wrong with the posts under PATH", description=CHECK,
        epilog=CHECK_EXAMPLES,
    )  # fmt: skip
    add = verb.add_argument
    add("path", metavar="PATH", nargs="*", help="folder or file (default: source)")
    add(
        "--strict",
        action="store_true",
        help="exit code 1 for a warning, or a repair that is not decided and changes the structure",
    )
    add("--format", choices=("text", "json", "github"), default="text",
        help="how to report: text, one JSON object, or annotations of GitHub Actions "
        "(default: text)")  # fmt: skip


def _proof(verbs: argparse._SubParsersAction[_Parser]) -> None:
    verb = verbs.add_parser(
        "proof", help="show each repair in its place, before and after", description=PROOF,
        epilog=PROOF_EXAMPLES,
    )  # fmt: skip
    add = verb.add_argument
    add("path", metavar="PATH", nargs="*", help="folder or file (default: source)")
    _add_out(verb)
    add("--format", choices=("text", "json"), default="text",
        help="how to report: text, or one JSON object (default: text)")  # fmt: skip
    add("--quiet", "-q", action="store_true", help="report errors only")


def _fix(verbs: argparse._SubParsersAction[_Parser]) -> None:
    verb = verbs.add_parser(
        "fix", help="write repairs back into the posts under PATH", description=FIX,
        epilog=FIX_EXAMPLES,
    )  # fmt: skip
    add = verb.add_argument
    add("path", metavar="PATH", nargs="*", help="folder or file (default: source)")
    add(
        "--diff",
        action="store_true",
        help="write nothing; print the changes as a patch for git apply",
    )
    add(
        "--only",
        metavar="CODE",
        action=_Codes,
        default=(),
        help="make the repairs of this code only; may be given again",
    )
    add(
        "--skip",
        metavar="CODE",
        action=_Codes,
        default=(),
        help="make no repair of this code; may be given again",
    )
    add("--min-confidence", metavar="N", type=_share, default=None,
        help="make repairs from this confidence on, 0 to 1 (default: repairs.threshold of "
        "galley.toml)")  # fmt: skip


class _Codes(argparse.Action):
    """Codes, several of them with commas or in several flags."""

    def __call__(self, parser: Any, namespace: Any, values: Any, option: Any = None) -> None:
        """Add to those given before."""
        codes = tuple(code.strip().upper() for code in values.split(",") if code.strip())
        setattr(namespace, self.dest, (*getattr(namespace, self.dest), *codes))


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no confidence: a number from 0 to 1")
    return share


def _normalize(verbs: argparse._SubParsersAction[_Parser]) -> None:
    verb = verbs.add_parser(
        "normalize", help="print a post as Galley understands it",
        description="Print the post with its structure repaired and its front matter under "
        "canonical keys. FILE itself is not changed.",
    )  # fmt: skip
    verb.add_argument("file", metavar="FILE")


def _audit(verbs: argparse._SubParsersAction[_Parser]) -> None:
    verb = verbs.add_parser(
        "audit", help="read finished editions again, and have them judged", description=AUDIT,
        epilog=AUDIT_EXAMPLES,
    )  # fmt: skip
    add = verb.add_argument
    add("build", metavar="BUILD", nargs="?", default="build",
        help="the output folder (default: build)")  # fmt: skip
    add("--record-only", action="store_true", help="ask no validator")
    add("--set", metavar="KEY=VALUE", action="append", default=[],
        help="what the build was given with --set; may be given again")  # fmt: skip
    add(
        "--strict",
        action="store_true",
        help="exit code 1 for a missing validator or a slight finding, too",
    )
    add("--format", choices=("text", "json"), default="text", help="how to report (default: text)")


def _doctor(verbs: argparse._SubParsersAction[_Parser]) -> None:
    verb = verbs.add_parser(
        "doctor", help="say what is here, what is missing, and how to get it",
        description="List versions, engines and fonts, what is missing, and the command that "
        "brings it. Exit code 0 if all that is needed is here, else 2.",
    )  # fmt: skip
    verb.add_argument("--format", choices=("text", "json"), default="text")


def _clean(verbs: argparse._SubParsersAction[_Parser]) -> None:
    verb = verbs.add_parser(
        "clean", help="remove what was built",
        description="Remove the files that the output folder's manifest lists, the pages of the "
        "proof, and the manifest.",
    )  # fmt: skip
    _add_out(verb)


def _add_out(verb: _Parser) -> None:
    verb.add_argument(
        "-o", "--out", metavar="DIR", default="build", help="output folder (default: build)"
    )


def _count(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no count: 1 or more")
    return number


def entry() -> NoReturn:
    """The ``galley`` command: as ``main``, then out at once.

    Everything written is on the disk and both streams are flushed; taking the interpreter and
    the engines' libraries down in order would only cost time.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        code = main()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 2
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        pass
    os._exit(code)
