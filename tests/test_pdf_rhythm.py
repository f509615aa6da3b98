"""The baseline rhythm: where lines of text stand on the pages of finished files."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pypdfium2
from hypothesis import given
from hypothesis import strategies as st
from pypdfium2 import raw

from pipeline.config import Config, Settings
from pipeline.editions import EDITIONS, Desk, render
from pipeline.editions.pdf import rhythm
from pipeline.model import Rendered
from pipeline.press.clock import EPOCH
from tests.converting import document

LINE, TOP = 14.5, 27 * 72 / 25.4
"""From one line to the next, and the upper margin of A4, in pt."""
SENTENCE = "Words that fill the lines of a paragraph, `code` and **strong** ones among them. "


def code(lines: int) -> str:
    return "```\n" + "code\n" * lines + "```\n\n"


def item(number: int, text: str) -> str:
    return f"{number}. {text}\n\n   ```\n   code\n   ```\n\n"


EVERYTHING = (
    f"{SENTENCE * 5}\n\n## One line\n\n{SENTENCE * 3}\n\n"
    + "".join(f"Here are {n} lines:\n\n{code(n)}" for n in range(1, 5))
    + f"| A | B |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\n{SENTENCE * 4}\n\n"
    + f"> {SENTENCE * 2}\n>\n> {SENTENCE}\n\n> [!NOTE]\n> {SENTENCE}\n\n{SENTENCE}\n\n"
    + "### A part with a title of so many words that no line of the page can hold all of them\n\n"
    + f"{SENTENCE}\n\n- one\n- two\n    - three\n\n{SENTENCE}\n\n"
    + f"- {SENTENCE * 2}\n- {SENTENCE * 3}\n\n"
    + "".join(item(n, SENTENCE * n) for n in range(1, 4))
    + f"Term\n: {SENTENCE}\n\nOther\n: {SENTENCE}\n\n#### Small\n\n{SENTENCE * 3}\n\n"
    + f"---\n\n{SENTENCE}\n\n"
    + f"{code(60)}{SENTENCE * 2}[^1]\n\n{code(2)}{SENTENCE * 3}\n\n[^1]: Said at the foot.\n"
)


def printed(markdown: str, theme: str | None = None) -> Rendered:
    desk = Desk(Config(Path("/nowhere"), Settings(theme=theme)), EPOCH)
    return render(document(markdown), EDITIONS["pdf"], desk)


def baselines(rendered: Rendered, size: float) -> list[list[float]]:
    """Of each page, how far below the upper margin the lines of the text face stand, in pt."""
    found = []
    with pypdfium2.PdfDocument(rendered.data) as pdf:
        for page in pdf:
            text, height = page.get_textpage(), page.get_height()
            places = {
                round(height - _origin(text, at) - TOP, 1)
                for at in range(text.count_chars())
                if _face(text, at) == ("Galley-Serif", size)
            }
            found.append(sorted(places))
    return found


def _origin(text: pypdfium2.PdfTextPage, at: int) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, at, x, y)
    return y.value


def _face(text: pypdfium2.PdfTextPage, at: int) -> tuple[str, float]:
    name, matrix = ctypes.create_string_buffer(100), raw.FS_MATRIX()
    raw.FPDFText_GetFontInfo(text, at, name, 100, ctypes.c_int())
    raw.FPDFText_GetMatrix(text, at, matrix)
    size = round(raw.FPDFText_GetFontSize(text, at) * matrix.a, 1)
    return name.value.decode().partition("+")[2], size


def off(lines: list[float], step: float) -> list[float]:
    """The lines that stand on no line of the grid on which a page's first line stands."""
    first = 10.9  # how far below the head of a page
    return [line for line in lines if 0.15 < (line - first) % step < step - 0.15]


def test_all_lines_of_text_stand_on_a_grid_of_half_lines() -> None:
    pages = baselines(printed(EVERYTHING), 10.5)
    assert len(pages) >= 4
    assert sum(map(len, pages)) > 60
    assert [off(lines, LINE / 2) for lines in pages] == [[]] * len(pages)


def test_paragraphs_of_a_book_stand_on_a_grid_of_whole_lines() -> None:
    """Both sides of a leaf show the same lines, whatever stands between the paragraphs."""
    text = "".join(f"{SENTENCE * 3}\n\n{SENTENCE}\n\n{code(n)}" for n in range(1, 12))
    pages = baselines(printed(f"{SENTENCE}\n\n{text}", theme="report"), 11.0)
    step = LINE * 11 / 10.5
    lines = [line - pages[1][0] for page in pages for line in page]
    assert len(pages) >= 2
    assert len(lines) > 40
    assert [line for line in lines if 0.15 < line % step < step - 0.15] == []


def test_code_stands_in_the_middle_of_its_room() -> None:
    """As much space above as below it, as near as lines of letters tell."""
    rendered = printed(f"Lead.\n\n## Title\n\nBefore it.\n\n{code(1)}After it.\n")
    with pypdfium2.PdfDocument(rendered.data) as pdf:
        page = pdf[0]
        paths = [o.get_bounds() for o in page.get_objects() if o.type == raw.FPDF_PAGEOBJ_PATH]
        height = page.get_height()
    (before, after) = [line + TOP for line in baselines(rendered, 10.5)[0][-2:]]
    upper, lower = max((height - b[3], height - b[1]) for b in paths if 20 < b[3] - b[1] < 30)
    descent, ascent = LINE - 10.9, 10.9
    assert abs((upper - before - descent) - (after - ascent - lower)) < 0.3


def test_the_engine_is_left_as_it_was() -> None:
    printed("Text.\n")
    from weasyprint.layout import block

    assert block.block_container_layout.__module__ == block.__name__


@given(st.floats(-500, 5000), st.floats(1, 60), st.floats(0, 200))
def test_what_is_missing_leads_to_the_next_line(place: float, step: float, origin: float) -> None:
    missing = rhythm.Grid(step, origin).missing(place)
    assert 0 <= missing < step
    over = (place + missing - origin) % step
    assert min(over, step - over) <= rhythm.NEAR
