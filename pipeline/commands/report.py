"""How a build is told: to a person on a terminal, to a log, to a program.

- Text: progress and summary on standard output, diagnostics on standard error. On a terminal the
  progress is a bar. ``--quiet`` leaves the errors.
- JSON (``--format json``): one object a line on standard output, ``event`` being one of
  ``start`` (``version``, ``posts``, ``output``), ``diagnostic`` (the six keys of the manifest's
  diagnostics; what is not about one post), ``post`` (``source``, ``status``: built, unchanged,
  skipped or failed, ``reason``, ``editions``, ``diagnostics``, as the manifest has them, and
  ``done`` of ``posts``), last ``summary`` (``built unchanged skipped failed warnings removed
  output seconds exit_code``). Under ``--quiet`` only the last.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import IO, Any, Protocol

from pipeline import __version__
from pipeline.diagnostics import as_json, as_text
from pipeline.model import Diagnostic
from pipeline.press import Event, Finished, Noted, Started, Summary


class Report(Protocol):
    """What a build tells its events to."""

    def event(self, event: Event) -> None:
        """Take one event."""

    def close(self, summary: Summary | None) -> None:
        """Say the summary (None if there is none: the run was stopped)."""


def printable(text: str) -> str:
    """The text without control characters and half characters: names may hold anything."""
    shown = "".join(c if c.isprintable() or c == " " else repr(c)[1:-1] for c in text)
    return shown.encode("utf-8", "backslashreplace").decode()


def say(text: str, stream: IO[str]) -> None:
    """Print a line; when nobody reads any more (a closed pipe) the work still goes on."""
    try:
        print(text, file=stream, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def text_of(note: Diagnostic, source: str | None = None) -> str:
    """The diagnostic on one line, with the post it came up in if its place does not say that."""
    elsewhere = source is not None and note.path != source
    return printable(as_text(note) + (f" (in {source})" if elsewhere else ""))


def told(diagnostics: tuple[Diagnostic, ...], source: str | None = None) -> None:
    """Print the diagnostics on standard error, as text."""
    for note in diagnostics:
        say(text_of(note, source), sys.stderr)


class PlainReport:
    """Lines for a log. ``out`` is shown as the place of the files."""

    def __init__(self, out: Path, quiet: bool) -> None:
        self.out, self.quiet = out, quiet
        self.posts = self.done = 0
        self.began = time.monotonic()

    def event(self, event: Event) -> None:
        """One line a post that was worked on, after what is to be said of it."""
        if isinstance(event, Started):
            self.posts = event.posts
        elif isinstance(event, Noted):
            self._note((event.diagnostic,))
        else:
            self.done += 1
            self._note(event.diagnostics, event.source)
            if event.trace:
                say(event.trace.rstrip(), sys.stderr)
            if not self.quiet:
                self.progress(event)

    def _note(self, notes: tuple[Diagnostic, ...], source: str | None = None) -> None:
        told(tuple(n for n in notes if n.severity == "error" or not self.quiet), source)

    def progress(self, event: Finished) -> None:
        """Say that a post is done; what is unchanged is only counted."""
        if event.status != "unchanged":
            reason = f" ({event.reason})" if event.status == "skipped" else ""
            say(
                f"[{self.done}/{self.posts}] {event.status:7} {printable(event.source)}"
                f"{printable(reason)}",
                sys.stdout,
            )

    def close(self, summary: Summary | None) -> None:
        """The last lines: how many, where, how long."""
        if summary is None or self.quiet or not self.posts:
            return
        say(summary_line(summary, self.out, time.monotonic() - self.began), sys.stdout)


def summary_line(summary: Summary, out: Path, seconds: float) -> str:
    """The whole run in one line."""
    parts = [
        f"{summary.built} built",
        f"{summary.unchanged} unchanged",
        f"{summary.skipped} skipped",
        f"{summary.failed} failed",
        f"{summary.warnings} warning{'' if summary.warnings == 1 else 's'}",
    ]
    if summary.removed:
        parts.append(f"{summary.removed} removed with their sources")
    place = printable(str(out)).rstrip("/")
    return f"{', '.join(parts)}; files in {place}/ ({seconds:.1f} s)"


class BarReport(PlainReport):
    """A bar for a terminal; diagnostics scroll by above it."""

    def __init__(self, out: Path, quiet: bool) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        super().__init__(out, quiet)
        self.console = Console(stderr=True, highlight=False, markup=False)
        self.bar = Progress(
            BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False),
            console=self.console, transient=True,
        )  # fmt: skip
        self.task = self.bar.add_task("", total=None)

    def event(self, event: Event) -> None:
        """Start the bar with the first event."""
        if isinstance(event, Started):
            self.bar.update(self.task, total=event.posts)
            self.bar.start()
        super().event(event)

    def _note(self, notes: tuple[Diagnostic, ...], source: str | None = None) -> None:
        for note in notes:
            self.console.print(text_of(note, source), soft_wrap=True)

    def progress(self, event: Finished) -> None:
        """One step, with the name of the post that is done."""
        self.bar.update(self.task, advance=1, description=printable(event.source))

    def close(self, summary: Summary | None) -> None:
        """Take the bar away and say the summary."""
        self.bar.stop()
        super().close(summary)


class JsonReport:
    """One JSON object a line, for programs."""

    def __init__(self, out: Path, quiet: bool) -> None:
        self.out, self.quiet = str(out), quiet
        self.posts = self.done = 0
        self.began = time.monotonic()

    def event(self, event: Event) -> None:
        """One line an event."""
        if isinstance(event, Started):
            self.posts = event.posts
            self._line("start", version=__version__, posts=event.posts, output=self.out)
        elif isinstance(event, Noted):
            self._line("diagnostic", **as_json(event.diagnostic))
        else:
            self.done += 1
            self._line(
                "post",
                source=event.source,
                status=event.status,
                reason=event.reason,
                editions=event.editions,
                diagnostics=[as_json(note) for note in event.diagnostics],
                done=self.done,
                posts=self.posts,
            )
            if event.trace:
                say(event.trace.rstrip(), sys.stderr)

    def _line(self, event: str, **values: Any) -> None:
        import msgspec

        if not self.quiet or event == "summary":
            say(msgspec.json.encode({"event": event, **values}).decode(), sys.stdout)

    def close(self, summary: Summary | None) -> None:
        """The last line."""
        if summary is not None:
            self._line(
                "summary",
                built=summary.built,
                unchanged=summary.unchanged,
                skipped=summary.skipped,
                failed=summary.failed,
                warnings=summary.warnings,
                removed=summary.removed,
                output=self.out,
                seconds=round(time.monotonic() - self.began, 3),
                exit_code=summary.exit_code,
            )


def report(form: str, out: Path, quiet: bool) -> Report:
    """The report that fits the format, and the terminal if there is one."""
    if form == "json":
        return JsonReport(out, quiet)
    if not quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        return BarReport(out, quiet)
    return PlainReport(out, quiet)
