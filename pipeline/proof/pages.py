"""The pages of the proof, filled from ``templates/proof`` (a publication or a theme may override
each file, as for an edition).

A page is one file: its style sheet and its small script lie inside, and the content security policy
allows these two by their digests and nothing else. Without the script all is there; it adds keys,
sorting and a button.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pipeline import templating
from pipeline.config import Config
from pipeline.editions.colours import readable
from pipeline.editions.html import PAPER, SCREEN, policy
from pipeline.model import Diagnostic, Manuscript, Source
from pipeline.normalize import RULES, telling
from pipeline.proof import said
from pipeline.proof.lines import tidy
from pipeline.proof.marks import Mark, marks
from pipeline.proof.outline import outline
from pipeline.proof.rows import Pair, Stretch, pairs, parts, unchanged
from pipeline.proof.summaries import Summary, by_rule, ordered

if TYPE_CHECKING:
    from jinja2 import Environment

INDEX, RULES_PAGE = "index.html", "rules.html"


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The posts before and after, by the paths of their pages; None at the ends."""

    previous: str | None
    next: str | None


class Press:
    """The templates of one publication, and what all of its pages share."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.made: Environment = templating.environment(("proof",), config)
        self.made.filters["tidy"] = tidy

    @cached_property
    def style(self) -> str:
        """The style sheet as it stands between its tags."""
        accent = self.config.settings.look.accent
        return self._fill("style.css.j2", {
            "settings": self.config.settings, "paper": PAPER, "screen": SCREEN,
            "accent": readable(accent, PAPER), "accent_dark": readable(accent, SCREEN),
        }).strip().replace("</", r"<\/")  # fmt: skip

    @cached_property
    def script(self) -> str:
        """The script as it stands between its tags."""
        return self._fill("script.js.j2", {"said": said.SAID}).strip().replace("</", r"<\/")

    def index(self, posts: tuple[Summary, ...], notes: tuple[Diagnostic, ...]) -> bytes:
        """The page that lists all posts; ``notes`` are about none of them."""
        totals = Counter(state for post in posts for state, _, _ in post.repairs)
        return self._page("index.html.j2", INDEX, {
            "posts": ordered(posts), "rules": by_rule(posts), "totals": totals, "notes": notes,
        })  # fmt: skip

    def rules(self) -> bytes:
        """The page that says what each rule does."""
        told = [(rule.code, telling.spoken(rule), *telling.explained(rule)) for rule in RULES]
        return self._page("rules.html.j2", RULES_PAGE, {"rules": told})

    def post(
        self, summary: Summary, name: str, manuscript: Manuscript | None, near: Neighbours
    ) -> bytes:
        """A post's page. ``name`` is what decisions call it."""
        context: dict[str, Any] = {
            "post": summary, "name": name, "near": near, "headings": (), "body": (),
            "front": None, "marks": (), "targets": (), "stops": (), "tags": {},
        }  # fmt: skip
        if manuscript is not None:
            context |= self._body(manuscript, summary.notes)
        return self._page("post.html.j2", summary.page, context)

    def _body(self, manuscript: Manuscript, notes: tuple[Diagnostic, ...]) -> dict[str, Any]:
        found = pairs(manuscript)
        made = marks(manuscript, self.config, found)
        headings = outline(manuscript)
        lines = {note.line for note in notes if note.line is not None}
        return {
            "headings": headings,
            "front": _front(manuscript.source),
            "marks": made,
            "stops": _ends([mark.number for mark in made if not mark.small] or [1, len(made)]),
            "targets": {*lines, *(entry.line for entry in headings)},
            "tags": _tags(made),
            "body": tuple(_body_parts(found, made)),
        }

    def _page(self, template: str, page: str, context: dict[str, Any]) -> bytes:
        from markupsafe import Markup

        up = "../" * page.count("/")
        shared = {
            "settings": self.config.settings,
            "said": said.SAID,
            "states": said.STATES,
            "severities": said.SEVERITIES,
            "fates": said.FATES,
            "counted": said.counted,
            "href": lambda to: up + quote(to),
            "policy": policy(self.style, self.script),
            "style": Markup(self.style),  # noqa: S704 - our template, hashed
            "script": Markup(self.script),  # noqa: S704 - our template, hashed
            "paper": PAPER,
            "screen": SCREEN,
        }
        return self._fill(template, shared | context).rstrip("\n").encode() + b"\n"

    def _fill(self, template: str, context: dict[str, Any]) -> str:
        return templating.render(templating.load(self.made, template), context)


def _ends(numbers: list[int]) -> tuple[int, int]:
    return numbers[0], numbers[-1]


def _front(source: Source) -> Stretch | None:
    """The front matter between its fences, if there is any."""
    if source.front_format is None:
        return None
    return unchanged(source.front_text.removesuffix("\n").split("\n"), source.front_line)


def _body_parts(found: tuple[Pair, ...], made: tuple[Mark, ...]) -> Iterator[Stretch | Mark]:
    """Lines and marks in the order of the page, each mark above its lines."""
    marks = [mark for mark in made if not mark.tag]
    waiting = marks[::-1]
    tagged = (mark.first for mark in made if mark.tag)
    for part in parts(found, (mark.first for mark in marks), tagged):
        while waiting and waiting[-1].first <= part.first:
            yield waiting.pop()
        yield part
    yield from reversed(waiting)


def _tags(made: tuple[Mark, ...]) -> dict[int, list[Mark]]:
    """The marks that are tags, by the line on which they stand."""
    found: dict[int, list[Mark]] = defaultdict(list)
    for mark in made:
        if mark.tag:
            found[mark.first].append(mark)
    return dict(found)
