"""``galley``: which command is run, and the exit codes. The only module that knows all the others.

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
from pipeline.verbs import VERBS

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
    for verb in VERBS:
        own = verbs.add_parser(
            verb.name, help=verb.short, description=verb.about, epilog=verb.examples
        )
        for option in verb.options:
            own.add_argument(*option.flags, **option.settings)
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
