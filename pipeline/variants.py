"""Variants: what an edition may be told besides its name, as data.

``[variants.NAME]`` in ``galley.toml`` is either a new edition made from a ``base`` or a change to
one that Galley has. An option that is not said (None) is the base's, at last the settings'.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from pipeline.diagnostics import fault, suggestion

NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
SUFFIX = re.compile(r"[-_.][\w.-]*\w")
FIT = re.compile(r"([1-9]\d?) *(pages?|sheets?)", re.IGNORECASE)
"""What ``fit`` may say: ``2 sheets``, ``1 page``."""
COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")

SHEETS: dict[str, tuple[float, float]] = {
    "a4": (210.0, 297.0),
    "a5": (148.0, 210.0),
    "letter": (215.9, 279.4),
    "legal": (215.9, 355.6),
}
"""Papers by name: width and height in mm (ISO 216, ANSI/ASME Y14.1)."""
WRITTEN = re.compile(r"(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)\s*(mm|cm|in)", re.IGNORECASE)
"""A paper by its measures, width first."""
UNITS = {"mm": 1.0, "cm": 10.0, "in": 25.4}
SHORTEST = 50
"""The least side of a sheet, in mm."""


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of ``galley.toml`` whose keys are all known."""


class Sheet(Strict, frozen=True):
    """A paper of one's own: ``{ width = 140, height = 216 }``, in mm."""

    width: float
    height: float


class Margins(Strict, frozen=True):
    """Margins in mm. ``left`` is the edge for binding or punching; duplex mirrors it."""

    top: float | None = None
    right: float | None = None
    bottom: float | None = None
    left: float | None = None
    first_top: float | None = None
    """The top margin of the first page, if it is another one."""


class Options(Strict, frozen=True):
    """What every edition may be told; None is what its base or the settings say."""

    theme: str | None = None
    """As ``theme`` of the settings, for this edition."""
    accent: str | None = None
    """As ``look.accent``."""
    contents: str | None = None
    """As ``text.contents``."""
    hyphenate: bool | None = None
    """As ``text.hyphenate``."""
    conformance: str | None = None
    """As ``pdf.conformance``."""
    paper: str | Sheet | None = None
    """A name of ``SHEETS``, measures such as ``148x210mm``, or a sheet in mm; else the settings'
    paper."""
    margins: Margins | None = None
    """Margins in mm; a side that is not said is the paper's."""
    type_size: float | None = None
    """Size of the running text in pt. Everything else, leading included, keeps its ratio to it."""
    links: str | None = None
    """``inline``, or ``notes``: each link numbered, its address printed at the end."""
    qr: bool | None = None
    """A QR code beside each printed address and the title. Where there are link notes."""
    notes: str | None = None
    """Space for notes: ``none``; ``lines`` or ``grid`` to the foot of the last page; ``margin``."""
    footnotes: str | None = None
    """``page``: short notes at the foot of the page that calls them; ``end``: all of them after
    the text. With ``fit`` always the latter."""
    duplex: bool | None = None
    """Printed on both sides: margins are mirrored, a sheet counts as two pages."""
    fit: str | None = None
    """The largest type size with which the post fits: ``2 sheets``, ``1 page``; else ``no``."""
    typeface: str | None = None
    """What the text is set in: ``serif``, or ``legible``, the face for readers with low vision."""
    contrast: str | None = None
    """``high``: all type is black on white, and rules are dark; else ``normal``."""
    small_type: bool | None = None
    """Whether code, tables, notes and the like may be smaller than the text."""


OF_PAGES = (
    *("conformance", "paper", "margins", "type_size"),
    *("typeface", "contrast", "small_type"),
    *("links", "qr", "notes", "footnotes", "duplex", "fit"),
)
"""Options of editions that are made of pages."""

CHOICES: dict[str, tuple[str, ...]] = {
    "contents": ("auto", "always", "never"),
    "conformance": ("archive", "plain"),
    "links": ("inline", "notes"),
    "notes": ("none", "lines", "grid", "margin"),
    "footnotes": ("page", "end"),
    "typeface": ("serif", "legible"),
    "contrast": ("normal", "high"),
}
SMALLEST, LARGEST = 6.0, 40.0
"""Type sizes in pt that can be asked for."""


class Variant(Options, frozen=True):
    """An entry of ``[variants]``."""

    base: str | None = None
    """The edition it is made from; ``pdf`` if the name is new and nothing is said."""
    suffix: str | None = None
    """What its files have after the slug; a hyphen and its name if nothing is said."""


def merged(base: Options, other: Options) -> Options:
    """The base with what the other one says; of margins, side by side."""
    news = said(other)
    if base.margins is not None and other.margins is not None:
        sides = msgspec.structs.asdict(other.margins)
        news["margins"] = msgspec.structs.replace(
            base.margins, **{side: mm for side, mm in sides.items() if mm is not None}
        )
    return msgspec.structs.replace(base, **news)


