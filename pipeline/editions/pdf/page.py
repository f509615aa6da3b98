"""Fills the templates of ``templates/pdf`` and reads the page back as a tree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from pipeline import templating, words
from pipeline.diagnostics import fault
from pipeline.editions.colours import readable
from pipeline.editions.contents import contents, count
from pipeline.editions.logo import logo
from pipeline.editions.pdf.body import RUNNING, running
from pipeline.editions.pdf.sheets import Paper
from pipeline.fonts import Library
from pipeline.model import Document
from pipeline.read.handout import KEY
from pipeline.variants import Options

if TYPE_CHECKING:
    from pipeline.editions import Desk, Edition
    from pipeline.editions.pdf.handout import Extras

Files = Mapping[str, tuple[bytes, str]]
"""What the page may load: address to bytes and media type."""


LEADER = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="44" height="10" viewBox="0 0 44 10">'
    '<circle cx="39" cy="5" r="3.6" fill="#8a8881"/></svg>'
)
"""One dot of the leaders between a title in the contents and its page number."""

RUNNING_SANS = 4.3
"""Width in pt of a character in the running head of a handout, which is of the sans at 8 pt."""

FRONT_ENTRIES = 20
"""Contents of so many lines leave no room for text beside the title: they stand before it."""

DENSE_ENTRIES = 30
"""Contents of so many lines are set closer, lest a few of them begin a second page."""

COLOURS = {
    "ink": "#1a1a1a", "secondary": "#5b5b57", "number": "#6f6d67", "rule": "#b9b6ae",
    "hairline": "#dcd9d2", "ground": "#f4f2ec", "link_rule": "#a5a29a",
}  # fmt: skip
"""Beside the accent of ``[look]``. Every one that sets type has 4.5 : 1 on white (WCAG 1.4.3)."""
HIGH_CONTRAST = {
    **dict.fromkeys(("ink", "secondary", "number", "rule", "link_rule", "accent"), "#000000"),
    "hairline": "#595959", "ground": "#ffffff",
}  # fmt: skip
"""Type at 21 : 1, the most there is; what only divides at 7 : 1."""

TURN = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 64 64">'
    '<path d="M14 4V38H48M36 26 49 38 36 50" fill="none" stroke="{ink}" stroke-width="6"/></svg>'
)
"""The mark before what follows a turned line of code: drawn, so it is no part of the code."""


def fill(
    body: str, sheet: Paper, faces: Library, edition: Edition, desk: Desk, extras: Extras
) -> tuple[str, Files]:
    """The page as well-formed XML, and the files that it shows."""
    from markupsafe import Markup

    settings, document = desk.config.settings, extras.document
    files: dict[str, tuple[bytes, str]] = {
        f"asset:images/{asset.name}": (asset.data, asset.media_type) for asset in document.assets
    }
    files |= extras.files
    colours = _colours(settings.look.accent, edition.options)
    files["asset:turn"] = (TURN.format(ink=colours["secondary"]).encode(), "image/svg+xml")
    files["asset:leader"] = (LEADER.encode(), "image/svg+xml")
    mark = logo(desk.config)
    if mark is not None:
        files["asset:logo"] = (mark.data, mark.media_type)
    record = document.record
    listed = contents(document, settings.text.contents)
    stacks = _stacks(faces, record.language, edition.options.typeface or "serif")
    context = {
        "record": record,
        "document": document,
        "running": running(document.record.title, _room_of_head(sheet, edition)),
        "body": Markup(body),  # noqa: S704 - sanitized by convert
        "words": words.catalogue(record.language),
        "contents": listed,
        "fronted": count(listed) >= FRONT_ENTRIES,
        "dense": count(listed) >= DENSE_ENTRIES,
        "hyphenated": settings.text.hyphenate and has_patterns(record.language),
        "paper": sheet,
        "logo": "asset:logo" if mark else None,
        "publication": settings.title,
        "settings": settings,
        "options": edition.options,
        **extras.context,
        **{name: Markup(stack) for name, stack in stacks.items()},  # noqa: S704 - ours
        **colours,
    }
    made = templating.environment(edition.folders, desk.config)
    return templating.render(templating.load(made, "post.html.j2"), context), files


def _room_of_head(sheet: Paper, edition: Edition) -> float:
    """How many characters of the title a running head has room for."""
    if KEY in edition.folders:  # its head keeps its size, whatever the type
        return sheet.measure * sheet.scale / RUNNING_SANS
    return sheet.measure / RUNNING


def _colours(accent: str, options: Options) -> dict[str, str]:
    """The colours of a page by name; the house's accent gives way to high contrast."""
    if options.contrast == "high":
        return HIGH_CONTRAST
    return {**COLOURS, "accent": readable(accent, "#ffffff")}


CJK = "Noto Sans CJK"
HAN_FORMS = (("ja", "JP"), ("ko", "KR"), ("zh-hk", "HK"), ("zh-tw", "TC"), ("zh-hant", "TC"),
             ("zh", "SC"))  # fmt: skip
"""A Han character's form is the language's: the family that draws it so."""


FAMILIES: dict[str, dict[str, tuple[str, ...]]] = {
    "serif": {
        "serif": ("Galley Serif", "Galley Sans", "Galley Mono"),
        "caption": ("Galley Serif Caption", "Galley Serif", "Galley Sans", "Galley Mono"),
        "display": ("Galley Serif Display", "Galley Serif", "Galley Sans", "Galley Mono"),
        "sans": ("Galley Sans", "Galley Serif", "Galley Mono"),
        "mono": ("Galley Mono", "Galley Sans", "Galley Serif"),
    },
    "legible": {
        **dict.fromkeys(
            ("serif", "caption", "display", "sans"),
            ("Galley Legible", "Galley Sans", "Galley Serif", "Galley Mono"),
        ),
        "mono": ("Galley Mono", "Galley Legible", "Galley Sans", "Galley Serif"),
    },
}
"""By typeface of the edition, the families of each role: what one lacks is in the next."""


def _stacks(faces: Library, language: str, typeface: str) -> dict[str, str]:
    """Font families by role; what a face lacks is looked up in the others, then the optional."""
    spare = list(dict.fromkeys(face.family for face in faces.fallbacks))
    forms = [form for tag, form in HAN_FORMS if language.lower().startswith(tag)]
    if CJK in spare:  # in a post of such a language before all others, which have a few kana
        spare.remove(CJK)
        spare.insert(0 if forms else len(spare), f"{CJK} {(forms or ['JP'])[0]}")
    return {
        role: ", ".join(f'"{family}"' for family in [*families, *spare])
        for role, families in FAMILIES[typeface].items()
    }


def has_patterns(language: str) -> bool:
    """Whether there are hyphenation patterns for the language (or a broader tag of it)."""
    import pyphen

    return pyphen.language_fallback(language) is not None


def parse(text: str, document: Document) -> ET.Element:
    """The page as a tree. Raises ``Fault`` E201 if a template's output is not well-formed."""
    try:
        return ET.fromstring(text)  # noqa: S314 - our own templates around sanitized XHTML
    except ET.ParseError as error:
        line = text.splitlines()[error.position[0] - 1 :][:1] or [""]
        raise fault(
            "E201",
            f"the page is not well-formed XML: {error.msg}: {line[0].strip()[:60]!r}",
            path=document.source_path,
            hint="close every element of the pdf templates, and write &amp; for &",
        ) from error
