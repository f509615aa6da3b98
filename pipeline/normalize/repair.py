r"""The machinery of repair: rules propose, this module applies, and refuses what is no mere markup.

A rule sees a :class:`Draft` and yields :class:`~pipeline.model.Repair`\\ s whose lines are those
of the draft. :func:`mend` runs a table of rules in order over a body and reads the block tree
anew after each rule that changed something, until a whole round changes nothing: that is what
makes normalizing the result again a no-op. A repair is applied only if

- it is confident enough (:data:`THRESHOLD`), and no earlier repair of its rule holds its lines;
- it keeps off code, raw HTML and display math, unless its rule is about where these end, and off
  what a comment of the editor's keeps as it is (:mod:`~pipeline.normalize.marks`);
- the words before and after are the same words in the same order (a rule may be trusted to drop
  a line that says the title again, and nothing else);
- read as Markdown, the body holds the same code, the same raw HTML and every heading it had;
  under a rule that only tidies, the same blocks altogether.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, TypeVar

from pipeline import collector
from pipeline.config import Repairs
from pipeline.model import Family, Repair
from pipeline.normalize import marks
from pipeline.normalize.calibration import LEAST, calibrated
from pipeline.normalize.evidence import Evidence, weigh
from pipeline.normalize.origins import origins_after
from pipeline.normalize.raw_headings import raw_headings
from pipeline.normalize.text import bare, folded, same_code, same_words
from pipeline.normalize.titles import capitals
from pipeline.normalize.tree import Block, Tree, parse

THRESHOLD = Repairs().threshold
"""The least confidence at which a repair is applied unless ``galley.toml`` names another; below
it, it is only proposed."""

ROUNDS = 12
"""After so many rounds over the table the body stands as it is; real posts need three or four."""

PARSES = 64
PARSED_LINES = 60_000
"""How often one rule's repairs may be halved to find the one that harms, and how many lines may be
read again for it; then the rest is left. It is a limit for posts made to harm."""

_SMALL = 0.5
_TITLES = frozenset({"retitles", "sections"})
_KEEPS_OFF = frozenset({"tidies", "retitles"})
_ATX = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")

Accepts = Callable[[Repair], bool]
T = TypeVar("T")
Safety = Literal["tidies", "retitles", "relists", "sections", "recodes"]


@dataclass(frozen=True)
class Draft:
    """What a rule looks at: the body as it stands, the record's title, what kind of post it is."""

    tree: Tree
    title: str
    top: int
    """The level of a lost title: 3 if the author left an H2, else 2."""
    ranks: frozenset[int]
    """The levels of the author's own headings."""
    own: frozenset[str]
    """What these say, folded."""
    family: Family
    """What most other posts of the folder are."""

    @cached_property
    def authored(self) -> tuple[Block, ...]:
        """The author's headings as they stand in the tree, those of raw HTML among them."""
        written = [b for b in self.tree.headings if folded(b.text) in self.own]
        raw = raw_headings(self.tree)
        return tuple(sorted((*written, *raw), key=lambda block: block.first))

    @cached_property
    def small(self) -> bool:
        """Whether titles here are written as sentences are, with small letters: so are most of
        those that the author gave, the record's among them."""
        said = [self.title, *(block.text for block in self.authored)]
        shares = [share for share in map(capitals, said) if share is not None]
        return sum(share < _SMALL for share in shares) * 2 > len(shares)

    @cached_property
    def kept(self) -> frozenset[int]:
        """The lines that a comment of the editor's keeps as they are."""
        return marks.kept(self.tree)

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """The lines on which each text stands, in order."""
        places: dict[str, list[int]] = {}
        for number, line in enumerate(self.tree.lines, 1):
            places.setdefault(bare(line), []).append(number)
        return places

    def placed(self, repair: Repair) -> Repair:
        """The repair with its occurrence: which of the lines that say the same it begins on. What
        is repaired still says it, so the number holds from round to round."""
        for number, line in enumerate(repair.before, repair.first_line):
            if said := bare(line):
                places = self._places[said]
                if len(places) == 1:
                    return repair
                return replace(repair, occurrence=bisect_left(places, number) + 1)
        return repair

    @cached_property
    def evidence(self) -> Evidence:
        """The family of the post, weighed from its own lines, then from its folder."""
        return weigh(self.tree, self.family)


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table. The docstring of the module that ``find`` comes from tells what the
    rule does, why, and gives an example: the catalogue is made of it.

    ``safety``: one that ``tidies`` leaves the blocks of the post what they are; one that
    ``retitles`` makes headings of lines; one that ``relists`` says what belongs to which item of
    a list, code included, and leaves code and headings what they are; one that ``sections`` makes
    headings of items and sets all that is in them at the margin, code too, which stays what it is;
    one that ``recodes`` says where code and raw HTML end, and only the words are held.

    ``may_drop_title``: it may take away a line that repeats the record's title. ``settled``: it
    runs in a round in which the rules before it have changed nothing any more. ``restores``: what
    it makes headings the author had marked as such. ``unmakes``: each of its repairs makes text of
    a heading.
    """

    code: str
    name: str
    find: Callable[[Draft], Iterable[Repair]]
    safety: Safety
    may_drop_title: bool = False
    settled: bool = False
    restores: bool = False
    unmakes: bool = False


@dataclass(frozen=True, slots=True)
class Mended:
    """A body after its repairs: lines, the source line of each, what was done, what was not.

    ``done`` and ``proposed`` name lines of the source; ``before`` is the text that the repair
    found there, which an earlier repair may have changed.
    """

    lines: tuple[str, ...]
    origins: tuple[int, ...]
    done: tuple[Repair, ...]
    proposed: tuple[Repair, ...]


def confident(repair: Repair) -> bool:
    """Whether a repair is applied by default."""
    return repair.confidence >= THRESHOLD


@collector.waiting()
def mend(
    lines: tuple[str, ...],
    first_line: int,
    title: str,
    rules: tuple[Rule, ...],
    accepts: Accepts = confident,
    family: Family = "",
) -> Mended:
    """Run ``rules`` over ``lines``, the first of which is line ``first_line`` of the source;
    ``family`` is what most other posts of the folder are."""
    origins = tuple(range(first_line, first_line + len(lines)))
    tree = parse(lines)
    draft = _drafted(tree, title, family)
    made = False
    done: list[Repair] = []
    proposed: tuple[Repair, ...] = ()
    for _ in range(ROUNDS):
        changed = False
        proposed = ()
        for rule in rules:
            if rule.settled and changed:
                continue
            found = _weighed(rule, draft)
            if not found:
                continue
            wanted = _permitted([r for r in found if accepts(r)], rule, draft)
            applied, tree = _apply(wanted, rule, draft)
            taken = {id(repair) for repair in applied}
            proposed += tuple(_in_source(r, origins) for r in found if id(r) not in taken)
            if applied:
                changed = True
                done += [_in_source(r, origins) for r in applied]
                origins = _rewrite(origins, applied, origins_after)
                made = made or (rule.safety in _TITLES and not rule.restores)
                # Until titles are made, all headings are the author's; code may have held some.
                draft = replace(draft, tree=tree) if made else _drafted(tree, title, family)
        if not changed and not made:
            break
        if not changed:
            # What a later reading of the result would do is done now: it takes the headings
            # that were made here for the author's.
            draft, made = _drafted(draft.tree, title, family), False
    return Mended(draft.tree.lines, origins, tuple(done), proposed)


def _weighed(rule: Rule, draft: Draft) -> tuple[Repair, ...]:
    """What the rule finds that changes anything, each with the share of such repairs that are
    right, and its place among those on the same words."""
    exported = draft.evidence.exported
    changes = (repair for repair in rule.find(draft) if repair.after != repair.before)
    found = (calibrated(draft.placed(repair), exported) for repair in changes)
    return tuple(repair for repair in found if repair.confidence >= LEAST)


def _drafted(tree: Tree, title: str, family: Family) -> Draft:
    """A draft whose headings are all the author's; a repeat of the title does not count among
    them, for it will be gone."""
    own = [
        block
        for block in (*(b for b in tree.every if b.kind == "heading"), *raw_headings(tree))
        if block.level > 1 or folded(block.text) != folded(title)
    ]
    ranks = frozenset(block.level for block in own)
    said = frozenset(folded(block.text) for block in own)
    return Draft(tree, title, 3 if 2 in ranks else 2, ranks, said, family)


def _permitted(repairs: list[Repair], rule: Rule, draft: Draft) -> tuple[Repair, ...]:
    """Those that touch no verbatim line, change no word and do not meet an earlier one."""
    kept: list[Repair] = []
    held = 0
    for repair in sorted(repairs, key=lambda r: (r.first_line, r.last_line)):
        lines = range(repair.first_line, repair.last_line + 1)
        if repair.first_line <= held:
            continue
        if rule.safety in _KEEPS_OFF and any(n in draft.tree.verbatim for n in lines):
            continue
        if any(n in draft.kept for n in lines):
            continue
        if not _only_markup(repair, rule, draft.title):
            continue
        kept.append(repair)
        held = repair.last_line
    return tuple(kept)


def _only_markup(repair: Repair, rule: Rule, title: str) -> bool:
    before, after = "\n".join(repair.before), "\n".join(repair.after)
    if same_words(before, after):
        return True
    if rule.safety == "recodes":
        return same_code(before, after)
    return rule.may_drop_title and not after.strip() and folded(before) == folded(title)


def _apply(repairs: tuple[Repair, ...], rule: Rule, draft: Draft) -> tuple[list[Repair], Tree]:
    """The repairs that do no harm, and the tree with them applied.

    All are tried at once, which nearly always holds; if not, each half on its own, the later
    half first so that the lines of the earlier one still stand.
    """
    budget = max(4, min(PARSES, PARSED_LINES // (len(draft.tree.lines) + 1)))

    def attempt(batch: tuple[Repair, ...], tree: Tree) -> tuple[list[Repair], Tree]:
        nonlocal budget
        if not batch or budget <= 0:
            return [], tree
        budget -= 1
        changed = parse(_rewrite(tree.lines, batch, lambda r, _: r.after))
        if _harmless(tree, changed, batch, rule):
            return list(batch), changed
        if len(batch) == 1:
            return [], tree
        middle = len(batch) // 2
        late, tree = attempt(batch[middle:], tree)
        early, tree = attempt(batch[:middle], tree)
        return early + late, tree

    return attempt(repairs, draft.tree)


def _harmless(before: Tree, after: Tree, batch: tuple[Repair, ...], rule: Rule) -> bool:
    if rule.safety == "recodes":
        return True
    if rule.safety == "tidies" and not rule.may_drop_title:
        return before.shape() == after.shape()
    if before.verbatim_text() != after.verbatim_text():
        return False
    return _headings(after) == _headings(before) + sum(_gain(r, rule) for r in batch)


def _headings(tree: Tree) -> int:
    return sum(block.kind == "heading" for block in tree.every)


def _gain(repair: Repair, rule: Rule) -> int:
    """How many headings the repair makes; taking the repeated title away makes one less."""
    if rule.unmakes:
        return -1
    made = sum(line.lstrip().startswith("#") for line in repair.after)
    if not any(line.strip() for line in repair.after):
        return -1
    return made - sum(bool(_ATX.match(line)) for line in repair.before)


def _rewrite(
    items: tuple[T, ...],
    repairs: Iterable[Repair],
    after: Callable[[Repair, tuple[T, ...]], tuple[T, ...]],
) -> tuple[T, ...]:
    """``items``, one a line, with the lines of each repair replaced; repairs are in order."""
    result: list[T] = []
    position = 0
    for repair in repairs:
        result += items[position : repair.first_line - 1]
        result += after(repair, items[repair.first_line - 1 : repair.last_line])
        position = repair.last_line
    result += items[position:]
    return tuple(result)


def _in_source(repair: Repair, origins: tuple[int, ...]) -> Repair:
    return replace(
        repair,
        first_line=origins[repair.first_line - 1],
        last_line=origins[repair.last_line - 1],
    )
