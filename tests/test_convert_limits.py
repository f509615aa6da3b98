"""Small inputs that would stop a machine end in a fault that names the place, and soon."""

from __future__ import annotations

import contextlib
import time

import pytest

from pipeline.diagnostics import Fault
from tests.converting import config, document, manuscript

HOSTILE = {
    "open brackets": ("[" * 100_000, "C010"),
    "brackets over lines": ("[\n" * 100_000, "C010"),
    "quotes": (">" * 1_000 + " x", "C010"),
    "list levels in a line": ("- " * 500 + "x", "C010"),
    "footnotes in footnotes": (
        "x[^0]\n\n" + "\n\n".join(f"[^{n}]: a[^{n + 1}] b[^{n + 1}]" for n in range(30)),
        "C011",
    ),
    "a footnote that calls itself": ("x[^a]\n\n[^a]: y[^a]\n", "C011"),
    "combining marks": ("a" + "\u0301" * 100_000, "C012"),
    "divs": ("<div>" * 200 + "x" + "</div>" * 200, "C013"),
    "emphasis": ("*a **b " * 2_000 + "x" + "** c*" * 2_000, ""),
    "column span": ("<table><tr><td colspan=100000>x</td></tr></table>", "C014"),
    "row span with a huge number": (
        "<table><tr><td rowspan=" + "9" * 4_400 + ">x</td></tr></table>",
        "C014",
    ),
    "shortcodes": ("{{< x >}}" * 3_000, "C010"),
    "open shortcodes": ("{{< x " * 50_000, ""),
    "nested shortcodes": ("{{< alert >}}" * 60 + "x" + "{{< /alert >}}" * 60, "C010"),
    "backticks": ("".join("`" * n + " " for n in range(1, 800)), ""),
    "dollars": ("$" * 50_000, ""),
    "dollars with letters": ("$a^2 " * 50_000, ""),
    "open tags": ("<a " * 50_000, ""),
    "open comments": ("<!-- " * 50_000, ""),
    "link openers": ("[a](" * 90 + "x", ""),
    "straight quotes": ("'\"" * 20_000, ""),
    "asterisks": ("**" * 20_000, ""),
    "nested spans": ("<span>" * 5_000, "C013"),
    "deep list": ("\n".join("  " * n + "- x" for n in range(120)), "C013"),
    "colons": (":::\n" * 5_000, ""),
    "open divs": ("::: a\n" * 3_000, "C010"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_ends_soon(name: str) -> None:
    body, code = HOSTILE[name]
    start = time.process_time()
    if code:
        with pytest.raises(Fault) as raised:
            document(body)
        assert [d.code for d in raised.value.diagnostics] == [code]
        assert raised.value.diagnostics[0].hint
    else:
        with contextlib.suppress(Fault):
            document(body)
    assert time.process_time() - start < 5


def test_a_fault_names_the_line() -> None:
    with pytest.raises(Fault) as raised:
        document("fine\n\nfine\n\n" + "[" * 200 + "\n")
    assert raised.value.diagnostics[0].line == 9


def test_limits_are_settings() -> None:
    from pipeline import convert

    body = "<div>" * 70 + "x" + "</div>" * 70
    made = convert.document((manuscript(body),), config(limits={"html_depth": 100}))
    assert "x" in made.body
