"""What the steps of one conversion share: the post, the settings, and what they noticed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import Config
from pipeline.diagnostics import Fault
from pipeline.model import Asset, Diagnostic, Manuscript, Severity


@dataclass(frozen=True, slots=True)
class Call:
    """A block shortcode between the Markdown, where it became a marked div, and the tree."""

    name: str
    args: tuple[str, ...]
    named: Mapping[str, str]


class Reading:
    """One post on its way through the room: a notebook that lives for one conversion."""

    def __init__(self, manuscript: Manuscript, config: Config) -> None:
        self.manuscript = manuscript
        self.config = config
        self.language = manuscript.record.language
        self.file = Path(manuscript.source.file)
        self.diagnostics: list[Diagnostic] = []
        self.assets: dict[str, Asset] = {}
        self.features: set[str] = set()
        self.note_calls: tuple[str, ...] = ()
        """Labels of the note calls in their order in the source."""
        self._inputs: dict[str, None] = {}
        self._seen: dict[str, int] = {}

    @property
    def inputs(self) -> tuple[str, ...]:
        """The files looked at, present or not, sorted."""
        return tuple(sorted(self._inputs))

    def tried(self, file: Path) -> None:
        """Note that this file's content, or its absence, decides about the document."""
        self._inputs[str(file)] = None

    def say(
        self,
        code: str,
        message: str,
        *,
        needle: str | None = None,
        line: int | None = None,
        severity: Severity = "warning",
        hint: str | None = None,
    ) -> None:
        """Collect a diagnostic. ``needle`` is text of the body whose line is meant: each call
        with the same needle means its next occurrence."""
        if line is None and needle:
            line = self._line_of(needle)
        path = self.manuscript.source.path
        found = Diagnostic(code, severity, message, path, line, hint)
        if found not in self.diagnostics:
            self.diagnostics.append(found)

    def source_line(self, number: int) -> int | None:
        """The source file's line for line ``number`` (from 0) of the manuscript's body."""
        lines = self.manuscript.lines
        return lines[number] if 0 <= number < len(lines) else None

    def _line_of(self, needle: str) -> int | None:
        body = self.manuscript.body
        at = body.find(needle, self._seen.get(needle, 0))
        if at < 0:
            at = body.find(needle)
        if at < 0:
            return self._line_in_front_matter(needle)
        self._seen[needle] = at + len(needle)
        return self.source_line(body.count("\n", 0, at))

    def _line_in_front_matter(self, needle: str) -> int | None:
        source = self.manuscript.source
        at = source.front_text.find(needle)
        if at < 0:
            return None
        return source.front_line + source.front_text.count("\n", 0, at)

    # Other posts ---------------------------------------------------------------------------

    def roots(self) -> tuple[Path, Path, Path]:
        """Folders that a path may start from: the post's, the built PATH's, the publication's."""
        depth = len(Path(self.manuscript.source.path).parts)
        base = self.file.parents[depth - 1] if depth <= len(self.file.parents) else self.file.parent
        return self.file.parent, base, self.config.root

    def is_inside(self, file: Path) -> bool:
        """The file, links followed, lies under the publication root."""
        try:
            return file.resolve().is_relative_to(self.config.root.resolve())
        except (OSError, RuntimeError, ValueError):
            return False

    def find_post(self, path: str) -> Path | None:
        """The post's file for a path as links and ``ref`` write it, or None."""
        name = path.lstrip("/")
        folders = self.roots()[1:] if path.startswith("/") else self.roots()
        for folder in folders:
            for start in (folder, folder / "content"):
                for ending in ("", ".md", "/index.md"):
                    file = start / (name.rstrip("/") + ending)
                    if file.suffix not in (".md", ".markdown") or "\0" in name:
                        continue
                    self.tried(file)
                    if file.is_file() and self.is_inside(file):
                        return file
        return None

    def address_of(self, file: Path) -> str | None:
        """The absolute address of another post, read off its record; None if it has none."""
        from pipeline import read

        try:
            base = self.roots()[1]
            path = file.relative_to(base).as_posix() if file.is_relative_to(base) else file.name
            source = read.load(file, path, self.config.settings.limits)
            record, _ = read.record(source, self.config)
        except Fault:
            return None
        return record.absolute_url
