"""What a print of the web page has that the screen does not show, so that it says what the handout
says: the addresses of links as numbered notes, summary and key terms, room for notes, running
head and foot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline import words
from pipeline.convert import tree
from pipeline.editions.entries import editions_of, of_post
from pipeline.editions.html_body import mend_link, says_its_address
from pipeline.editions.pdf.body import running
from pipeline.editions.pdf.handout.links import SPOKEN, Address, printed
from pipeline.read import handout

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from pipeline.config import Config
    from pipeline.model import Document, Metadata

HEAD = 80
"""Characters that a running head has room for."""
NUMBER = "data-note"
"""The attribute of a link that holds the number of its address; the style sheet prints it."""


def numbered(body: Element) -> tuple[Address, ...]:
    """The addresses that links lead out to, in the order of the text, and each link told the number
    of its own. An address that stands in the text as it is needs no note."""
    found: dict[str, Address] = {}
    for link in body.iter("a"):
        mend_link(link)
        href = link.get("href") or ""
        if not href or href.startswith("#") or link.get("role"):
            continue
        shown = printed(href)
        said = tree.plain_text(link).strip()
        if says_its_address(link) or (SPOKEN.match(href) and said in (href, shown)):
            continue
        address = found.setdefault(href, Address(len(found) + 1, href, shown))
        link.set(NUMBER, str(address.number))
    return tuple(found.values())


def of_handout(document: Document, config: Config) -> dict[str, Any]:
    """What the post and the publication say of the handout: summary, terms, room for notes."""
    said = handout.of(document.record)
    options = of_post(editions_of(config)[handout.KEY], document.record).options
    return {
        "summary": said.summary,
        "terms": said.terms,
        "own_notes": options.notes in ("lines", "grid", "margin"),
    }


def page_strings(record: Metadata) -> dict[str, Any]:
    """Running head and foot as values of CSS's ``content``: title, date and version, address (from
    left to right in any text), and the words about a page's number."""
    catalogue = words.catalogue(record.language)
    before, _, after = catalogue["page_of"].partition("{page}")
    between, _, end = after.partition("{pages}")
    address = record.absolute_url and f"\u2066{record.absolute_url}\u2069"
    foot = "\n".join(filter(None, (_dated(record), address)))
    return {
        "running_head": _css(running(record.title, HEAD)),
        "running_foot": _css(foot),
        "page_number": _joined(before, "counter(page)", between, "counter(pages)", end),
    }


def _dated(record: Metadata) -> str:
    """The line of the handout's foot: date, version or last change, rights."""
    catalogue, version = words.catalogue(record.language), handout.version(record)
    days = [words.format_date(m, record.language) for m in (record.published, record.modified) if m]
    if version:
        changed = f"{catalogue['version']} {version}"
    else:
        changed = f"{catalogue['updated_on']} {days[1]}" if len(set(days)) > 1 else ""
    return " · ".join(filter(None, (*days[:1], changed, record.rights)))


def _css(text: str) -> Any:
    """The text as a string of CSS, safe inside a ``style`` element."""
    from markupsafe import Markup

    plain = "".join(c if c not in '"\\<>&' and c >= " " else f"\\{ord(c):x} " for c in text)
    return Markup(f'"{plain}"')  # noqa: S704 - escaped


def _joined(*parts: str) -> Any:
    from markupsafe import Markup

    shown = (part if part.startswith("counter(") else _css(part) for part in parts if part)
    return Markup(" ").join(map(Markup, shown))
