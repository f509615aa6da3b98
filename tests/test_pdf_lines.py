"""Where the lines of a page end: titles, loose lines, last words, numbers of links; and what of
them stays on one page. Read off the boxes that WeasyPrint has set."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import Config, Settings
from pipeline.editions import EDITIONS, Desk
from pipeline.editions import pdf as engine
from pipeline.editions.pdf.linebreaks import LOOSEST
from pipeline.press.clock import EPOCH
from tests.converting import document

TITLE = "How to Fix Network Issues with the Cinnamon Desktop on Linux Mint, and What to Do Then"
WORDS = "Words that fill the lines of a page, one after the other, until it is full. "


@cache
def laid_out(markdown: str, edition: str = "pdf", paper: str = "a4", **record: str) -> Any:
    """WeasyPrint's document of a post."""
    desk = Desk(Config(Path("/nowhere"), Settings(paper=paper)), EPOCH)
    setting = engine._setting(document(markdown, **record), EDITIONS[edition], desk)
    return setting.pages().document


def boxes(page: Any) -> Iterator[Any]:
    """The boxes of a page's text, from the outermost on, in order."""
    pile = [page._page_box.children[0]]
    while pile:
        box = pile.pop()
        yield box
        pile += [getattr(kid, "_box", kid) for kid in reversed(getattr(box, "children", ()))]


def all_boxes(made: Any) -> Iterator[Any]:
    return (box for page in made.pages for box in boxes(page))


def texts(box: Any) -> Iterator[Any]:
    if hasattr(box, "text"):
        yield box
    for kid in getattr(box, "children", ()):
        yield from texts(kid)


def lines(made: Any, tag: str) -> Iterator[list[Any]]:
    """The lines of each element of this tag that is broken over no page."""
    for box in all_boxes(made):
        if box.element_tag == tag and hasattr(box, "children") and not hasattr(box, "text"):
            found = [kid for kid in box.children if type(kid).__name__ == "LineBox"]
            if found:
                yield found


def words(line: Any) -> str:
    return "".join(text.text for text in texts(line)).strip()


@pytest.mark.parametrize("edition", ["pdf", "handout", "large-print"])
def test_no_title_ends_in_a_line_of_one_short_word(edition: str) -> None:
    text = "Lead.\n\n" + "".join(f"## {TITLE[:n]}\n\nText.\n\n" for n in range(40, 86, 5))
    made = laid_out(text, edition, title=TITLE)
    turned = [found for tag in ("h1", "h2") for found in lines(made, tag) if len(found) > 1]
    assert len(turned) > 4
    for found in turned:
        widths = [sum(box.width for box in texts(line)) for line in found]
        assert widths[-1] > max(widths) / 2, [words(line) for line in found]
    titles = [box for box in all_boxes(made) if type(box).__name__ == "BlockBox"]
    full = {round(box.border_width(), 3) for box in titles if box.element_tag == "h2"}
    assert len(full) == 1  # a rule under it is as wide as ever


def test_a_title_is_not_divided_at_its_slash() -> None:
    (found, *_) = lines(laid_out("Lead.\n", title="A few words on TCP/IP " * 4), "h1")
    assert len(found) > 1
    assert not any(words(line).endswith("/") for line in found)


def test_a_loose_line_is_left_ragged_and_all_others_are_justified() -> None:
    code = "It says `a_name_of_21_letters` and `another::name_of_it` in lines that are set. "
    made = laid_out("Lead.\n\n" + "".join(f"{WORDS[:n]}{code * 3}\n\n" for n in range(30, 70, 4)))
    spaces = [
        (box.justification_spacing, box.style["font_size"])
        for found in lines(made, "p")
        for line in found[:-1]
        for box in texts(line)
        if " " in box.text
    ]
    assert all(added <= LOOSEST * size for added, size in spaces)
    ragged = sum(added == 0 for added, _ in spaces)
    assert 0 < ragged < len(spaces) / 4


def test_no_paragraph_ends_in_half_a_word_or_a_word_of_two_letters() -> None:
    ends = ("to know what it is.", "of the typographical considerations.", "*so that* it is so.")
    text = "".join(f"{(WORDS * 3)[: 150 + n]} {end}\n\n" for n in range(0, 80, 3) for end in ends)
    last = [words(found[-1]) for found in lines(laid_out("Lead.\n\n" + text), "p") if found[1:]]
    assert len(last) > 60
    assert not [line for line in last if len(line) < 6]
    assert not [line for line in last if line.endswith("ons.") and "considerations." not in line]


