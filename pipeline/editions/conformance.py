"""Whether an e-book may claim EPUB Accessibility 1.1 with WCAG 2.1 level AA: checked, not asserted.

A literal table of checks. Each stands for what a program can see of a success criterion, and says
what it found. Where none found anything the package makes the claim; else it makes none, and the
manifest has the reason. What only people can judge (whether a description fits its picture) no
check covers, and the summary in the package says that programs did the checking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import templating, words
from pipeline.convert import tree
from pipeline.editions import cover_plan, foreign_words
from pipeline.editions.accessibility import Accessibility
from pipeline.editions.entries import Edition
from pipeline.model import Diagnostic, Document
from pipeline.read import text_language

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from pipeline.config import Config

CLAIM = "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"
"""The value of ``dcterms:conformsTo`` as EPUB Accessibility 1.1, 4.2.2 has it."""
CERTIFIER = "Galley (automated checks)"
"""The value of ``a11y:certifiedBy``: who looked."""
SAY_NOTHING = frozenset(
    phrase.strip()
    for phrase in (
        "here, click here, this, this link, this page, link, more, read more, learn more, "
        "hier, hier klicken, klicken sie hier, dieser link, mehr, mehr lesen, weiterlesen, "
        "burada, buraya, buradan, tıklayın, buraya tıklayın, bu bağlantı, devamı, devamını oku, "
        "ici, cliquez ici, ce lien, lire la suite, en savoir plus, "
        "aquí, haga clic aquí, este enlace, leer más, más"
    ).split(",")
)
"""What links say that could lead anywhere, in small letters."""
FEW_WORDS = 3
FILE_NAME = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the checks look at: the document, its body, what is said of it, and templates that are
    not Galley's, by name."""

    document: Document
    body: Element
    said: Accessibility
    templates: tuple[str, ...] = ()


Check = Callable[[Evidence], Iterator[str]]


def _pictures(seen: Evidence) -> Iterator[str]:
    """1.1.1 Non-text content."""
    for picture in _all(seen.body, "img"):
        said = (picture.get("alt") or "").strip()
        if not said:
            yield f"a picture has no description: {picture.get('src')}"
        elif said.lower().endswith(FILE_NAME) and " " not in said:
            yield f"a picture's description is a file's name: {said}"


def _formulas(seen: Evidence) -> Iterator[str]:
    """1.1.1: a formula is MathML with something in it, and not an error message."""
    for formula in _all(seen.body, "math"):
        names = {tree.local(element) for element in formula.iter()}
        if "merror" in names or not names & {"mi", "mn", "mo", "mtext"}:
            yield f"a formula cannot be read: {formula.get('alttext') or ''}".rstrip(": ")


def _tables(seen: Evidence) -> Iterator[str]:
    """1.3.1 Info and relationships: a table says what its columns or rows are."""
    for number, table in enumerate(_all(seen.body, "table"), 1):
        if not any(tree.plain_text(cell) for cell in _all(table, "th")):
            yield f"table {number} has no header"


def _headings(seen: Evidence) -> Iterator[str]:
    """1.3.1 and 2.4.6: headings have words, and no level is left out."""
    before = 1
    for heading in _all(seen.body, "h1", "h2", "h3", "h4", "h5", "h6"):
        level = int(tree.local(heading)[1])
        if not tree.plain_text(heading):
            yield "a heading is empty"
        if level > before + 1:
            yield f"a heading's level is left out before: {tree.plain_text(heading)}"
        before = level


def _links(seen: Evidence) -> Iterator[str]:
    """2.4.4 Link purpose: a link says something."""
    for link in _all(seen.body, "a"):
        words = tree.plain_text(link) or link.get("aria-label") or link.get("role")
        if link.get("href") and not words:
            yield f"a link has no text: {link.get('href')}"


