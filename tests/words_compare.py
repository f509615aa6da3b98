"""Is every word of a post in the text of its edition, in its order?

``compare(body, text)`` takes the Markdown body of a post (without front matter) and the text of
an edition (XHTML, EPUB or PDF, extracted by whatever reads it), and returns the differences that
nothing excuses. ``differences`` returns all, each with the name of the class that tolerates it,
or "". ``lost_literals`` compares options, paths, times and prices letter by letter.

The source's words come from markdown-it-py, never from pandoc, so that a mistake in the one shows
against the other. They are what a reader reads: text, code, raw HTML's text, tags that are no
HTML elements. Addresses, attributes, alt texts, shortcodes' arguments and
places for a table of contents are markup.
"""

from __future__ import annotations

import html
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

LOCALE = Path(__file__).parents[1] / "pipeline" / "locale"

HTML_ELEMENTS = frozenset(
    """a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button
    canvas caption center cite code col colgroup data dd del details dfn dialog dir div dl dt em
    embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header
    hgroup hr html i iframe img input ins kbd label legend li link main map mark menu meta meter
    nav noscript object ol optgroup option output p param picture pre progress q rp rt ruby s samp
    script search section select slot small source span strike strong style sub summary sup svg
    table tbody td template textarea tfoot th thead time title tr track tt u ul var video
    wbr""".split()
)

WORD = re.compile(r"[^\W_]+")
TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*)((?:\"[^\"]*\"|'[^']*'|[^'\">])*)>")
SHORTCODE = re.compile(r"\{\{[<%].*?[%>]\}\}|\{%.*?%\}", re.S)
ATTRIBUTES = re.compile(r"\{\s*(?:[.#:][^\s{}]+|[\w-]+=(?:\"[^\"]*\"|[^\s{}]+))(?:\s+[^{}]*)?\}")
LINK_WITH_SHORTCODE = re.compile(r"\]\(([^()\s]*\{\{[<%][^\n]*?[%>]\}\}[^()\s]*)\)")
CONTENTS = re.compile(r"\[toc\]|\[\[_?toc_?\]\]", re.I)
"""A paragraph that only says where a table of contents goes."""
DIV = re.compile(r"^[ \t>]*:{3,}.*$", re.M)
ALERT = re.compile(r"\[!([A-Za-z]+)\][+-]?")
TASK = re.compile(r"^\[[ xX]\]\s")
IGNORED = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), None)


@dataclass(frozen=True, slots=True)
class Difference:
    """Words ``lost`` from the source or ``added`` by the edition, with the words before them."""

    kind: str
    words: tuple[str, ...]
    context: str
    tolerated: str = ""

    def __str__(self) -> str:
        excuse = f" [{self.tolerated}]" if self.tolerated else ""
        return f"{self.kind} after “…{self.context}”: {' '.join(self.words)}{excuse}"


def compare(source_markdown: str, text: str) -> list[Difference]:
    """The differences that no class tolerates."""
    return [found for found in differences(source_markdown, text) if not found.tolerated]


def differences(source_markdown: str, text: str) -> list[Difference]:
    """All differences between the source's word sequence and the text's."""
    wanted, got = words(source_text(source_markdown)), words(text)
    markup = Counter(words(html.unescape(source_markdown)))
    found: list[Difference] = []
    for a, b, c, d in _changes(wanted, got):
        context = " ".join(wanted[max(0, a - 5) : a])
        lost, added = tuple(wanted[a:b]), tuple(got[c:d])
        if "".join(lost) == "".join(added):
            found.append(Difference("changed", (*lost, "→", *added), context, "word boundary"))
            continue
        if lost:
            found.append(Difference("lost", lost, context))
        if added:
            found.append(Difference("added", added, context, _excuse(added, markup)))
    return _moved(found)


def _changes(wanted: list[str], got: list[str]) -> list[tuple[int, int, int, int]]:
    """The fewest changes from one list to the other (Myers 1986): ``wanted[a:b]`` gave way to
    ``got[c:d]``. Lists that have little in common are left to difflib."""
    path = _shortest(wanted, got, 3_000)
    if path is None:
        matcher = SequenceMatcher(None, wanted, got, autojunk=False)
        return [tuple(code[1:]) for code in matcher.get_opcodes() if code[0] != "equal"]
    changes: list[tuple[int, int, int, int]] = []
    for x, y, down in path:
        a, b, c, d = (x, x, y, y + 1) if down else (x, x + 1, y, y)
        if changes and changes[-1][1] == a and changes[-1][3] == c:
            changes[-1] = (changes[-1][0], b, changes[-1][2], d)
        else:
            changes.append((a, b, c, d))
    return changes


