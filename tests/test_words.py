"""No word of a post is lost or invented: its word sequence is in the text of each edition.

The proof has two steps: repair keeps every word of the file, and each edition has every word of
the repaired post in its order.
``tests/words_compare.py`` names each class of difference that is tolerated. One more is needed
here: the title block and the tags, which come from the front matter: their words are those of the
manifest's record, with its dates as they are printed.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from pipeline import normalize, read
from pipeline.config import Limits, load
from pipeline.words import format_date
from tests.conftest import Built
from tests.reading_back import Book, html_tree
from tests.tagged_text import Element, Place, Tagged, apart
from tests.words_compare import (
    catalogue_words,
    compare,
    lost_literals,
    source_text,
    words,
    xhtml_text,
)

TAG = re.compile(r"<!--.*?-->|</?[a-z][^<>]*>", re.S)
BROKEN = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]\s+([^\W\d_]+)")


def html_text(path: Path) -> str:
    """The text of the article, without the page's own navigation, its reading time, and what only
    a print of it shows."""
    article = html_tree(path).find(".//article")
    assert article is not None
    ours = (*article.find_class("reading-time"), *article.find_class("paper-only"))
    for furniture in (*article.findall(".//nav"), *ours):
        furniture.drop_tree()
    return _text(article)


def epub_text(path: Path) -> str:
    """The text of the content documents in reading order."""
    return "\n".join(
        _text(body) for page in Book(path).pages() if (body := page.find("{*}body")) is not None
    )


INLINE = frozenset("Span Link Em Strong Code Quote Reference Sub".split())
"""Structure types that part no words."""


def pdf_text(path: Path) -> str:
    """The tagged text in the order of the structure tree: what a screen reader says.

    Running heads and folios are artifacts, so they are not in it; the contents are left out.
    """
    tree = Tagged(path)
    shown: list[str] = []
    before: Place | None = None
    notes = tree.root.all("Note")  # at the foot of their pages; the source has them at its end
    for part in chain(_said(tree.root, "TOC", "Note"), *(_said(note, "TOC") for note in notes)):
        if isinstance(part, str):
            shown.append(part)
            before = None if part == "\n" else before
            continue
        if before and part in tree.boxes and _parted(tree, before, part):
            shown.append(" ")
        shown.append(tree.texts.get(part, ""))
        before = part if part in tree.boxes else before
    return "".join(shown)


def _parted(tree: Tagged, before: Place, place: Place) -> bool:
    """Whether the two pieces stand on different lines, or apart on one."""
    return before[0] != place[0] or apart(tree.boxes[before][1], tree.boxes[place][0])


def _said(element: Element, *without: str) -> Iterator[str | Place]:
    """The marked content of an element in order, without elements of those roles; a line end
    where a block begins or ends."""
    if element.role in without:
        return
    block = element.role not in INLINE
    if block:
        yield "\n"
    if "ActualText" in element.entries:
        yield str(element.entries["ActualText"])
    else:
        for part in element.parts:
            if isinstance(part, Element):
                yield from _said(part, *without)
            else:
                yield part
    if block:
        yield "\n"


def printed_record(record: dict[str, Any]) -> frozenset[str]:
    """The words that a title block and a line of tags may be made of."""
    language = record["language"]
    moments = [dt.datetime.fromisoformat(m) for k in ("published", "modified") if (m := record[k])]
    dates = " ".join(format_date(moment, language) for moment in moments)
    printed = f"{json.dumps(record, ensure_ascii=False)} {dates}".replace("\\n", " ")
    return frozenset(words(printed)) | catalogue_words()


ADDRESS = re.compile(r"https?://[^\s)>\"]+|\{\{.*?\}\}|\]\([^)]*\)", re.S)


def shown_markup(body: str) -> frozenset[str]:
    """The words of addresses and shortcodes, and the names of symbols that no face may cover."""
    symbols = sorted({c for c in body if ord(c) > 0x7F and not c.isalnum()})
    names = " ".join(unicodedata.name(symbol, "").lower() for symbol in symbols)
    video = "https www youtube com watch v vimeo"
    return frozenset(words(f"{' '.join(ADDRESS.findall(body))} {names} {video}"))


def unexcused(body: str, text: str, record: dict[str, Any]) -> list[str]:
    """The differences that no class of the comparison explains, nor the record's words with the
    addresses that stand next to them."""
    known = printed_record(record) | shown_markup(body)
    folded = frozenset(map(_folded, known))
    text = _rejoined(text, known | frozenset(words(source_text(body))), body)
    found = [
        difference
        for difference in compare(body, text)
        if difference.kind == "lost" or not folded.issuperset(map(_folded, difference.words))
    ]
    return [*map(str, found), *lost_literals(body, text)]


def _folded(word: str) -> str:
    """Without case, in Turkish too: a style sheet may print a kicker in capitals."""
    return re.sub("[Iİı]", "i", word).casefold()


def without_formulas(body: str, page: Path) -> str:
    """The source without the TeX that the HTML edition shows as a formula, which keeps it as the
    alternative text: a formula's signs are not the words that TeX writes."""
    for formula in html_tree(page).iterfind(".//math"):
        tex = r"\s+".join(map(re.escape, formula.get("alttext", "").split()))
        body = re.sub(rf"\${{1,2}}\s*{tex}\s*\${{1,2}}", " ", body, count=1)
    return body


