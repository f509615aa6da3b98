"""The editor's decisions: ``galley.repairs.toml``, comments in the post, the threshold."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipeline import decisions, normalize, read
from pipeline.config import load
from pipeline.diagnostics import Fault
from pipeline.model import Manuscript
from pipeline.normalize import RULES
from pipeline.normalize.repair import THRESHOLD
from tests.conftest import Galley
from tests.test_fix import BODY, FIXED, FRONT, write

NAME = "source/post.md"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    write(tmp_path / "galley.toml", "")
    write(tmp_path / NAME, FRONT + BODY)
    return tmp_path


def manuscript(desk: Path, name: str = NAME) -> Manuscript:
    config = load(desk)
    return normalize.manuscript(
        read.load(desk / name, name.removeprefix("source/"), config.settings.limits), config
    )


def decide(desk: Path, text: str) -> None:
    write(desk / decisions.NAME, text)


def refusal(desk: Path, title: str, post: str = NAME) -> str:
    """The entry that refuses the repair of that line."""
    made = manuscript(desk)
    (repair,) = (r for r in (*made.repairs, *made.proposed) if title in r.before)
    return f'[[refuse]]\nrepair = "{decisions.fingerprint(repair)}"\npost = "{post}"\n'


def codes(made: Manuscript) -> list[str]:
    return [note.code for note in made.diagnostics]


def test_one_repair_is_refused_wherever_its_text_stands_in_the_post(desk: Path) -> None:
    decide(desk, refusal(desk, "What Is a Piano?"))
    made = manuscript(desk)
    assert "\nWhat Is a Piano?\n" in made.body
    assert "\n## How Is It Moved?\n" in made.body
    assert [r.before for r in made.refused] == [("What Is a Piano?",)]
    assert codes(made) == []
    text = (desk / NAME).read_text().replace("Two people can", "Another line.\n\nThree people can")
    write(desk / NAME, text)
    assert "\nWhat Is a Piano?\n" in manuscript(desk).body


def test_a_decision_without_its_repair_is_told_with_its_line(desk: Path) -> None:
    decide(desk, "\n" + refusal(desk, "What Is a Piano?"))
    write(desk / NAME, (FRONT + BODY).replace("What Is a Piano?", "What Was a Piano?"))
    (note,) = manuscript(desk).diagnostics
    assert (note.code, note.severity, note.path, note.line) == (
        "D001", "warning", "galley.repairs.toml", 2,
    )  # fmt: skip


def test_one_of_two_repairs_on_the_same_words_is_decided_alone(galley: Galley, desk: Path) -> None:
    second = BODY[BODY.index("What Is") : BODY.index("How Is It")]
    write(desk / NAME, FRONT + BODY + "\n" + second)
    made = manuscript(desk)
    names = [decisions.fingerprint(r) for r in made.repairs if r.before == ("What Is a Piano?",)]
    words = names[0].removesuffix("-1")
    assert names == [f"{words}-1", f"{words}-2"]

    def body_after(what: str) -> str:
        decide(desk, f'[[refuse]]\nrepair = "{what}"\npost = "{NAME}"\n')
        made = manuscript(desk)
        assert codes(made) == []
        assert galley("fix", cwd=desk).code == 0
        assert manuscript(desk).body == made.body, "fix leaves nothing over, and refuses the same"
        write(desk / NAME, FRONT + BODY + "\n" + second)
        return made.body

    assert body_after(f"{words}-1").count("\n## What Is a Piano?\n") == 1
    assert body_after(f"{words}-1").index("\nWhat Is") < body_after(f"{words}-1").index(
        "\n## What Is"
    )
    assert body_after(f"{words}-2").index("\n## What Is") < body_after(f"{words}-2").index(
        "\nWhat Is"
    )
    assert "## What Is" not in body_after(words)


def test_an_accepted_repair_that_fix_wrote_is_a_remark(galley: Galley, desk: Path) -> None:
    write(desk / "galley.toml", "[repairs]\nthreshold = 1.0\n")
    entry = refusal(desk, "What Is a Piano?").replace("refuse", "accept")
    decide(desk, entry)
    name = entry.split('"')[1]
    done = galley("fix", cwd=desk)
    assert f"galley.repairs.toml:1: {name} is carried out, the entry can go" in done.out
    (note,) = (note for note in manuscript(desk).diagnostics if note.code == "D001")
    assert (note.severity, note.line) == ("info", 1)
    assert "is carried out" not in galley("fix", cwd=desk).out


def test_a_rule_in_one_post_a_rule_everywhere_and_the_narrower_wins(desk: Path) -> None:
    write(desk / "source/other.md", FRONT + BODY)
    decide(desk, f'[[refuse]]\nrule = "N204"\npost = "{NAME}"\n')
    assert "## What" not in manuscript(desk).body
    assert "## What" in manuscript(desk, "source/other.md").body
    decide(desk, f'[[refuse]]\nrule = "N204"\n[[accept]]\nrule = "N204"\npost = "{NAME}"\n')
    assert "## What" in manuscript(desk).body
    assert "## What" not in manuscript(desk, "source/other.md").body


def test_what_is_only_proposed_can_be_accepted(desk: Path) -> None:
    write(desk / "galley.toml", "[repairs]\nthreshold = 1.0\n")
    proposed = manuscript(desk)
    assert proposed.repairs == ()
    assert {r.code for r in proposed.proposed} == {"N102", "N204"}
    decide(desk, refusal(desk, "What Is a Piano?").replace("refuse", "accept"))
    made = manuscript(desk)
    assert [r.after for r in made.repairs] == [("## What Is a Piano?",)]
    assert codes(made) == []


def test_the_threshold_has_one_default() -> None:
    assert load(Path("/nowhere")).settings.repairs.threshold == THRESHOLD == 0.8


def test_keep_leaves_the_block_below_as_it_is(desk: Path) -> None:
    kept = BODY.replace("What Is", "<!-- galley: keep -->\n\n\n\nWhat Is")
    write(desk / NAME, FRONT + kept)
    made = manuscript(desk)
    assert "<!-- galley: keep -->\n\n\n\nWhat Is a Piano?\n" in made.body
    assert "## How Is It Moved?" in made.body
    assert codes(made) == []
    assert ("What Is a Piano?",) in {r.before for r in made.refused}
    assert made.proposed == ()


def test_keep_holds_in_every_rule(desk: Path) -> None:
    """Also for those that say where code and HTML end."""
    fence = "\n<!-- galley: keep -->\n```\nsudo reboot```\n\nThe text goes on.\n\n```\nmore\n```\n"
    write(desk / NAME, FRONT + fence)
    assert manuscript(desk).body == fence


def test_heading_makes_a_title_of_the_line_below(desk: Path) -> None:
    said = BODY.replace(
        "Two people can do it.", "<!-- galley: heading 3 -->\nTwo people, say:\nand"
    )
    write(desk / NAME, FRONT + said)
    made = manuscript(desk)
    assert "\n### Two people, say:\n\nand\n" in made.body
    assert codes(made) == []
    write(desk / NAME, FRONT + made.body)
    again = manuscript(desk)
    assert again.body == made.body
    assert again.repairs == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<!-- galley: kep -->\nLine\n", "D003"),
        ("<!-- galley: heading 1 -->\nLine\n", "D003"),
        ("<!-- galley: heading -->\nLine\n", "D003"),
        ("* item\n\n  <!-- galley: heading 3 -->\n  Line\n", "D003"),
        ("Some words <!-- galley: keep -->\n", "D003"),
        ("<p>\n<!-- galley: keep -->\n</p>\n", "D003"),
        ("Words.\n\n<!-- galley: keep -->\n", "D004"),
        ("<!-- galley: keep -->\n<!-- galley: heading 2 -->\n## Line\n", "D004"),
        ("<!-- galley: heading 2 -->\n\n***\n", "D004"),
        ("* item\n\n  <!-- galley: page-break -->\n  Line\n", "D003"),
        ("Words.\n\n<!-- galley: page-break -->\n", "D004"),
        ("| a |\n|---|\n| <!-- galley: page-break --> b |\n", "D003"),
        ("> Words.\n>\n> <!-- galley: page-break -->\n>\n> Words.\n", "D003"),
    ],
)
def test_a_comment_that_does_nothing_is_told(desk: Path, text: str, code: str) -> None:
    write(desk / NAME, f"---\ntitle: T\n---\n{text}")
    made = manuscript(desk)
    assert codes(made) == [code]
    assert made.diagnostics[0].path == "post.md"
    assert made.body == text


@pytest.mark.parametrize(
    "marks",
    [
        "<!-- galley: page-break -->",
        "<!-- galley: Keep-Together -->\n\n<!-- galley: page-break -->",
        "<!-- galley: page-break -->\n<!-- galley: heading 3 -->",
        "* item\n\n  <!-- galley: keep-together -->\n  Line\n",
    ],
)
def test_comments_on_how_text_is_set_are_understood(desk: Path, marks: str) -> None:
    write(desk / NAME, f"---\ntitle: T\n---\nWords.\n\n{marks}\nA Line\n")
    assert codes(manuscript(desk)) == []


def test_a_page_break_keeps_no_repair_away(desk: Path) -> None:
    marked = BODY.replace("What Is", "<!-- galley: page-break -->\nWhat Is")
    write(desk / NAME, FRONT + marked)
    assert "\n## What Is a Piano?\n" in manuscript(desk).body


@pytest.mark.parametrize(
    "text",
    ["```\n<!-- galley: keep -->\n```\n", "Write `<!-- galley: kep -->` above it, to be sure.\n"],
)
def test_a_comment_shown_in_code_is_none(desk: Path, text: str) -> None:
    write(desk / NAME, f"---\ntitle: T\n---\n{text}")
    assert codes(manuscript(desk)) == []


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("[[refuse]\n", "S014", "not valid TOML"),
        ('[[deny]]\nrule = "N204"\n', "S015", "'deny' is no decision"),
        ('refuse = "N204"\n', "S015", "no list"),
        ('[[refuse]]\nrule = "N204"\nposts = "x"\n', "S015", "no key 'posts'"),
        ("[[refuse]]\nrule = 204\n", "S015", "texts in quotes"),
        ('[[refuse]]\npost = "x"\n', "S015", "either a repair or a rule"),
        ('[[refuse]]\nrepair = "N204"\npost = "x"\n', "S015", "a name such as"),
        ('[[refuse]]\nrepair = "N204:00000000"\n', "S015", "and its post"),
        (
            '[[refuse]]\nrule = "N204"\n\n[[accept]]\nrule = "N204"\n',
            "S015",
            "accepted and refused",
        ),
    ],
)
def test_a_file_of_decisions_that_cannot_be_used(
    desk: Path, text: str, code: str, said: str
) -> None:
    decide(desk, text)
    with pytest.raises(Fault) as stopped:
        load(desk)
    (note,) = stopped.value.diagnostics
    assert (note.code, note.path) == (code, "galley.repairs.toml")
    assert said in note.message


def test_unknown_rules_and_posts_are_told_by_every_verb(galley: Galley, desk: Path) -> None:
    decide(desk, '[[refuse]]\nrule = "N240"\n')
    for verb in (("build", "-e", "html"), ("check",), ("fix",), ("normalize", NAME)):
        done = galley(*verb, cwd=desk)
        assert done.code == 2, verb
        assert "galley.repairs.toml:1: S015 error: no repair has the code N240" in done.err
    decide(desk, '[[refuse]]\nrule = "N204"\npost = "source/gone.md"\n')
    built = galley("build", "-e", "html", cwd=desk)
    assert built.code == 0
    assert "galley.repairs.toml:1: D002 warning: source/gone.md is not there" in built.err
    assert galley("check", "--strict", "source/post.md", cwd=desk).code == 1


def test_decisions_hold_in_build_normalize_check_and_fix(galley: Galley, desk: Path) -> None:
    assert galley("build", "-e", "html", cwd=desk).code == 0
    assert "What Is a Piano?</h2>" in (desk / "build/post.html").read_text()
    name = refusal(desk, "What Is a Piano?")
    decide(desk, name)
    assert "1 built" in galley("build", "-e", "html", cwd=desk).out, "a decision makes it due"
    decide(desk, name + '[[refuse]]\nrule = "N102"\npost = "source/other.md"\n')
    assert "1 unchanged" in galley("build", "-e", "html", cwd=desk).out, "it is another's"
    decide(desk, name)
    assert "What Is a Piano?</p>" in (desk / "build/post.html").read_text()
    assert "\nWhat Is a Piano?\n" in galley("normalize", NAME, cwd=desk).out
    checked = galley("check", cwd=desk).out
    assert re.search(r"post\.md:12: N204 info: plain titles, refused, ", checked)
    assert "1 repair refused" in checked
    assert galley("fix", cwd=desk).code == 0
    assert (desk / NAME).read_text() == FRONT + FIXED.replace("## What", "What")
    assert galley("check", "--strict", cwd=desk).code == 0


def test_the_name_that_check_prints_is_the_one_to_paste(galley: Galley, desk: Path) -> None:
    told = json.loads(galley("check", "--format", "json", cwd=desk).out)
    for finding in told["findings"]:
        repair, _, post = finding["hint"].partition(" in ")
        decide(desk, f'[[refuse]]\nrepair = "{repair}"\npost = "{post}"\n')
        made = manuscript(desk)
        assert codes(made) == []
        assert {decisions.fingerprint(r) for r in made.refused} == {repair}


def test_any_rule_can_be_refused(desk: Path) -> None:
    for rule in RULES:
        decide(desk, f'[[refuse]]\nrule = "{rule.code}"\n')
        assert rule.code not in {r.code for r in manuscript(desk).repairs}
