"""Where links lead: to headings of this post, to other posts, to the web, or nowhere.

A link that would be dead in an edition keeps its words and loses its address.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urljoin, urlsplit

from pipeline.convert import tree
from pipeline.convert.ids import slugify
from pipeline.convert.reading import Reading
from pipeline.convert.sanitize import SCHEMES
from pipeline.model import Section

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SAFE = "!#$%&'()*+,/:;=?@[]~-._"
_HOST = re.compile(r"[^\s/?#<>\[\]{}|\\^`\"]+|\[[0-9A-Fa-f:.]+\](:\d+)?")
_POST = (".md", ".markdown", ".Rmd", ".qmd")

AddressOf = Callable[[Path], str | None]
"""The absolute address of the post in a file, or None where it has none."""


def resolve(body: Element, outline: tuple[Section, ...], reading: Reading) -> None:
    """Settle every link of the tree in place."""
    targets = {str(e.get("id")) for e in body.iter() if e.get("id")}
    names = _names(outline, reading.language)
    for link in list(body.iter("a")):
        href = link.get("href")
        if href is None:
            _without_address(link, reading)
            continue
        if link.get("role"):
            continue
        settled = _settle(href.strip(), targets, names, reading)
        if settled is None:
            tree.unwrap(link)
        else:
            link.set("href", settled)
            if tree.is_empty(link):
                link.text = settled


def _without_address(link: Element, reading: Reading) -> None:
    """What the sanitizer left of an anchor, or of a link that it found dangerous or unreadable."""
    words = tree.plain_text(link)
    if words:
        reading.say(
            "C042",
            f"the link “{words}” has an address that no edition can carry",
            needle=f"[{words}]",
            hint="the link keeps its text; mend the address",
        )
    if words or link.get("id") is None:
        tree.unwrap(link)


def _names(outline: tuple[Section, ...], language: str) -> dict[str, str]:
    """Every slug that other tools would give a heading, and the id it has here."""
    found: dict[str, str] = {}

    def visit(section: Section) -> None:
        plain = re.sub(r"[^\w\- ]", "", section.title.lower()).replace(" ", "-")
        for name in (plain, slugify(section.title, language), _loose(section.title)):
            found.setdefault(name, section.id)
        for child in section.children:
            visit(child)

    for section in outline:
        visit(section)
    return found


def _loose(text: str) -> str:
    """Letters and digits only: what all ways of slugging agree on."""
    return "".join(c for c in text.lower() if c.isalnum())


def _settle(href: str, targets: set[str], names: dict[str, str], reading: Reading) -> str | None:
    if href.startswith("#"):
        return _inside(href[1:], targets, names, reading)
    if href.startswith("ref:"):
        return _reference(unquote(href[4:]), targets, names, reading)
    if "%7B%7B" in href or "{{" in href:
        return None  # an unknown shortcode stood in the address; it is named already
    if href.startswith("//"):
        href = "https:" + href
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", href):
        return _web(href, reading)
    path = urlsplit(href).path if "[" not in href else href
    if PurePosixPath(unquote(path)).suffix in _POST:
        return _other_post(unquote(href), reading, href)
    return _relative(href, reading)


def _reference(
    target: str, targets: set[str], names: dict[str, str], reading: Reading
) -> str | None:
    """What the ``ref`` shortcode names: a heading here, or another post."""
    if target.startswith("#"):
        return _inside(target[1:], targets, names, reading)
    return _other_post(target, reading, target)


def _inside(name: str, targets: set[str], names: dict[str, str], reading: Reading) -> str | None:
    wanted = unquote(name)
    for candidate in (wanted, names.get(wanted.lower()), names.get(_loose(wanted))):
        if candidate in targets:
            return f"#{candidate}"
    if wanted and wanted.lower() != "top":
        reading.say(
            "C040",
            f"no heading or id is called #{wanted}",
            needle=f"#{name}",
            hint="the link keeps its text; mend the address",
        )
    return None


def _web(href: str, reading: Reading) -> str | None:
    """A full address, its odd characters percent-encoded; None if no browser could read it."""
    clean = quote(href, safe=_SAFE)
    clean = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", clean)
    scheme = clean.partition(":")[0].lower()
    if scheme not in SCHEMES:
        return None  # addresses made after the sanitizer go through this gate too
    if scheme in ("http", "https", "ftp"):
        try:
            parts = urlsplit(clean)
            good = bool(parts.netloc) and _HOST.fullmatch(parts.netloc) is not None
            _ = parts.port
        except ValueError:
            good = False
        if not good or "%" in parts.netloc or parts.netloc.startswith((":", ".")):
            reading.say(
                "C042",
                f"this address cannot be read: {href}",
                needle=href,
                hint="the link keeps its text; mend the address",
            )
            return None
        head, _, tail = clean.partition(parts.netloc)
        return head + parts.netloc + tail.replace("[", "%5B").replace("]", "%5D")
    return clean


def _relative(href: str, reading: Reading) -> str | None:
    """A site-relative or page-relative address, made absolute where the site is known."""
    base = reading.config.settings.base_url
    if href.startswith("/") and base:
        return _web(base.rstrip("/") + href, reading)
    page = reading.manuscript.record.absolute_url
    if page and href:
        return _web(urljoin(page, href), reading)
    return None


def _other_post(reference: str, reading: Reading, needle: str) -> str | None:
    """The address of a post named by its file, with the fragment asked for."""
    path, _, fragment = reference.partition("#")
    if not path:
        return None
    file = reading.find_post(path)
    if file is None:
        reading.say(
            "C041",
            f"no post is found at {path}",
            needle=needle,
            hint="the link keeps its text; mend the path",
        )
        return None
    address = reading.address_of(file)
    if address is None:
        return None
    return _web(f"{address}#{fragment}" if fragment else address, reading)