def test_the_number_of_a_link_is_on_one_line_and_beside_its_link() -> None:
    text = "".join(
        f"- **[{'many words ' * 4}{'l' * (n % 40)}{'mnw'[n % 3]} here and there:]"
        f"(https://example.org/{n})** and what it says of them.\n"
        for n in range(160)
    )
    found = [
        (at, words(box)) for line in all_boxes(laid_out(text, "handout"))
        if type(line).__name__ == "LineBox" for at, box in enumerate(texts(line))
        if box.element_tag == "a" and box.element.get("href", "").startswith("#link-")
    ]  # fmt: skip
    assert [number.lstrip("\u2060") for _, number in found] == [str(n + 1) for n in range(160)]
    assert all(at > 0 for at, _ in found)


LINE = "Short line.\n\n"
FORMULA = "$$\\begin{pmatrix}1\\\\2\\\\3\\\\4\\\\5\\end{pmatrix}$$"


def test_what_a_line_announces_stays_with_it() -> None:
    ends = []
    for n in range(21, 25):
        made = laid_out(LINE * n + f"The formula is:\n\n{FORMULA}\n\nEnd.\n")
        for page in made.pages:
            ends += [[words(box) for box in boxes(page) if type(box).__name__ == "LineBox"][-1]]
    assert "Short line." in ends
    assert "The formula is:" not in ends


def test_what_follows_a_list_of_one_item_is_not_held_to_it() -> None:
    text = "- one\n\nBefore it:\n\n{}\n\nAfter.\n"
    table = "| a | b |\n|---|---|\n" + "| c | d |\n" * 7
    for n in range(16, 20):
        made = laid_out(LINE * n + text.format(table))
        first = [words(box) for box in boxes(made.pages[0]) if type(box).__name__ == "LineBox"]
        if "Before it:" not in first:
            assert first[-1].endswith("one")
            return
    raise AssertionError("the table never went over to the next page")


def test_a_wide_table_goes_into_the_margins_before_it_is_turned() -> None:
    def places(count: int, paper: str) -> tuple[set[str], int]:
        wide = "| " + " | ".join(f"Characteristic{n}" for n in range(count)) + " |"
        made = laid_out(f"Lead.\n\n{wide}\n|{'---|' * count}\n{wide}\n\nAfter.\n", paper=paper)
        tables = [box for box in all_boxes(made) if "table" in str(box.element.get("class"))]
        for table in tables:
            page = made.pages[0]._page_box
            left, right = table.position_x, page.margin_width() - table.position_x
            if "outdented" in table.element.get("class"):
                assert left + table.margin_left == pytest.approx(18 * 96 / 25.4, abs=0.1)
                assert right > 0
        return {str(box.element.get("class")) for box in tables}, len(made.pages)

    assert places(4, "a4") == ({"table"}, 1)
    assert places(6, "a4") == ({"table outdented"}, 1)
    assert places(6, "a5") == ({"table turned"}, 3)  # its margins have no room
    assert places(10, "a4") == ({"table turned"}, 3)


def test_a_sign_of_another_face_makes_no_line_higher() -> None:
    text = (
        f"Lead.\n\n{WORDS}\n\n- item\n\n{WORDS} *\u012d* {WORDS}\n\n- \u012d and **\u01eb** item\n"
    )
    made = laid_out(text)
    found = [line for tag in ("p", "li") for block in lines(made, tag) for line in block]
    assert any("\u012d" in words(line) for line in found)
    heights = {round(line.height * 0.75, 2) for line in found}
    assert heights == {14.5, 17.0}  # the lead has its own


def test_a_line_before_other_type_is_filled() -> None:
    text = "".join(
        f"{'l' * (n % 50)}{'mi'[n % 2]} {WORDS[:62]}and *other* words follow it here.\n\n"
        for n in range(100)
    )
    made = laid_out("Lead.\n\n" + text)
    first = [found[0] for found in lines(made, "p") if len(found) > 1]
    assert len(first) > 60
    assert min(sum(box.width for box in texts(line)) for line in first) > 400
