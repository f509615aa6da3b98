"""What can be made: the literal table of editions, and the variants that a publication adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

from pipeline import variants
from pipeline.config import CONFIG_NAME, Config
from pipeline.diagnostics import fault
from pipeline.model import Metadata
from pipeline.read import handout
from pipeline.variants import OF_PAGES, Margins, Options, Variant


@dataclass(frozen=True, slots=True)
class Edition:
    """One way to hand a post out. A variant is another entry with other ``options``.

    ``engine`` names the function that makes it; ``suffix`` sets its files apart
    (``-handout``). ``needs`` is the edition whose pages it must know, ``needs_if`` the setting
    under which it does (always, without one). ``line`` names the editions that it is made from,
    nearest first: their templates serve where it has none of its own. ``firm`` are options that
    the command line gave: a post does not change them. ``suggested`` are those that nobody but the
    theme says.
    """

    name: str
    engine: str
    extension: str
    suffix: str = ""
    needs: str = ""
    needs_if: str = ""
    options: Options = field(default_factory=Options)
    line: tuple[str, ...] = ()
    firm: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()

    def file_name(self, slug: str) -> str:
        """The name of this edition's file for a post of that slug."""
        return f"{slug}{self.suffix}.{self.extension}"

    @property
    def folders(self) -> tuple[str, ...]:
        """Where its templates are looked for, first wins: its own, its bases', its engine's."""
        return tuple(dict.fromkeys((self.name, *self.line, self.engine)))


EDITIONS: dict[str, Edition] = {
    edition.name: edition
    for edition in (
        Edition("html", engine="html", extension="html", needs="pdf", needs_if="html.page_marks"),
        Edition("pdf", engine="pdf", extension="pdf"),
        Edition("epub", engine="epub", extension="epub", needs="pdf"),
        Edition(
            "handout",
            engine="pdf",
            extension="pdf",
            suffix="-handout",
            options=Options(
                margins=Margins(top=20, right=18, bottom=22, left=26, first_top=20),
                accent="#1a1a1a",
                contents="never",
                links="notes",
                qr=True,
                footnotes="end",
            ),
        ),
        Edition(
            "large-print",
            engine="pdf",
            extension="pdf",
            suffix="-large-print",
            options=Options(
                type_size=18,
                typeface="legible",
                contrast="high",
                small_type=False,
                hyphenate=False,
                margins=Margins(top=22, right=20, bottom=27, left=20, first_top=24),
            ),
        ),
    )
}
"""Every edition that Galley has by itself."""

PAGED = frozenset(("pdf",))
"""Engines whose editions are made of pages."""


def editions_of(config: Config) -> dict[str, Edition]:
    """The table with what ``[variants]`` of the publication changes and adds.

    Raises ``Fault`` S005 for an option that the edition has no use for, S006 for a base that is
    none and for two editions that would write the same file.
    """
    known = dict(EDITIONS)
    for name, variant in _bases_first(config.settings.variants).items():
        firm = tuple(sorted(config.firm.get(name, ())))
        known[name] = _made(name, variant, firm, known)
    _refuse_same_file(known)
    return known


def of_post(edition: Edition, record: Metadata) -> Edition:
    """The edition with what the post chooses for itself in its map ``handout:``, but for what
    the command line holds firm."""
    if handout.KEY not in (edition.name, *edition.line):
        return edition
    chosen = variants.said(handout.of(record).options)
    free = {name: value for name, value in chosen.items() if name not in edition.firm}
    return replace(edition, options=variants.merged(edition.options, Options(**free)))


def needed(edition: Edition, config: Config) -> Edition | None:
    """The edition whose pages this one must know under the publication's settings."""
    wanted: Any = config.settings
    for name in edition.needs_if.split(".") if edition.needs_if else ():
        wanted = getattr(wanted, name)
    return editions_of(config)[edition.needs] if edition.needs and wanted else None


def _bases_first(entries: Mapping[str, Variant]) -> dict[str, Variant]:
    """The entries in an order in which each stands behind the one that it is made from."""
    ordered: dict[str, Variant] = {}

    def put(name: str, above: tuple[str, ...]) -> None:
        if name in ordered or name not in entries:
            return
        if name in above:
            raise _wrong(f"variants.{name} is made from itself", "name another base")
        base = entries[name].base
        if base is not None and base != name:
            put(base, (*above, name))
        ordered[name] = entries[name]

    for name in entries:
        put(name, ())
    return ordered


def _made(
    name: str, variant: Variant, firm: tuple[str, ...], known: Mapping[str, Edition]
) -> Edition:
    own = EDITIONS.get(name)
    if own is not None and variant.base not in (None, name):
        raise _wrong(f"variants.{name} is one of Galley's own: it has no base", "leave out base")
    base = own or known.get(variant.base or "pdf")
    if base is None:
        raise _wrong(
            f"variants.{name}: no edition is called {variant.base!r}", meant(variant.base, known)
        )
    _refuse_of_pages(name, variant, base)
    suffix = variant.suffix if variant.suffix is not None else base.suffix if own else f"-{name}"
    return replace(
        base,
        name=name,
        suffix=suffix,
        options=variants.merged(base.options, variant),
        line=base.line if own else (base.name, *base.line),
        firm=tuple(sorted({*base.firm, *firm})),
    )


def _refuse_of_pages(name: str, variant: Variant, base: Edition) -> None:
    strays = [option for option in variants.said(variant) if option in OF_PAGES]
    if strays and base.engine not in PAGED:
        raise fault(
            "S005", f"variants.{name} is made from {base.name}, which has no {strays[0]}",
            path=CONFIG_NAME, hint="that option is for editions made of pages, such as pdf",
        )  # fmt: skip


def _refuse_same_file(known: Mapping[str, Edition]) -> None:
    files: dict[str, str] = {}
    for edition in known.values():
        other = files.setdefault(edition.file_name("").casefold(), edition.name)
        if other != edition.name:
            raise _wrong(
                f"the editions {other} and {edition.name} would write the same file",
                "give one of them another suffix",
            )


def meant(name: str | None, known: Mapping[str, Edition]) -> str:
    """The edition that was probably meant, or all there are."""
    close = get_close_matches((name or "").lower(), known, n=1)
    return f"did you mean {close[0]}?" if close else "editions: " + ", ".join(known)


def _wrong(message: str, hint: str) -> Exception:
    return fault("S006", message, path=CONFIG_NAME, hint=hint)