def said(options: Options) -> dict[str, Any]:
    """The options that are said, without a variant's base and suffix."""
    return {
        name: value
        for name in Options.__struct_fields__
        if (value := getattr(options, name)) is not None
    }


def pages_wanted(fit: str | None, duplex: bool | None) -> int | None:
    """How many pages ``fit`` allows; None if it asks for nothing. A duplex sheet has two."""
    found = FIT.fullmatch(fit or "")
    if not found:
        return None
    sides = 2 if duplex and found[2].lower().startswith("sheet") else 1
    return int(found[1]) * sides


Complaint = tuple[str, str]
"""What is wrong with a value, and what it may be."""


def complaint(options: Options) -> Complaint | None:
    """What is wrong with the first value that cannot be used; None if all can."""
    for name, value in said(options).items():
        found = CHECKS[name](value) if name in CHECKS else None
        if found:
            return f"{name}: {found[0]}", found[1]
    return None


def complaint_of(name: str, variant: Variant) -> Complaint | None:
    """What is wrong with an entry of ``[variants]``; None if all is well."""
    if not NAME.fullmatch(name):
        return f"no edition can be called {name!r}", "small letters a to z, digits and hyphens"
    if variant.suffix is not None and not SUFFIX.fullmatch(variant.suffix):
        return f"variants.{name}.suffix cannot be {variant.suffix!r}", "such as -small"
    found = complaint(variant)
    return (f"variants.{name}.{found[0]}", found[1]) if found else None


def refuse_odd(table: Any, path: str) -> None:
    """Raise ``Fault`` S005 for an unknown key in the entries of ``[variants]``, S006 for a value
    of the wrong kind: each entry by itself, so that its name is told."""
    for name, entry in table.items() if isinstance(table, dict) else ():
        for key in entry if isinstance(entry, dict) else ():
            if key not in Variant.__struct_fields__:
                known = [f"variants.{name}.{field}" for field in Variant.__struct_fields__]
                raise fault(
                    "S005", f"{path} has no key 'variants.{name}.{key}'", path=path,
                    hint=suggestion(f"variants.{name}.{key}", known),
                )  # fmt: skip
        try:
            msgspec.convert(entry, Variant)
        except msgspec.ValidationError as error:
            told = str(error).replace("`$.", f"`variants.{name}.").replace("`$`", "the entry")
            raise fault(
                "S006", f"{path}: variants.{name}: {told}", path=path,
                hint="see the table of variants in docs/configuration.md",
            ) from error  # fmt: skip


def _one_of(name: str) -> Callable[[Any], Complaint | None]:
    choices = CHOICES[name]

    def check(value: str) -> Complaint | None:
        return None if value in choices else (f"{value!r} is no choice", ", ".join(choices))

    return check


def size_of(paper: str | Sheet) -> tuple[float, float] | None:
    """Width and height in mm of a paper by name, by measures (``148x210mm``, ``6x9in``) or by a
    table; None for a text that is neither."""
    if isinstance(paper, Sheet):
        return paper.width, paper.height
    found = WRITTEN.fullmatch(paper.strip())
    if found is None:
        return SHEETS.get(paper.strip().lower())
    unit = UNITS[found[3].lower()]
    return float(found[1]) * unit, float(found[2]) * unit


def paper_complaint(value: str | Sheet) -> Complaint | None:
    """What is wrong with a paper; None if it is one."""
    size = size_of(value)
    if size is None:
        return (
            f"no paper is called {value!r}",
            f"{', '.join(SHEETS)}, measures such as 148x210mm or 6x9in, or a table of width and "
            "height in mm",
        )
    if all(SHORTEST <= side <= 1200 for side in size):
        return None
    return (
        f"{size[0]:g} x {size[1]:g} mm is no sheet",
        f"a side is {SHORTEST} to 1200 mm",
    )


def _margins(value: Margins) -> Complaint | None:
    sides = msgspec.structs.asdict(value).values()
    if all(side is None or 0 <= side <= 200 for side in sides):
        return None
    return "a side is out of range", "margins are in mm, 0 to 200"


def _type_size(value: float) -> Complaint | None:
    if SMALLEST <= value <= LARGEST:
        return None
    return f"{value:g} is no size for text", f"a size in pt, {SMALLEST:g} to {LARGEST:g}"


def _fit(value: str) -> Complaint | None:
    if value == "no" or FIT.fullmatch(value):
        return None
    return f"{value!r} says no number of pages", "such as 1 page or 2 sheets; or no"


def _accent(value: str) -> Complaint | None:
    return None if COLOUR.fullmatch(value) else (f"{value!r} is no colour", "such as #7a2e1d")


CHECKS: Mapping[str, Callable[[Any], Complaint | None]] = {
    **{name: _one_of(name) for name in CHOICES},
    "paper": paper_complaint,
    "margins": _margins,
    "type_size": _type_size,
    "fit": _fit,
    "accent": _accent,
}
