"""``galley.toml`` and ``--set`` made into settings: every default is stated here, once.

The precedence of what a post says of itself is command line, post, ``galley.toml``, defaults;
so the settings keep apart what the command line gave (``overrides``) from what the file gave.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from pipeline import decisions
from pipeline.decisions import Decision
from pipeline.diagnostics import Fault, fault
from pipeline.model import Diagnostic

CONFIG_NAME = "galley.toml"

RECORD_KEYS = frozenset(
    (
        *("title", "subtitle", "author", "authors", "date", "published", "modified", "lastmod"),
        *("language", "lang", "description", "tags", "categories", "series", "url", "slug"),
        *("image", "rights", "publisher", "draft"),
    )
)
"""Front matter keys that ``--set`` may give for every post of the run."""


class Look(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``[look]``: what a house changes without writing a theme."""

    accent: str = "#7a2e1d"
    """Colour of rules and callouts, ``#rrggbb``."""
    logo: str | None = None
    """An image under the publication root, set small over the title."""


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``[text]``: how running text is set."""

    typography: bool = True
    """Curly quotes and apostrophes in the post's language, dashes for ``--`` between spaces."""
    hyphenate: bool = True
    """Hyphenate where there are patterns for the post's language (never otherwise)."""
    contents: str = "auto"
    """``auto`` (long posts), ``always`` or ``never``."""


