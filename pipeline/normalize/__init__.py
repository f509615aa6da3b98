"""Structure put right: a Source becomes a Manuscript, with one record and a ledger of repairs.

:data:`RULES` is the table, in the order in which the rules run; a new rule is one module here,
one line there and one fixture in ``tests/fixtures/rules``. :mod:`~pipeline.normalize.repair` is
the machinery, :mod:`~pipeline.normalize.tree` the block tree that rules look at.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import read
from pipeline.model import Manuscript, Repair, Source
from pipeline.normalize import (
    atx_typos,
    blank_runs,
    bold_titles,
    broken_tags,
    bulleted_titles,
    code_entities,
    counted_titles,
    decided_titles,
    flat_lists,
    glued_code,
    glued_fences,
    glued_text,
    glued_titles,
    html_emphasis,
    html_soup,
    html_walls,
    lettered_titles,
    level_skips,
    list_sections,
    lost_lists,
    merged_items,
    numbered_titles,
    odd_spaces,
    orphan_bold,
    plain_titles,
    pre_fences,
    repeated_title,
    setext_accidents,
    split_steps,
    table_cells,
    wordpress,
)
from pipeline.normalize.judging import (
    Allows,
    Judge,
    check_rules,
    heeded,
    post_name,
    without_post,
)
from pipeline.normalize.repair import THRESHOLD, Rule, mend

if TYPE_CHECKING:
    from pipeline.config import Config

__all__ = [
    "RULES", "THRESHOLD", "Rule", "check_decisions", "manuscript", "post_name", "text",
    "without_post",
]  # fmt: skip

RULES: tuple[Rule, ...] = (
    Rule("N301", "glued-fences", glued_fences.find, "recodes"),
    Rule("N306", "glued-code", glued_code.find, "recodes"),
    Rule("N310", "broken-tags", broken_tags.find, "recodes"),
    Rule("N303", "html-walls", html_walls.find, "recodes"),
    Rule("N302", "pre-fences", pre_fences.find, "recodes"),
    Rule("N304", "wordpress", wordpress.find, "recodes"),
    Rule("N309", "table-cells", table_cells.find, "recodes"),
    Rule("N308", "html-soup", html_soup.find, "recodes"),
    Rule("N307", "html-emphasis", html_emphasis.find, "recodes"),
    Rule("N305", "code-entities", code_entities.find, "recodes"),
    Rule("N101", "odd-spaces", odd_spaces.find, "tidies"),
    Rule(
        "N211", "setext-accidents", setext_accidents.find, "retitles", restores=True, unmakes=True
    ),
    Rule("N208", "atx-typos", atx_typos.find, "retitles", restores=True),
    Rule("N200", "decided-titles", decided_titles.find, "retitles", restores=True),
    Rule("N201", "repeated-title", repeated_title.find, "retitles", may_drop_title=True),
    Rule("N401", "merged-items", merged_items.find, "relists"),
    Rule("N206", "orphan-bold", orphan_bold.find, "retitles"),
    Rule("N205", "bold-titles", bold_titles.find, "retitles"),
    Rule("N202", "glued-titles", glued_titles.find, "retitles"),
    Rule("N204", "plain-titles", plain_titles.find, "retitles"),
    Rule("N207", "lettered-titles", lettered_titles.find, "retitles"),
    Rule("N213", "counted-titles", counted_titles.find, "retitles"),
    Rule("N203", "numbered-titles", numbered_titles.find, "retitles"),
    Rule("N209", "bulleted-titles", bulleted_titles.find, "retitles"),
    Rule("N212", "list-sections", list_sections.find, "sections"),
    Rule("N403", "glued-text", glued_text.find, "relists"),
    Rule("N402", "split-steps", split_steps.find, "relists"),
    Rule("N404", "flat-lists", flat_lists.find, "relists"),
    Rule("N405", "lost-lists", lost_lists.find, "relists"),
    Rule("N210", "level-skips", level_skips.find, "retitles", settled=True),
    Rule("N102", "blank-runs", blank_runs.find, "tidies"),
)
"""Every repair there is, in order: where code and raw HTML end, titles, lists. Blank runs come
last: they are evidence for the rules before."""


def manuscript(source: Source, config: Config, allows: Allows | None = None) -> Manuscript:
    """The post with its record and its repaired body, as the editor's decisions and the settings
    have it; ``allows`` may forbid repairs besides. Raises ``Fault`` as ``read.record`` does."""
    record, diagnostics = read.record(source, config)
    lines, newline = _lines(source.body)
    judge = Judge(post_name(Path(source.file), config), config)

    def accepts(repair: Repair) -> bool:
        return judge.accepts(repair) and (allows is None or allows(repair))

    mended = mend(lines, source.body_line, record.title, RULES, accepts, source.family)
    protected, complaints = heeded(mended.lines, mended.origins, source.path)
    refused = judge.refused(mended.proposed, protected)
    settled = frozenset(refused)
    return Manuscript(
        source=source,
        record=record,
        body="\n".join(mended.lines) + (newline if mended.lines else ""),
        lines=mended.origins,
        repairs=mended.done,
        proposed=tuple(repair for repair in mended.proposed if repair not in settled),
        refused=refused,
        diagnostics=(*source.diagnostics, *diagnostics, *complaints, *judge.unmet()),
    )


def check_decisions(config: Config) -> None:
    """Raise ``Fault`` S015 for a decision on a rule that does not exist."""
    check_rules(config, (rule.code for rule in RULES))


def text(manuscript: Manuscript) -> str:
    """The normalized post as a file: canonical front matter in the source's format, then the
    body. Normalizing that again changes nothing."""
    return read.front_matter(manuscript.record, manuscript.source.front_format) + manuscript.body


def _lines(body: str) -> tuple[tuple[str, ...], str]:
    """The lines of the body, and the line end after the last one if it has one."""
    if not body:
        return (), ""
    newline = "\n" if body.endswith("\n") else ""
    return tuple(body.removesuffix("\n").split("\n")), newline
