"""Footnotes in the Markdown: who calls which note, and notes that nobody calls.

pandoc drops a note that is never called, and its words with it; such a note gets a call at the
end of the text, in a div of its own that :mod:`pipeline.convert.notes` takes away again.
"""

from __future__ import annotations

import re
from collections import Counter

from pipeline.convert import regions
from pipeline.convert.reading import Reading

UNCALLED = "galley-uncalled"
"""Class of the div that holds the calls made here."""

_SECOND = "-galley-"
"""What stands between a label defined before and the number of this definition of it."""

_CALL = re.compile(r"(?<!\\)\[\^([^\]\s]+)\]")
_DEFINITION = re.compile(r"^(?:[ \t]{0,3}>?)*\[\^([^\]\s]+)\]:", re.M)


def complete(markdown: str, reading: Reading) -> tuple[str, tuple[str, ...]]:
    """The text with every note called, and the labels of the calls in their order.

    No labels are given where a note calls a note: pandoc then writes them in another order.
    """
    if "[^" not in markdown:
        return markdown, ()
    markdown = _labels_apart(markdown, reading)
    marks = regions.kinds(markdown)
    definitions = {found.start(1): found[1] for found in _definitions(markdown, marks)}
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
            if _SECOND in label:
                continue
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


def _definitions(markdown: str, marks: str) -> list[re.Match[str]]:
    found = _DEFINITION.finditer(markdown)
    return [match for match in found if marks[match.start(1)] == regions.PROSE]


def _labels_apart(markdown: str, reading: Reading) -> str:
    """The text with one definition to a label: the first is what its calls mean, and pandoc
    would drop the others, so they get labels of their own, which nobody calls."""
    seen: Counter[str] = Counter()
    pieces: list[str] = []
    end = 0
    for found in _definitions(markdown, regions.kinds(markdown)):
        label = found[1].lower()
        seen[label] += 1
        if seen[label] == 1:
            continue
        pieces += [markdown[end : found.end(1)], f"{_SECOND}{seen[label]}"]
        end = found.end(1)
        reading.say(
            "C054",
            f"the note [^{found[1]}] is defined a second time",
            line=_line_of_definition(label, seen[label], reading),
            hint="give one of them another label; it stands among the notes, called by nothing",
        )
    return "".join([*pieces, markdown[end:]])


def _line_of_definition(label: str, number: int, reading: Reading) -> int | None:
    """The source line of a label's definition, the first being ``number`` 1."""
    body = reading.manuscript.body
    places = [
        found.start(1)
        for found in _definitions(body, regions.kinds(body))
        if found[1].lower() == label
    ]
    if len(places) < number:
        return None
    return reading.source_line(body.count("\n", 0, places[number - 1]))


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
