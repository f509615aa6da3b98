"""The order of the steps that turn pandoc's HTML into the body that editions dress."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline import words as printed
from pipeline.convert import (
    balance,
    blocks,
    callouts,
    captions,
    content,
    figures,
    flow,
    headings,
    images,
    limits,
    links,
    marks,
    notes,
    raw,
    sanitize,
    step_numbers,
    tree,
    typography,
)
from pipeline.convert.ids import Ids
from pipeline.convert.reading import Call, Reading
from pipeline.model import Asset, Section

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_WORD = re.compile(r"\w+(?:['’.-]\w+)*")


def build(
    html: str, calls: tuple[Call, ...], reading: Reading
) -> tuple[str, tuple[Section, ...], int]:
    """The body as XHTML, its outline, and how many words it has."""
    catalogue = printed.catalogue(reading.language)
    body, end = _parse(html, reading, marked=bool(calls))
    for part in (body, end):
        if part is not None:
            step_numbers.apply(part)
    if calls:
        from pipeline.convert import expansions

        expansions.build(body, calls, reading, catalogue)
    ids = Ids()
    endnotes = notes.build(body, end, ids, catalogue, reading.note_calls)
    if endnotes is not None:
        body.append(endnotes)
    captions.build(body, catalogue)
    found = {
        "math": _math(body, reading),
        "code": blocks.code(body),
        "task": blocks.tasks(body, catalogue),
        "callout": callouts.build(body, catalogue),
        "image": figures.build(body, reading, catalogue),
        "table": blocks.tables(body, reading.language),
        "notes": endnotes is not None,
    }
    reading.features.update(name for name, there in found.items() if there)
    if reading.config.settings.text.typography:
        typography.set_type(body, reading.language)
    if endnotes is not None:
        body.remove(endnotes)
    drop = reading.config.settings.repairs.numbers == "drop"
    outline = headings.build(body, ids, reading.language, drop_numbers=drop)
    marks.apply(body)
    flow.wrap_bare_text(body)
    if endnotes is not None:
        body.append(endnotes)
    _own_ids(body, ids)
    links.resolve(body, outline, reading)
    return tree.serialize(body), outline, len(_WORD.findall(tree.plain_text(body)))


def _parse(html: str, reading: Reading, *, marked: bool) -> tuple[Element, Element | None]:
    """The HTML sanitized: the tree of the text, and that of its notes if there are any."""

    def report(code: str, what: str) -> None:
        if code == "C051":
            reading.say(
                code,
                f"the post holds a <{what}> element, which no edition can carry",
                needle=f"<{what}",
                hint="write what it shows as Markdown",
            )
        else:
            reading.say(
                code, f"a player or frame became a link to {what}", needle=what, severity="info"
            )

    path = reading.manuscript.source.path
    main, end = notes.split(html)
    trees = []
    for part in (main, end) if end else (main,):
        kept = marks.keep(blocks.keep_alignment(part))
        shown = balance.close_inline(raw.make_visible(kept, report))
        clean = content.formulas.named(sanitize.clean(shown, marked=marked))
        trees.append(tree.parse(clean, path))
        limits.check_tree(trees[-1], reading.config.settings.limits, path)
        for text in content.settle(trees[-1]):
            _say_of_formula(text, reading)
    for section in list(trees[0].iter("section")):
        section.tag = "div"  # sections are made of headings, and of nothing else
    return trees[0], trees[1] if end else None


def _math(body: Element, reading: Reading) -> bool:
    """MathML keeps its TeX as ``alttext``; TeX that pandoc cannot read stays visible as code."""
    found = False
    for formula in list(body.iter(f"{{{tree.MATHML}}}math")):
        found = True
        note = formula.find(f".//{{{tree.MATHML}}}annotation")
        tex = (note.text or "").strip() if note is not None else tree.plain_text(formula)
        formula.set("alttext", tex)
        formula.set("display", formula.get("display") or "inline")
    for span in list(body.iter("span")):
        if "math" in tree.classes(span):
            tex = "".join(map(str, span.itertext()))
            _say_of_formula(tex, reading)
            tail = span.tail
            span.clear()
            span.tail, span.tag, span.text = tail, "code", tex
            span.set("class", "math")
    return found


def _say_of_formula(text: str, reading: Reading) -> None:
    reading.say(
        "C050",
        f"this formula cannot be set: {text}",
        needle=text.strip("$"),
        hint="it is printed as it stands; use plainer commands",
    )


def _own_ids(body: Element, ids: Ids) -> None:
    """Authors' ids elsewhere than on headings: kept where they are free, else dropped."""
    given: set[str] = set()
    for element in body.iter():
        name = element.get("id")
        if not name:
            continue
        owned = element.tag == "section" or element.get("role") or name.startswith("fn-")
        if name not in given and (owned or ids.take(name) == name):
            given.add(name)
        else:
            del element.attrib["id"]


def cover(reading: Reading) -> Asset | None:
    """The record's image, if it is a local file that can be shown."""
    picture = reading.manuscript.record.image
    if picture is None:
        return None
    if images.is_remote(picture.path):
        return None
    return images.take(picture.path, reading, left="the editions go without it")
