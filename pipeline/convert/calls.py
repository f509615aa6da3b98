"""Footnotes in the Markdown: who calls which note, and notes that nobody calls.

pandoc drops a note that is never called, and its words with it; such a note gets a call at the
end of the text, in a div of its own that :mod:`pipeline.convert.notes` takes away again.
"""

from __future__ import annotations

import re

from pipeline.convert import regions
from pipeline.convert.reading import Reading

UNCALLED = "galley-uncalled"
"""Class of the div that holds the calls made here."""

_CALL = re.compile(r"(?<!\\)\[\^([^\]\s]+)\]")
_DEFINITION = re.compile(r"^(?:[ \t]{0,3}>?)*\[\^([^\]\s]+)\]:", re.M)


def complete(markdown: str, reading: Reading) -> tuple[str, tuple[str, ...]]:
    """The text with every note called, and the labels of the calls in their order.

    No labels are given where a note calls a note: pandoc then writes them in another order.
    """
    if "[^" not in markdown:
        return markdown, ()
    marks = regions.kinds(markdown)
    definitions = {
        found.start(1): found[1] for found in _DEFINITION.finditer(markdown)
        if marks[found.start(1)] == regions.PROSE
    }  # fmt: skip
    known = {label.lower() for label in definitions.values()}
    calls = [
        (found.start(1), found[1].lower()) for found in _CALL.finditer(markdown)
        if marks[found.start(1)] == regions.PROSE
        and found.start(1) not in definitions and found[1].lower() in known
    ]  # fmt: skip
    called = {label for _, label in calls}
    lost: list[str] = []
    for label in definitions.values():
        if label.lower() not in called:
            called.add(label.lower())
            lost.append(label)
            reading.say(
                "C053",
                f"the note [^{label}] is never called",
                needle=f"[^{label}]:",
                hint=f"put [^{label}] where it belongs; it stands among the notes",
            )
    if lost:
        calls_of_ours = " ".join(f"[^{label}]" for label in lost)
        markdown += f"\n\n::: {{.{UNCALLED}}}\n{calls_of_ours}\n:::\n"
    labels = (*(label for _, label in calls), *(label.lower() for label in lost))
    return markdown, () if _nested(markdown, definitions, calls) else labels


def _nested(markdown: str, definitions: dict[int, str], calls: list[tuple[int, str]]) -> bool:
    """Whether a call stands in a definition's first paragraph or its indented lines."""
    for start in definitions:
        end = markdown.find("\n\n", start)
        while end >= 0 and markdown[end + 2 : end + 4].isspace() and end + 4 < len(markdown):
            end = markdown.find("\n\n", end + 2)
        stop = end if end >= 0 else len(markdown)
        if any(start < place < stop for place, _ in calls):
            return True
    return False
