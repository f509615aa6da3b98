"""No word is lost on the way from Markdown to XHTML, and the helper that says so sees losses."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.diagnostics import Fault
from tests.converting import document, xhtml
from tests.sizes import share
from tests.test_convert_safety import alive
from tests.words_compare import compare, differences, lost_literals, words, xhtml_text

# The helper itself ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("One two three.", "One two three", []),
        ("One two three.", "One three", ["lost after “…One”: two"]),
        ("`code` here", "here", ["lost after “…”: code"]),
        ("```\nin a fence\n```", "", ["lost after “…”: in a fence"]),
        ("Use <server-ip> now", "Use now", ["lost after “…Use”: server ip"]),
        ("[text](https://example.com/path)", "text", []),
        ("![alt](x.png) after", "after", []),
        ("plain", "plain intruder", ["added after “…plain”: intruder"]),
        ("| h |\n|---|\n| one | two |", "h one", ["lost after “…h one”: two"]),
        ("> h | i\n> --|--\n> a\\|b | c | d", "h i a b c", ["lost after “…h i a b c”: d"]),
        (
            "a[^1]\n\n[^1]: one\n\n[^1]: two\n\n[^2]: three",
            "a one",
            ["lost after “…a one”: two three"],
        ),
        ("a b c d", "b c d a", ["lost after “…”: a", "added after “…a b c d”: a"]),
    ],
)
def test_compare_sees(source: str, text: str, found: list[str]) -> None:
    seen = [str(d).partition(" [")[0] for d in differences(source, text)]
    assert seen == found


@pytest.mark.parametrize(
    ("source", "text", "excuse"),
    [
        ("An international body", "An inter-\nnational body", "word boundary"),
        ("- step", "1. step", "number"),
        ("> [!NOTE]\n> body", "Note\nbody", "printed word"),
        ("![alt words](x.png)\n\ntext", "alt words\ntext", "markup shown"),
        ("a[^1] b\n\n[^1]: note", "a 1 b Notes note Back to the text", "printed word"),
    ],
)
def test_compare_names_what_it_tolerates(source: str, text: str, excuse: str) -> None:
    assert compare(source, text) == []
    assert excuse in {d.tolerated for d in differences(source, text)}


def test_ligatures_and_soft_hyphens_are_spelling() -> None:
    assert words("eﬃcient co\u00adoperate") == words("efficient cooperate")


def test_literals_are_compared_letter_by_letter() -> None:
    source = "Run `apt --force-yes` at 10:100:20 in $HOME/$USER, /etc/hosts, for US$5."
    assert lost_literals(source, xhtml_text(xhtml(source))) == []
    assert lost_literals(source, source.replace("--", "–")) == ["--force-yes"]


# The room ---------------------------------------------------------------------------------------

WORD = st.sampled_from(
    "alpha beta gamma don't \"quoted\" 'single' ışık über 東京 e.g. 3.5 10:100:20 --force-yes "
    "$HOME US$5 $x^2$ a_b *c* d* e_ `f` ``g`h`` <server-ip> <b> </b> <T> & &amp; &lt; < > "
    "[link](x) [l](https://e.org/a_b) ![i](gone.png) \\* \\$ [^1] {{<x>}} {{% alert %}} {% if %} "
    "{{ v }} | ~~del~~ #tag [x] -- --- ... : :: <!--c--> <https://e.org/> {.c} "
    "[s]{.k} H~2~O".split(" ")
)
LEAD = st.sampled_from(
    ("", "", "", "# ", "## ", "### 1. ", "- ", "* ", "1. ", "3) ", "> ", "> [!NOTE]\n> ", "    ",
     "- [ ] ", "| ", ": ", "::: note\n", ":::\n", "<div>\n", "</div>\n", "[^1]: ", "```\n", "~~~\n",
     "<pre>", "$$\n", "---\n", "<IfModule x>\n")
)  # fmt: skip
LINE = st.builds(lambda lead, rest: lead + " ".join(rest), LEAD, st.lists(WORD, max_size=8))
POST = st.lists(st.tuples(LINE, st.sampled_from(("\n", "\n\n"))), max_size=12).map(
    lambda rows: "".join(line + end for line, end in rows)
)
EXAMPLES = int(os.environ.get("GALLEY_EXAMPLES", "60"))


@settings(max_examples=EXAMPLES)
@given(POST)
def test_any_markdown_becomes_clean_well_formed_xhtml(body: str) -> None:
    try:
        made = document(body)
    except Fault:
        return
    root = etree.fromstring(f"<root>{made.body}</root>")
    assert alive(made.body) == []
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    assert not list(root.iter("h1"))
    targets = {f"#{name}" for name in ids}
    assert {str(a.get("href")) for a in root.iter("a") if str(a.get("href"))[0] == "#"} <= targets
    for section in root.iter("section"):
        if section.get("id") != "notes":
            assert section[0].tag == f"h{str(section.get('class')).removeprefix('level')}"


PLAIN = st.lists(
    st.sampled_from(
        "alpha beta don't \"quoted\" 'single' ışık über 東京 3.5 10:100:20 --force-yes US$5 $HOME "
        "<server-ip> <T> & < > -- --- ... a_b 2^10 e.g. {{ v }} #tag 5'10\" \\* \\$".split(" ")
    ),
    min_size=1,
    max_size=12,
).map(" ".join)
BLOCK = st.one_of(
    PLAIN,
    PLAIN.map("## {}".format),
    PLAIN.map("- {}\n- more".format),
    PLAIN.map("> {}".format),
    PLAIN.map("> [!TIP]\n> {}".format),
    PLAIN.map("```\n{}\n```".format),
    PLAIN.map("Text[^1] {}".format),
    PLAIN.map("Text[^2].\n\n[^2]: {}".format),
    PLAIN.map("| a | b |\n|---|---|\n| {} | x |".format),
    PLAIN.map("above\n| a | b |\n|---|---|\n| 1 | {} | x | wide \\| row | |".format),
    PLAIN.map("{{{{% alert %}}}}\n{}\n{{{{% /alert %}}}}".format),
)


@settings(max_examples=EXAMPLES)
@given(st.lists(BLOCK, max_size=8).map("\n\n".join))
def test_no_word_is_lost(body: str) -> None:
    text = xhtml_text(document(body).body)
    assert [d for d in compare(body, text) if d.kind == "lost"] == []
    assert lost_literals(body, text) == []


def _bodies(folder: Path) -> list[tuple[str, str]]:
    found = []
    for file in sorted(folder.rglob("*.md")):
        text = file.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
        _, fence, rest = text.partition("\n---")
        found.append((file.name, rest.partition("\n")[2] if fence else text))
    return found


def _check(name: str, body: str) -> list[str]:
    text = xhtml_text(document(body).body)
    return [f"{name}: {d}" for d in (*compare(body, text), *lost_literals(body, text))]


@pytest.mark.parametrize("folder", ["posts", "blogs"])
def test_every_word_of_real_posts_is_there(corpus: Path, folder: str) -> None:
    lost = [line for name, body in _bodies(corpus / folder) for line in _check(name, body)]
    assert lost == []


@pytest.mark.prove
def test_every_word_of_the_archive_is_there(corpus: Path) -> None:
    lost = [
        line for name, body in share(_bodies(corpus / "archive")) for line in _check(name, body)
    ]
    assert lost == []
