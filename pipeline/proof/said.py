"""Every word that the proof says of itself. The proof speaks to the editor, in English; the words
of the post stand beside these in the post's own language."""

from __future__ import annotations

from pipeline.decisions import NAME

STATES = {
    "made": ("\u2713", "made", "The editions show it; your file does not have it yet."),
    "proposed": ("?", "proposed", "Galley is not sure enough: nothing changes until you accept."),
    "refused": ("\u2715", "refused", "You decided against it; nothing changes."),
}
"""A state's sign, its word, and what it means."""

BANDS = ((0.95, "next to certain"), (0.8, "likely"), (0.0, "unsure"))
"""From this confidence on, it is called so."""

SEVERITIES = {"error": "error", "warning": "warning", "info": "remark"}

FATES = {
    "same": "", "new": "new", "gone": "no longer a title", "level": "another level",
    "text": "other marks",
}  # fmt: skip
"""What became of a heading."""

SAID = {
    "proof": "Proof",
    "index": "All posts",
    "rules": "Rules",
    "rules_lead": "What each repair looks like, what it does and why, in the order in which they "
    "run.",
    "post": "Post",
    "title": "Title",
    "lowest": "Lowest confidence",
    "lowest_note": "Posts that need a look come first: those that could not be read, then by the "
    "least sure of their repairs.",
    "remarks": "Notes",
    "by_rule": "By rule",
    "rule": "Rule",
    "unread": "could not be read",
    "draft": "draft",
    "none": "none",
    "nothing": "Galley finds nothing to repair in this post.",
    "diagnostics": "Notes",
    "outline": "Outline",
    "no_outline": "The post has no titles, before or after.",
    "level": "Level",
    "before": "Before: your file",
    "after": "After: what is printed",
    "before_short": "Before",
    "after_short": "After",
    "line": "Line",
    "lines": "Lines",
    "fate": "Change",
    "text": "Text and repairs",
    "unchanged": "unchanged",
    "unchanged_but": "unchanged, without",
    "front": "Front matter",
    "blank": "blank line",
    "blanks": "blank lines",
    "quiet": "Hide the small ones",
    "confidence": "Confidence",
    "decide": "Decide",
    "otherwise": "Decide otherwise",
    "decided": "Decided",
    "paste": f"Paste this into {NAME}:",
    "accept": "To have it made",
    "refuse": "To refuse it",
    "silence": "To refuse it for good",
    "first": "First repair",
    "last": "Last repair",
    "next": "Next repair",
    "previous": "Previous repair",
    "next_post": "Next post",
    "previous_post": "Previous post",
    "keyboard": "Keys: n next repair, p previous",
    "of": "of",
    "repair": "Repair",
    "copy_lines": "Copy",
    "copied": "Copied",
    "skip": "Skip to the text",
    "sort": "Sort by",
}
"""Words for the templates, as ``said``."""

TAKE_OUT = "{name}, line {line}, says so of this repair: take that entry out to change it."
BY_RULE = "{name}, line {line}, says so of the whole rule. An entry for this repair alone wins."
BY_COMMENT = "A comment in the post asks for this: take the comment out to change it."
KEPT = "A comment in the post keeps this text as it is: take it out to have the repair."
HINDERED = (
    "It is sure enough, and left undone all the same: it would meet another repair, or change more "
    "than marks."
)


def counted(number: int, one: str, several: str) -> str:
    """``1 repair``, ``2 repairs``."""
    return f"{number:,} {one if number == 1 else several}"
