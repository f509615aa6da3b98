"""Footnotes in the vocabulary of the editions, one note for one text however often it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.convert import tree
from pipeline.convert.balance import HEADINGS
from pipeline.convert.calls import UNCALLED
from pipeline.convert.ids import Ids
from pipeline.words import Catalogue

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


_SECTION = '\n<section id="footnotes" class="footnotes footnotes-end-of-document"'


def split(html: str) -> tuple[str, str]:
    """The text and the section of notes that pandoc puts at the very end.

    They are parsed apart: a ``<pre>`` or ``<div>`` that the author left open would swallow it.
    """
    at = html.rfind(_SECTION)
    return (html[:at], html[at:]) if at >= 0 else (html, "")


def build(
    body: Element, end: Element | None, ids: Ids, catalogue: Catalogue, labels: tuple[str, ...]
) -> Element | None:
    """Rewrite the calls in place and return the section of notes made of pandoc's, ``end``.

    It goes behind everything when the headings have been sectioned.

    pandoc writes a note out once for each call of it. ``labels`` are the labels of the calls in
    their order in the source: calls with one label share one note again. Where their number
    does not match pandoc's, every call keeps a note of its own.
    """
    if end is None:
        return None
    items: dict[str | None, Element] = {}
    for item in end.iter("li"):
        items.setdefault(item.get("id"), item)
    calls = [a for a in body.iter("a") if "footnote-ref" in tree.classes(a)]
    names = labels if len(labels) == len(calls) else tuple(str(n) for n in range(len(calls)))
    numbers: dict[str, int] = {}
    times: dict[str, int] = {}
    kept = tree.make("ol")
    for call, name in zip(calls, names, strict=True):
        note = items.get((call.get("href") or "")[1:])
        if note is None:
            tree.remove(call)
            continue
        first = name not in numbers
        number = numbers.setdefault(name, len(numbers) + 1)
        times[name] = times.get(name, 0) + 1
        mark = f"fnref-{number}" if first else f"fnref-{number}-{times[name]}"
        call_host = _call(call, number, ids.take(mark))
        if first:
            kept.append(_note(note, number))
        if not any(UNCALLED in tree.classes(up) for up in call_host.iterancestors()):
            _backlink(kept[number - 1], mark, catalogue)
    for div in [e for e in body.iter("div") if UNCALLED in tree.classes(e)]:
        tree.remove(div)
    return _section(kept, catalogue) if len(kept) else None


def _call(call: Element, number: int, mark: str) -> Element:
    raised = tree.make("sup")
    link = tree.make(
        "a", str(number), class_="noteref", id=mark, href=f"#fn-{number}", role="doc-noteref"
    )
    tree.replace(call, raised)
    raised.append(link)
    return raised


def _note(item: Element, number: int) -> Element:
    for link in [a for a in item.iter("a") if "footnote-back" in tree.classes(a)]:
        tree.remove(link)
    for heading in [e for e in item.iter() if e.tag in HEADINGS]:
        heading.tag = "p"  # the outline is the text's
    for key in list(item.attrib):
        del item.attrib[key]
    item.set("id", f"fn-{number}")
    item.tail = None
    return item


def _backlink(item: Element, mark: str, catalogue: Catalogue) -> None:
    link = tree.make(
        "a", "↩", class_="backlink", href=f"#{mark}", role="doc-backlink",
        aria_label=catalogue["back_to_text"],
    )  # fmt: skip
    last = item[-1] if len(item) and item[-1].tag == "p" else item
    if last is item and len(item):
        last = tree.make("p")
        item.append(last)
    if not tree.is_empty(last):
        tree.append_text(last, "\u00a0")
    last.append(link)


def _section(kept: Element, catalogue: Catalogue) -> Element:
    section = tree.make(
        "section", class_="notes", role="doc-endnotes", aria_label=catalogue["notes"], id="notes"
    )
    section.append(tree.make("p", catalogue["notes"], class_="notes-title"))
    section.append(kept)
    return section