def _rejoined(text: str, known: frozenset[str], body: str) -> str:
    """The text with words that a line's end broke made whole, where that makes a known word and
    the source has no such pair of words with a hyphen."""
    return BROKEN.sub(
        lambda m: m[1] + m[2] if m[1] + m[2] in known and f"{m[1]}-{m[2]}" not in body else m[0],
        text,
    )


def _text(element: etree._Element) -> str:
    """The text without formulas, with the numbers that ordered lists print, as pages have them."""
    for formula in list(element.iter("{*}math")):
        tail = formula.tail
        formula.clear()
        formula.tail = tail
    whole = etree.tostring(element, encoding="unicode", with_tail=False)
    return xhtml_text(re.sub(r"<\?[^>]*\?>", "", whole))


TEXTS: dict[str, Callable[[Path], str]] = {"html": html_text, "epub": epub_text, "pdf": pdf_text}


@pytest.mark.validator("poppler")
@pytest.mark.parametrize("edition", TEXTS)
def test_every_word_of_the_corpus_is_there(edition: str, corpus: Path, built_corpus: Built) -> None:
    _all_words(edition, corpus / "posts", built_corpus, count=40)


@pytest.mark.validator("poppler")
@pytest.mark.parametrize("edition", TEXTS)
def test_every_word_of_the_samples_is_there(edition: str, built_samples: Built) -> None:
    _all_words(edition, Path(__file__).parents[1] / "source", built_samples, count=4)


def test_web_page_and_e_book_have_the_same_words(built_corpus: Built) -> None:
    """Furniture set aside: the page's own contents, its reading time, what is for paper only."""
    for post in built_corpus.posts:
        page, book = (
            built_corpus.out / post["editions"][name]["path"] for name in ("html", "epub")
        )
        assert words(html_text(page)) == words(epub_text(book)), post["source"]


FURNITURE = ".//*[local-name()='header' or local-name()='footer' or @class='notes']"
"""The title block and the colophon, which each edition words in its own way, and the notes, which
stand at the foot of printed pages."""


def body_words(path: Path) -> list[str]:
    """The words of an e-book's text alone."""
    found: list[str] = []
    for page in Book(path).pages():
        body = page.find("{*}body")
        for element in body.xpath(FURNITURE):
            element.getparent().remove(element)
        found += words(_text(body))
    return found


def unlike(printed: list[str], text: list[str]) -> list[str]:
    """The words of ``text`` that ``printed`` has otherwise, words broken at a line's end made
    whole. What stands before and behind them in print is its title block and its notes."""
    place, found = 0, []
    for word in text:
        at = next((n for n in range(place, min(place + 60, len(printed)))
                   if printed[n] == word or "".join(printed[n : n + 2]) == word), None)  # fmt: skip
        if at is None:
            found.append(word)
        else:
            place = at + (1 if printed[at] == word else 2)
    return found


@pytest.mark.prove
@pytest.mark.validator("poppler")
def test_pdf_and_e_book_have_the_same_words(built_corpus: Built) -> None:
    for post in built_corpus.share().posts:
        pdf, book = (built_corpus.out / post["editions"][name]["path"] for name in ("pdf", "epub"))
        assert unlike(words(pdf_text(pdf)), body_words(book)) == [], post["source"]


def repaired(source: Path, path: str) -> str:
    """The post as ``galley normalize`` understands it: what the later stages are given."""
    settings = load(source)
    return normalize.manuscript(read.load(source / path, path, Limits()), settings).body


def test_repair_keeps_every_word_markup_included(corpus: Path) -> None:
    """Repair is the one stage that may make text of markup or markup of text (a fence that was
    glued to its line ends code that had swallowed headings, tags and all). So its input and its
    output are compared as they stand in the file, markup and all: only a title that the title
    block repeats may go, and tags (a ``<pre>`` that becomes a fence)."""
    for place in ("posts", "archive", "blogs"):
        settings = load(corpus / place)
        for file, path in read.find_posts(corpus / place):
            source = read.load(file, path, Limits())
            manuscript = normalize.manuscript(source, settings)
            tags, tagged = (
                Counter(words(" ".join(TAG.findall(body))))
                for body in (source.body, manuscript.body)
            )
            may_go = Counter(words(manuscript.record.title)) + tags
            before = Counter(words(html.unescape(source.body)))
            after = Counter(words(html.unescape(manuscript.body)))
            assert not before - after - may_go, path
            # an ``<ol start="11">`` that becomes Markdown has its numbers written out, and marks
            # in the cells of an HTML table become tags
            may_come = tagged - tags
            assert all(word.isdigit() for word in after - before - may_come), path
            assert set(may_come) <= {"strong", "code"}, path


def _all_words(edition: str, source: Path, built: Built, count: int) -> None:
    wrong: list[str] = []
    for post in built.posts:
        body = repaired(source, post["source"])
        body = without_formulas(body, built.out / post["editions"]["html"]["path"])
        text = TEXTS[edition](built.out / post["editions"][edition]["path"])
        wrong += [f"{post['source']}: {what}" for what in unexcused(body, text, post["record"])]
    assert len(built.posts) >= count
    assert wrong == []