def _purposes(seen: Evidence) -> Iterator[str]:
    """2.4.4: where a link leads can be told from its words and those around them."""
    for block in _all(seen.body, "p", "li", "td", "dd", "figcaption"):
        leads: dict[str, str] = {}
        links = [link for link in _all(block, "a") if link.get("href") and not link.get("role")]
        for link in links:
            said, address = tree.plain_text(link).casefold().strip(" .:…→»"), link.get("href", "")
            if said in SAY_NOTHING and _alone(block, links):
                yield f"a link says nothing of where it leads: {tree.plain_text(link)}"
            if said and leads.setdefault(said, address) != address:
                yield f"two links say the same and lead elsewhere: {tree.plain_text(link)}"


def _alone(block: Element, links: list[Element]) -> bool:
    """Whether there is hardly a word in the block but those of its links."""
    linked = sum(len(tree.plain_text(link).split()) for link in links)
    return len(tree.plain_text(block).split()) - linked < FEW_WORDS


def _languages(seen: Evidence) -> Iterator[str]:
    """3.1.1 and 3.1.2: the language that is named is the text's; other ones are marked."""
    language = seen.document.record.language
    if words.catalogue(language).spoken != words.primary(language):
        yield f"Galley has no words of its own in {language}: those in the book are English"
    found = text_language.of_text(tree.plain_text(seen.body))
    if found is not None and not text_language.may_be(language, found):
        yield f"the text is in the language {found}, not in {language}"
    for script, word in foreign_words.unmarked(seen.body, language):
        yield f"words in {script} letters do not say their language: {word}"


def _movement(seen: Evidence) -> Iterator[str]:
    """2.2.2 and 2.3.1: nothing moves or flashes that nobody can stop."""
    if seen.said.hazards != ("none",):
        yield "a picture moves"


def _order(seen: Evidence) -> Iterator[str]:
    """2.4.5 Multiple ways, and what EPUB adds: contents, reading order, and known pages."""
    if "tableOfContents" not in seen.said.features:
        yield "there are no contents"


def _style(seen: Evidence) -> Iterator[str]:
    """1.4.3 Contrast and 1.4.12 Text spacing: Galley's style sheet leaves both to the reader."""
    if seen.templates:
        yield f"nobody has checked these templates: {', '.join(seen.templates)}"


CHECKS: tuple[Check, ...] = (
    _pictures, _formulas, _tables, _headings, _links, _purposes, _languages, _movement, _order,
    _style,
)  # fmt: skip
"""In the order in which their findings are told."""


def against(seen: Evidence) -> tuple[str, ...]:
    """What speaks against the claim; nothing where every check passed."""
    return tuple(dict.fromkeys(found for check in CHECKS for found in check(seen)))


def templates_of_others(edition: Edition, config: Config) -> tuple[str, ...]:
    """The templates of this edition that come from the publication or a theme of its own, by name;
    that of the cover makes a picture, which has its description whatever is on it."""
    ours = templating.shipped()
    folders = [
        place / folder
        for place in templating.places(config)
        if not place.is_relative_to(ours)
        for folder in (*edition.folders, templating.BASE)
    ]
    named = {(folder.name, name) for folder in folders for name in _names(folder)}
    found = (f"{folder}/{name}" for folder, name in named if name != cover_plan.TEMPLATE)
    return tuple(sorted(found))


def _names(folder: Path) -> list[str]:
    return [file.name for file in folder.glob("*") if file.is_file()] if folder.is_dir() else []


def told(reasons: tuple[str, ...], path: str) -> tuple[Diagnostic, ...]:
    """Why there is no claim, for the manifest."""
    if not reasons:
        return ()
    more = f" (and {len(reasons) - 1} more)" if len(reasons) > 1 else ""
    return (
        Diagnostic(
            "E301", "info", f"the e-book claims no conformance: {reasons[0]}{more}", path, None,
            "if that can be mended, such as a picture without a description, mend it and build",
        ),
    )  # fmt: skip


def _all(root: Element, *names: str) -> Iterator[Element]:
    return (element for element in root.iter() if tree.local(element) in names)
