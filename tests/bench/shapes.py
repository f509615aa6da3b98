"""Posts made to take long: one shape of line over and over, with everything a rule looks for.

Each of :data:`SHAPES` makes a body of about so many lines. ``make bench`` prints how the time to
normalize them grows, and a property test holds them at a small size.
"""

from __future__ import annotations

from collections.abc import Callable

SHAPES: dict[str, Callable[[int], list[str]]] = {
    "one-line paragraphs": lambda n: ["Word Here", ""] * (n // 2),
    "list items": lambda n: ["* a"] * n,
    "glued titles": lambda n: ["* a", "", "* b", "Some Title", "", "Prose, and a stop."] * (n // 6),
    "glued titles over code": lambda n: ["* a", "", "* b", "A Title", "", "      c"] * (n // 6),
    "numbered titles": lambda n: [
        line for i in range(n // 4) for line in (f"{i % 999}. Title Here", "", "Prose it is.", "")
    ],
    "odd spaces": lambda n: ["a\u00a0\u00a0b\u00a0"] * n,
    "one long line": lambda n: ["\u00a0 " * n + "`" + "word. " * n],
    "glued fences": lambda n: ["```", "code```", "", "Prose, and a stop.", ""] * (n // 5),
    "bold lines": lambda n: ["**A Title**", "Prose it is, and it goes on.", ""] * (n // 3),
    "bold lines of HTML": lambda n: ["<p><b>A Title</b></p>", "<p>text</p>"] * (n // 2),
    "bold steps over code": lambda n: [
        line for i in range(n // 4) for line in (f"**Step {i % 3 + 1}: Do It**", "", "    code", "")
    ],
    "asked and answered": lambda n: [
        line for i in range(n // 3) for line in (f"{i + 1}. **Who is it?**", "It is I.", "")
    ],
    "walls below text": lambda n: ["word " * 31, "---", ""] * (n // 3),
    "single hashes": lambda n: ["#A Title", "", "Prose it is.", ""] * (n // 4),
    "bold lines in one paragraph": lambda n: ["**A Title**", "Prose, and a stop."] * (n // 2),
    "orphans": lambda n: ["* label**: text"] * n,
    "orphans in one paragraph": lambda n: ["label**", "more"] * (n // 2 | 1),
    "unclosed pre": lambda n: ["<pre>`a", ""] * (n // 2),
    "html": lambda n: ["<div>", "## A", "<hr>", "text"] * (n // 4),
    "ordered tags": lambda n: ['<ol start="2">* a', "", "* b", ""] * (n // 4),
    "merged items": lambda n: [f"1. A. {' '.join(f'{i}. B.' for i in range(2, n // 2))}"],
    "split steps": lambda n: [
        line for i in range(n // 5) for line in (f"{i}. a:", "", "```", "b", "```")
    ],
    "flat lists": lambda n: ["* **Label:*** text", "", "* more", ""] * (n // 4),
    "letters": lambda n: [
        line for i in range(n // 4) for line in (f"{chr(97 + i % 26)}) Title", "", "Prose.", "")
    ],
    "mistyped headings": lambda n: ["##Title", "text"] * (n // 2),
    "skipped levels": lambda n: ["## A", "", "#### B", ""] * (n // 4),
    "stars": lambda n: ["*" * n, "**a" * (n // 3), "`" * n],
    "blank lines": lambda n: ["a", "", "", ""] * (n // 4),
    "bold paragraphs": lambda n: ["**A Title Here**", ""] * (n // 2),
    "mistyped titles": lambda n: ["##Title Here", ""] * (n // 2),
    "unclosed fences": lambda n: ["```sh", "some code", "````", ""] * (n // 4),
    "comments": lambda n: ["<!-- galley: keep -->", "Some Title", ""] * (n // 3),
    "decided titles": lambda n: ["<!-- galley: heading 3 -->", "Some Title", ""] * (n // 3),
    "table rows": lambda n: ["| a | b |", "|---|---|", *["| c | d |"] * n],
    "notes": lambda n: [line for i in range(n // 2) for line in (f"[^{i}]: Some note.", "")],
    "counted lines": lambda n: [
        line for i in range(n // 4) for line in (f"{i % 9 + 1} - Title", "", "Prose it is.", "")
    ],
    "signed lines": lambda n: ["■ Title", "", "Prose it is.", ""] * (n // 4),
    "counted bullets": lambda n: [
        line for i in range(n // 4) for line in (f"* {i % 9 + 1} - Title", "", "    Prose.", "")
    ],
    "heads of raw paragraphs": lambda n: ["<p><b>A Title</b><br>", "more"] * (n // 2),
    "broken tags": lambda n: ["<p><b>A Title<&#47;b><&#47;p>", ""] * (n // 2),
    "heads in breaks": lambda n: ["text<br><br><b>A Title</b><br>text"] * n,
    "bold over three lines": lambda n: ["<p>", "<b>A Title</b>", "</p>"] * (n // 3),
    "unclosed raw headings": lambda n: ["<h2>A Title"] * n,
    "announced titles": lambda n: ["* A Longer Title", "", "A Longer Title", ""] * (n // 4),
    "labels over lists": lambda n: [
        line for i in range(n // 3) for line in (f"Label {i}", "- word", "")
    ],
    "bold spans": lambda n: [f'<div style="{"font-weight: bold;" * n}">', "</div>"],
    "nested items": lambda n: ["* a", "  * b", "    * c", "Some Title"] * (n // 4),
}
"""The shapes by name."""

NAMED = (
    "one-line paragraphs", "list items", "bold paragraphs", "numbered titles", "mistyped titles",
    "unclosed fences",
)  # fmt: skip
"""Those that ``make bench`` tries unless all are asked for."""


TRIED = 6_000
"""Lines of the body by which the size of a shape's line is measured."""


def sized(shape: str, size: int) -> tuple[str, ...]:
    """A body of that shape and of about ``size`` bytes."""
    make = SHAPES[shape]
    tried = sum(len(line.encode()) + 1 for line in make(TRIED))
    return tuple(make(size * TRIED // tried))