class Pdf(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``[pdf]``: what kind of file the PDF editions are."""

    conformance: str = "archive"
    """``archive`` (PDF/A-3a and PDF/UA-1, with the post's source and record inside) or ``plain``
    (PDF/UA-1 alone, nothing inside)."""


class Repairs(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``[repairs]``: how far structure is put right."""

    threshold: float = 0.8
    """The least confidence, 0 to 1, at which a repair is made; below it, it is only proposed."""
    numbers: str = "keep"
    """``keep`` or ``drop`` the hand-made numbers of titles, where a whole run has them."""


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``[limits]``: counts that real posts never met; past them a post fails, named."""

    post_bytes: int = 1_000_000
    front_matter_bytes: int = 65_536
    yaml_depth: int = 20
    html_depth: int = 60
    table_span: int = 1_000
    combining_marks: int = 1_000
    image_pixels: int = 40_000_000


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What ``galley.toml`` may say. A key that is not here is an error with a suggestion."""

    title: str | None = None
    """Name of the publication."""
    base_url: str | None = None
    """``https://example.org``: makes the posts' addresses absolute."""
    language: str = "en"
    timezone: str = "UTC"
    author: str | tuple[str, ...] | None = None
    publisher: str | None = None
    rights: str | None = None
    editions: tuple[str, ...] = ("html", "pdf", "epub")
    paper: str = "a4"
    theme: str | None = None
    look: Look = msgspec.field(default_factory=Look)
    text: Text = msgspec.field(default_factory=Text)
    pdf: Pdf = msgspec.field(default_factory=Pdf)
    repairs: Repairs = msgspec.field(default_factory=Repairs)
    limits: Limits = msgspec.field(default_factory=Limits)

    @property
    def zone(self) -> ZoneInfo:
        """The zone of dates that name none."""
        return ZoneInfo(self.timezone)


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a run, where they came from, and what the command line sets in records."""

    root: Path
    """The publication root, absolute: images, themes and templates come from under it only."""
    settings: Settings
    overrides: dict[str, Any] = field(default_factory=dict)
    """Front matter keys from ``--set``: they win over the post's own."""
    decisions: tuple[Decision, ...] = ()
    """What the editor decided of repairs: ``galley.repairs.toml`` beside ``galley.toml``."""


ADDRESS = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
"""What ``base_url`` may be."""

LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{1,8})*", re.IGNORECASE)
"""What ``language`` may be: a BCP 47 tag, also in the spelling ``tr_TR``."""

PAPERS = ("a4", "letter")
"""Paper sizes by name; the edition's module has their measures."""


def publication_root(path: Path) -> Path:
    """The nearest ancestor of ``path`` (itself included) with ``galley.toml``; else its parent
    if that holds ``static/``; else the path itself (for a file, its folder)."""
    start = path.resolve()
    folder = start if start.is_dir() else start.parent
    for candidate in (folder, *folder.parents):
        if (candidate / CONFIG_NAME).is_file():
            return candidate
    if start.is_dir() and (start.parent / "static").is_dir():
        return start.parent
    return folder


def load(root: Path, assignments: tuple[str, ...] = ()) -> Config:
    """Settings of the publication at ``root`` with the command line's ``KEY=VALUE``s applied.

    Raises ``Fault`` S004 (not readable as TOML), S005 (unknown key), S006 (wrong kind of
    value), S007 (an assignment that cannot be read), S014 and S015 (``galley.repairs.toml``).
    """
    table = _read_table(root / CONFIG_NAME)
    overrides: dict[str, Any] = {}
    settings = _settings(table)
    for assignment in assignments:
        _assign(assignment, table, overrides)
    if len(overrides) < len(assignments):
        settings = _settings_of_command_line(table)
    return Config(root, settings, overrides, decisions.load(root))


def _read_table(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise fault(
            "S004",
            "galley.toml is not UTF-8",
            path=CONFIG_NAME,
            line=line,
            hint="save the file as UTF-8",
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise fault(
            "S004",
            f"galley.toml is not valid TOML: {error}",
            path=CONFIG_NAME,
            line=_toml_line(str(error)),
            hint="mend that line; text values stand in quotes",
        ) from error
    except OSError as error:
        raise fault(
            "S004",
            f"galley.toml cannot be read: {error.strerror}",
            path=CONFIG_NAME,
            hint="check the file's permissions",
        ) from error


def _toml_line(message: str) -> int | None:
    _, found, after = message.partition("(at line ")
    return int(after.split(",")[0]) if found else None


def _assign(assignment: str, table: dict[str, Any], overrides: dict[str, Any]) -> None:
    """Apply one ``KEY=VALUE``: a record key goes to ``overrides``, a setting into ``table``.

    ``language`` and the like are both; the post's record is what the command line means, and the
    setting is changed with it so that posts without the key agree.
    """
    key, equals, text = assignment.partition("=")
    key = key.strip()
    if not equals or not key:
        raise fault(
            "S007", f"--set wants KEY=VALUE, not {assignment!r}", hint="such as --set paper=letter"
        )
    value = _value(text)
    head, *rest = key.split(".")
    if head in RECORD_KEYS and not rest:
        overrides[key] = value
        return
    if head not in Settings.__struct_fields__:
        known = sorted({*Settings.__struct_fields__, *RECORD_KEYS})
        raise fault("S007", f"--set knows no key {key!r}", hint=_suggestion(key, known))
    place = table
    for part in key.split(".")[:-1]:
        inner = place.setdefault(part, {})
        if not isinstance(inner, dict):
            raise fault("S007", f"--set knows no key {key!r}", hint=f"{part} is a plain value")
        place = inner
    place[key.split(".")[-1]] = value


def _value(text: str) -> Any:
    """The text as a TOML value where it is one that is not a bare word, else the text itself."""
    try:
        return tomllib.loads(f"v = {text}")["v"]
    except tomllib.TOMLDecodeError:
        return text


def _suggestion(key: str, known: list[str]) -> str:
    close = get_close_matches(key, known, n=1)
    return f"did you mean {close[0]!r}?" if close else "known keys: " + ", ".join(known)


def _settings(table: dict[str, Any]) -> Settings:
    _refuse_unknown_keys(table)
    try:
        settings = msgspec.convert(table, Settings)
    except msgspec.ValidationError as error:
        raise fault(
            "S006",
            f"galley.toml: {error}",
            path=CONFIG_NAME,
            hint="see the table of settings in docs/configuration.md",
        ) from error
    _check_values(settings)
    return settings


def _settings_of_command_line(table: dict[str, Any]) -> Settings:
    """The settings with what ``--set`` put into them; it has the blame, for the file was good."""
    try:
        return _settings(table)
    except Fault as error:
        (note,) = error.diagnostics
        told = note.message.replace("galley.toml has", "there is").removeprefix("galley.toml: ")
        said = Diagnostic(note.code, note.severity, f"--set: {told}", hint=note.hint)
        raise Fault(said) from error


def _refuse_unknown_keys(table: dict[str, Any]) -> None:
    groups: dict[str, type[msgspec.Struct]] = {
        "look": Look,
        "text": Text,
        "pdf": Pdf,
        "repairs": Repairs,
        "limits": Limits,
    }
    for key, value in table.items():
        if key not in Settings.__struct_fields__:
            raise _unknown(key, list(Settings.__struct_fields__))
        if key in groups and isinstance(value, dict):
            fields = groups[key].__struct_fields__
            for inner in value:
                if inner not in fields:
                    raise _unknown(f"{key}.{inner}", [f"{key}.{name}" for name in fields])


def _unknown(key: str, known: list[str]) -> Exception:
    return fault(
        "S005", f"galley.toml has no key {key!r}", path=CONFIG_NAME, hint=_suggestion(key, known)
    )


def _check_values(settings: Settings) -> None:
    def wrong(message: str, hint: str) -> Exception:
        return fault("S006", message, path=CONFIG_NAME, hint=hint)

    if settings.paper.lower() not in PAPERS:
        raise wrong(f"no paper is called {settings.paper!r}", "papers: " + ", ".join(PAPERS))
    if not settings.editions:
        raise wrong("editions is empty: nothing would be made", 'such as ["html", "pdf", "epub"]')
    if not LANGUAGE.fullmatch(settings.language):
        raise wrong(f"language is no tag: {settings.language!r}", "such as en, tr or pt-BR")
    if settings.text.contents not in ("auto", "always", "never"):
        raise wrong(f"text.contents cannot be {settings.text.contents!r}", "auto, always or never")
    if settings.pdf.conformance not in ("archive", "plain"):
        raise wrong(f"pdf.conformance cannot be {settings.pdf.conformance!r}", "archive or plain")
    if not 0 <= settings.repairs.threshold <= 1:
        raise wrong(
            f"repairs.threshold cannot be {settings.repairs.threshold}", "a number from 0 to 1"
        )
    if settings.repairs.numbers not in ("keep", "drop"):
        raise wrong(f"repairs.numbers cannot be {settings.repairs.numbers!r}", "keep or drop")
    digits = settings.look.accent.removeprefix("#")
    if len(digits) not in (3, 6) or any(c not in "0123456789abcdefABCDEF" for c in digits):
        raise wrong(f"look.accent is no colour: {settings.look.accent!r}", "such as #7a2e1d")
    if settings.base_url is not None and not ADDRESS.fullmatch(settings.base_url):
        raise wrong(
            f"base_url is no full address: {settings.base_url!r}", "such as https://example.org"
        )
    for name, limit in msgspec.structs.asdict(settings.limits).items():
        if limit < 1:
            raise wrong(f"limits.{name} cannot be {limit}", "a whole number, 1 or more")
    try:
        ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise wrong(
            f"no time zone is called {settings.timezone!r}", "such as Europe/Istanbul or UTC"
        ) from error