def _shortest(wanted: list[str], got: list[str], most: int) -> list[tuple[int, int, bool]] | None:
    """The single steps of the shortest edit, in order; None past ``most`` steps."""
    reach = {1: 0}
    history: list[dict[int, int]] = []
    for steps in range(most):
        history.append(dict(reach))
        for k in range(-steps, steps + 1, 2):
            down = k == -steps or (k != steps and reach[k - 1] < reach[k + 1])
            x = reach[k + 1] if down else reach[k - 1] + 1
            while x < len(wanted) and x - k < len(got) and wanted[x] == got[x - k]:
                x += 1
            reach[k] = x
            if x >= len(wanted) and x - k >= len(got):
                return _trace(history, len(wanted), len(got))
    return None


def _trace(history: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int, bool]]:
    path = []
    for steps in range(len(history) - 1, 0, -1):
        reach, k = history[steps], x - y
        down = k == -steps or (k != steps and reach[k - 1] < reach[k + 1])
        k += 1 if down else -1
        x = reach[k]
        y = x - k
        path.append((x, y, down))
    return path[::-1]


def _moved(found: list[Difference]) -> list[Difference]:
    """A run lost here and added there was moved: notes go to the end, captions to the top, and a
    page may draw the numbers of its lists after its text."""
    added = Counter(one.words for one in found if one.kind == "added")
    moved = {w for w in added if any(o.kind == "lost" and o.words == w for o in found)}
    drawn = Counter(w for one in found if one.kind == "added" for w in one.words if w.isdigit())

    def was_moved(one: Difference) -> bool:
        if one.words in moved:
            return True
        if one.kind != "lost" or not all(w.isdigit() and drawn[w] > 0 for w in one.words):
            return False
        drawn.subtract(one.words)
        return True

    return [replace(one, tolerated="moved") if was_moved(one) else one for one in found]


PLAYERS = frozenset("https www youtube com watch v vimeo".split())
"""What the address of a player has that its shortcode does not say."""

TOLERATED: dict[str, Callable[[tuple[str, ...], Counter[str]], bool]] = {
    # numbers of lists, notes and pages, which the source gives as markup
    "number": lambda run, markup: all(re.fullmatch(r"\d+|[a-z]|[ivxlc]+", word) for word in run),
    # "Note", "Back to the text": printed words of the catalogues
    "printed word": lambda run, markup: all(word in catalogue_words() for word in run),
    # alt texts, addresses, titles, shortcodes: in the source, but as markup
    "markup shown": lambda run, markup: all(
        word in markup or word in catalogue_words() or word in PLAYERS or word.isdigit()
        for word in run
    ),
}
"""Why words may be in an edition that the source's reading text does not have."""


def _excuse(run: tuple[str, ...], markup: Counter[str]) -> str:
    return next((name for name, test in TOLERATED.items() if test(run, markup)), "")


@lru_cache(maxsize=1)
def catalogue_words() -> frozenset[str]:
    texts = (tomllib.loads(p.read_text("utf-8")) for p in sorted(LOCALE.glob("*.toml")))
    return frozenset(word for table in texts for value in table.values() for word in words(value))


BLOCKS = frozenset(
    """address article aside blockquote body br caption dd details div dl dt figcaption figure
    footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot
    th thead tr ul""".split()
)


def xhtml_text(xhtml: str) -> str:
    """The text of an XHTML fragment as a page shows it: blocks apart, list items with their
    numbers, TeX annotations left out."""
    return "".join(_shown(etree.fromstring(f"<body>{xhtml}</body>")))


def _shown(element: etree._Element) -> Iterator[str]:
    name = str(element.tag).rpartition("}")[2]
    if name in ("annotation", "script", "style"):
        return
    if name in BLOCKS:
        yield "\n"
    if element.get("role") == "doc-noteref":
        yield " "  # a raised number is no part of the word before it
    yield element.text or ""
    number = int(element.get("start") or 1)
    for child in element:
        if name == "ol" and str(child.tag).rpartition("}")[2] == "li":
            number = int(child.get("value") or number)
            yield f"{number}. "
            number += 1
        yield from _shown(child)
        yield child.tail or ""
    if name in BLOCKS:
        yield "\n"


def words(text: str) -> list[str]:
    """Runs of letters and digits; ligatures taken apart, soft hyphens and joiners left out."""
    return WORD.findall(unicodedata.normalize("NFKC", text.translate(IGNORED)))


# The source -------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 200}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    return parser.use(deflist_plugin)


def source_text(markdown: str) -> str:
    """What a reader of the post reads, a line a block."""
    shown = _without_shortcode_addresses(markdown)
    env: dict[str, Any] = {}
    tokens = _notes_last(_parser().parse(shown, env), env)
    return "\n".join(_reading(tokens, shown.split("\n")))


def _notes_last(tokens: list[Token], env: dict[str, Any]) -> list[Token]:
    """The notes behind the text in the order of their calls, those that nobody calls at the very
    end: what has been called before under the same label, and the rest."""
    calls = env.get("footnotes", {}).get("refs", {})
    text: list[Token] = []
    notes: list[tuple[bool, int, list[Token]]] = []
    told: set[str] = set()
    into = text
    for token in tokens:
        if token.type == "footnote_reference_open":
            label = token.meta["label"]
            number = calls.get(f":{label}", -1)
            into = []
            notes.append((number < 0 or label in told, number, into))
            told.add(label)
        elif token.type == "footnote_reference_close":
            into = text
        else:
            into.append(token)
    notes.sort(key=lambda note: (note[0], note[1] * (not note[0])))
    return text + [token for _, _, note in notes for token in note]


