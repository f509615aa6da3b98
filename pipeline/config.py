"""``galley.toml`` and ``--set`` made into settings: every default is stated here, once.

The precedence of what a post says of itself is command line, post, ``galley.toml``, defaults;
so the settings keep apart what the command line gave (``overrides``) from what the file gave.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from pipeline import decisions, variants
from pipeline.decisions import Decision
from pipeline.diagnostics import Fault, fault, suggestion
from pipeline.model import Diagnostic
from pipeline.variants import COLOUR, Options, Sheet, Variant

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


class Html(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``[html]``: what the HTML edition shows besides the text."""

    page_marks: bool = False
    """Whether the numbers of the printed pages stand where these begin, each with an address
    (``#page-7``)."""


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
    paper: str | Sheet = "a4"
    theme: str | None = None
    look: Look = msgspec.field(default_factory=Look)
    text: Text = msgspec.field(default_factory=Text)
    html: Html = msgspec.field(default_factory=Html)
    pdf: Pdf = msgspec.field(default_factory=Pdf)
    repairs: Repairs = msgspec.field(default_factory=Repairs)
    limits: Limits = msgspec.field(default_factory=Limits)
    variants: dict[str, Variant] = {}
    """``[variants.NAME]``: editions of one's own, and options of those that Galley has."""

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
    firm: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Options by variant that the command line gave: they win over the post's own."""

    def told(self, options: Options) -> Config:
        """The settings with those options of an edition in the places where engines look."""
        look, text, pdf = self.settings.look, self.settings.text, self.settings.pdf
        if options.accent is not None:
            look = msgspec.structs.replace(look, accent=options.accent)
        if options.contents is not None:
            text = msgspec.structs.replace(text, contents=options.contents)
        if options.hyphenate is not None:
            text = msgspec.structs.replace(text, hyphenate=options.hyphenate)
        if options.conformance is not None:
            pdf = msgspec.structs.replace(pdf, conformance=options.conformance)
        changed = msgspec.structs.replace(
            self.settings,
            look=look,
            text=text,
            pdf=pdf,
            theme=options.theme or self.settings.theme,
            paper=options.paper or self.settings.paper,
        )
        return replace(self, settings=changed)


ADDRESS = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
"""What ``base_url`` may be."""

LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{1,8})*", re.IGNORECASE)
"""What ``language`` may be: a BCP 47 tag, also in the spelling ``tr_TR``."""


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
    return Config(root, settings, overrides, decisions.load(root), _firm(assignments))


def _firm(assignments: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """The options of variants that the command line gives, by variant."""
    found: dict[str, frozenset[str]] = {}
    for assignment in assignments:
        head, *rest = assignment.partition("=")[0].strip().split(".")
        if head == "variants" and len(rest) > 1:
            found[rest[0]] = found.get(rest[0], frozenset()) | {rest[1]}
    return found


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
        raise fault("S007", f"--set knows no key {key!r}", hint=suggestion(key, known))
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


def _settings(table: dict[str, Any]) -> Settings:
    _refuse_unknown_keys(table)
    variants.refuse_odd(table.get("variants"), CONFIG_NAME)
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
        "html": Html,
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
        "S005", f"galley.toml has no key {key!r}", path=CONFIG_NAME, hint=suggestion(key, known)
    )


CHOICES = {
    "text.contents": variants.CHOICES["contents"],
    "pdf.conformance": variants.CHOICES["conformance"],
    "repairs.numbers": ("keep", "drop"),
}
"""Settings that take one of a few words."""


def _check_values(settings: Settings) -> None:
    def wrong(message: str, hint: str) -> Exception:
        return fault("S006", message, path=CONFIG_NAME, hint=hint)

    entries = (variants.complaint_of(*entry) for entry in settings.variants.items())
    for found in (variants.paper_complaint(settings.paper), *entries):
        if found:
            raise wrong(*found)
    if not settings.editions:
        raise wrong("editions is empty: nothing would be made", 'such as ["html", "pdf", "epub"]')
    if not LANGUAGE.fullmatch(settings.language):
        raise wrong(f"language is no tag: {settings.language!r}", "such as en, tr or pt-BR")
    for key, choices in CHOICES.items():
        group, _, name = key.partition(".")
        value = getattr(getattr(settings, group), name)
        if value not in choices:
            raise wrong(f"{key} cannot be {value!r}", " or ".join(choices))
    if not 0 <= settings.repairs.threshold <= 1:
        raise wrong(
            f"repairs.threshold cannot be {settings.repairs.threshold}", "a number from 0 to 1"
        )
    if not COLOUR.fullmatch(settings.look.accent):
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
