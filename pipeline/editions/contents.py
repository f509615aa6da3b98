"""The one rule for what counts as a long post, and for the list of contents it then gets.

All editions ask here, before any layout, so a post has contents in all of them or in none.
"""

from __future__ import annotations

from pipeline.model import Document, Section

LONG_WORDS = 1_500
"""From this many words on a reader wants to see what there is before reading: six pages or so."""
LONG_SECTIONS = 4
"""Fewer top sections than this are seen by leafing."""
MOST_ENTRIES = 36
"""More entries than fit on one page, and the lower level is left out."""


def is_long(document: Document) -> bool:
    """Whether the post is long enough for contents, and for one e-book chapter a top section."""
    return document.words >= LONG_WORDS and len(document.outline) >= LONG_SECTIONS


def contents(document: Document, setting: str) -> tuple[Section, ...]:
    """The entries to print, top sections with their subsections; none when none are wanted.

    ``setting`` is ``text.contents``: ``auto``, ``always`` or ``never``.
    """
    if setting == "never" or (setting == "auto" and not is_long(document)):
        return ()
    return trimmed(document.outline)


def count(entries: tuple[Section, ...]) -> int:
    """How many lines the entries take, those of both levels."""
    return len(entries) + sum(len(section.children) for section in entries)


def trimmed(outline: tuple[Section, ...]) -> tuple[Section, ...]:
    """Two levels of the outline, or one where two would run over a page."""
    deep = count(outline) <= MOST_ENTRIES
    return tuple(
        Section(
            top.id,
            top.level,
            top.title,
            tuple(Section(low.id, low.level, low.title) for low in top.children) if deep else (),
        )
        for top in outline
    )