def _without_shortcode_addresses(markdown: str) -> str:
    """The Markdown with shortcodes in links' addresses taken out, so that the links are links."""
    return LINK_WITH_SHORTCODE.sub(
        lambda found: "](" + SHORTCODE.sub("x", found[1]).replace(" ", "") + ")", markdown
    )


def _reading(tokens: list[Token], lines: list[str]) -> Iterator[str]:
    """A line a block; before an ordered item stands its number: that of its source, or where all of
    the list are equal, as CommonMark counts."""
    counts: list[int | None] = []
    cells = 0
    for place, token in enumerate(tokens):
        if token.type in ("ordered_list_open", "bullet_list_open"):
            ordered = token.type == "ordered_list_open"
            counts.append(_first_number(tokens, place) if ordered else None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            counts.pop()
        elif token.type == "list_item_open" and (count := counts[-1]) is not None:
            counts[-1] = count + 1 if count >= 0 else count
            yield f"{count if count >= 0 else int(token.info)}."
        elif token.type == "tr_open":
            cells, row = 0, lines[token.map[0]] if token.map else ""
        elif token.type in ("th_open", "td_open"):
            cells += 1
        elif token.type == "tr_close":
            yield from _beyond_the_header(row, cells)
        elif token.type == "inline":
            yield _prose("".join(_inline(token.children or [])))
        elif token.type in ("fence", "code_block"):
            yield token.content
        elif token.type == "html_block":
            yield _prose(raw_text(token.content))


def _beyond_the_header(row: str, cells: int) -> Iterator[str]:
    """The cells that a row has more than the table's header; markdown-it-py leaves them out."""
    inner = re.sub(r"^[ >\t]*\|?", "", row)
    for cell in re.split(r"(?<!\\)\|", inner)[cells:]:
        yield from _reading(_parser().parseInline(cell.strip()), [])


def _inline(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "text_special"):
            yield token.content
        elif token.type == "code_inline":
            # a character of the private use area keeps code from being read as markup below
            yield token.content.replace("{", "\ue000").replace("[!", "\ue001")
        elif token.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif token.type == "html_inline":
            yield raw_text(token.content)


def _first_number(tokens: list[Token], place: int) -> int:
    """The number that the list at ``place`` counts from; -1 if each step keeps its own."""
    level = tokens[place].level + 1
    numbers = []
    for token in tokens[place + 1 :]:
        if token.level < level:
            break
        if token.type == "list_item_open" and token.level == level:
            numbers.append(int(token.info))
    return numbers[0] if len(set(numbers)) == 1 else -1


def _prose(text: str) -> str:
    """Markup that markdown-it-py takes for text: attributes, divs, alerts, tasks, shortcodes."""
    if CONTENTS.fullmatch(text.strip()):
        return ""
    text = DIV.sub("", SHORTCODE.sub(" ", text))
    text = TASK.sub("", ALERT.sub(" ", ATTRIBUTES.sub("", text)))
    return text.replace("\ue000", "{").replace("\ue001", "[!")


def raw_text(markup: str) -> str:
    """The text of raw HTML; a tag that is no HTML element is text itself."""
    markup = re.sub(r"<!--.*?(?:-->|\Z)", "", markup, flags=re.S)
    markup = re.sub(r"<(script|style)\b.*?</\1\s*>", "", markup, flags=re.S | re.I)
    return html.unescape(TAG.sub(_tag, markup))


def _tag(found: re.Match[str]) -> str:
    if found[2].lower() in HTML_ELEMENTS:
        return " " if found[2].lower() in ("br", "p", "li", "td", "th", "div") else ""
    return html.escape(found[0])


# Letter by letter -------------------------------------------------------------------------------

LITERAL = re.compile(
    r"(?<![\w-])--?[A-Za-z][\w-]+(?:=[\w./-]+)?"  # options
    r"|\$\{?\w+\}?(?:/\$?\w+)*"  # variables, and prices in dollars
    r"|(?<![\w:])\d+(?::\d+)+(?![\w:])"  # times and tuples
    r"|(?<![\w/])(?:/[\w.-]+){2,}"  # paths
    r"|[€£]\d[\d.,]*\d"
)


def lost_literals(source_markdown: str, text: str) -> list[str]:
    """Options, variables, times, paths and prices of the source that are not in the text as they
    stand. White space is left out of account, since a page may break a line anywhere."""
    squeezed = re.sub(r"\s+", "", text.translate(IGNORED))
    found = dict.fromkeys(m[0] for m in LITERAL.finditer(source_text(source_markdown)))
    return [literal for literal in found if re.sub(r"\s+", "", literal) not in squeezed]
