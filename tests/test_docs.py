"""The documentation agrees with the code: tables, codes, keys, links, commands."""

from __future__ import annotations

import dataclasses
import json
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from pipeline import read
from pipeline.commands.report import JsonReport
from pipeline.config import Config, Limits, Settings, load
from pipeline.diagnostics import CODES, as_json
from pipeline.editions import editions_of
from pipeline.model import Diagnostic, Metadata
from pipeline.press import Finished, Noted, Started, Summary
from pipeline.press.ledger import Output, Standing, entry
from pipeline.read import handout
from pipeline.variants import Options
from tests.conftest import TOP
from tests.tools import docs
from tests.tools.examples import examples

PAGES = docs.pages()
IDS = [page.relative_to(TOP).as_posix() for page in PAGES]
FENCED = re.compile(r"^(`{3,}|~{3,}).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!`)!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} +(.+)$", re.MULTILINE)
COMMAND = re.compile(r"(?:^|\n|`|&& |\()((?:\.venv/bin/)?galley|make)( [^`\n#)]*)?(?=[`\n#)])")


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_the_generated_parts_are_up_to_date(page: Path) -> None:
    assert docs.renewed(text_of(page)) == text_of(page), "run: python -m tests.tools.docs"


def test_every_table_stands_on_a_page() -> None:
    shown = {name for page in PAGES for _, name, _ in docs.PART.findall(text_of(page))}
    assert shown == set(docs.TABLES)


def test_every_code_has_its_heading_and_no_heading_is_left_over() -> None:
    page = text_of(TOP / "docs" / "troubleshooting.md")
    headings = [text for text in HEADING.findall(page) if re.match(r"[A-Z]\d{3}\b", text)]
    assert headings == [f"{code}: {text}" for code, text in CODES.items()]


def test_every_setting_is_told() -> None:
    page = text_of(TOP / "docs" / "configuration.md")
    for name, _, _ in docs.settings_in(Settings):
        assert f"| `{name}` |" in page, name


def test_the_manifest_of_the_example_has_the_keys_of_a_real_one() -> None:
    page = text_of(TOP / "docs" / "architecture.md")
    found = re.search(r"```json\n(.*?)```", page, re.DOTALL)
    assert found is not None
    (post,) = json.loads(found[1])["posts"]
    standing = Standing(origin="", source="", status="built", editions={"pdf": Output("", "", 0)})
    real = entry(standing)
    assert post.keys() == real.keys()
    assert list(post["record"]) == [field.name for field in dataclasses.fields(Metadata)]
    assert post["editions"]["pdf"].keys() == real["editions"]["pdf"].keys()
    (note,) = post["diagnostics"]
    assert note.keys() == as_json(Diagnostic("C030", "warning", "")).keys()


def test_every_room_is_in_the_table() -> None:
    page = text_of(TOP / "docs" / "architecture.md")
    package = TOP / "pipeline"
    names = [f"`{path.name}`" for path in package.glob("[!_]*.py")]
    names += [f"`{path.parent.name}/`" for path in package.glob("*/__init__.py")]
    assert len(names) > 12
    assert [name for name in sorted(names) if name not in page] == []


def test_the_events_of_the_json_report_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    told = JsonReport(Path("build"), quiet=False)
    told.event(Started(1))
    told.event(Noted(Diagnostic("P009", "info", "")))
    told.event(Finished("post.md", "built", None, {}, ()))
    told.close(Summary())
    page = text_of(TOP / "docs" / "configuration.md")
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [event["event"] for event in events] == ["start", "diagnostic", "post", "summary"]
    for event in events:
        name = event.pop("event")
        row = re.search(rf"^\| `{name}` \| (.*?) \|", page, re.MULTILINE)
        assert row is not None, name
        assert row[1] == ", ".join(f"`{key}`" for key in event), name


def anchors(page: Path) -> set[str]:
    return {docs.anchor(text) for text in HEADING.findall(FENCED.sub("", text_of(page)))}


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_every_relative_link_resolves(page: Path) -> None:
    lost = []
    for address in LINK.findall(re.sub(r"`[^`\n]*`", "", FENCED.sub("", text_of(page)))):
        if "://" in address or address.startswith("mailto:"):
            continue
        path, _, fragment = address.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (fragment and fragment not in anchors(target)):
            lost.append(address)
    assert not lost


def make_targets() -> set[str]:
    text = (TOP / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    phony = re.search(r"^\.PHONY:(.*)$", text, re.MULTILINE)
    assert phony is not None
    return set(phony[1].split())


def commands(page: Path) -> list[tuple[str, list[str]]]:
    """``galley`` and ``make`` as the page writes them in code, with the words after them."""
    code = "\n".join(
        [found[0] for found in FENCED.finditer(text_of(page))]
        + [f"`{span}`" for span in re.findall(r"`([^`\n]+)`", FENCED.sub("", text_of(page)))]
    )
    return [
        (program.rpartition("/")[2], shlex.split(rest.replace("'", "")))
        for program, rest in COMMAND.findall(code)
    ]


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_every_command_named_exists(page: Path) -> None:
    verbs, targets = docs.verbs(), make_targets()
    wrong = []
    for program, arguments in commands(page):
        first = next((a for a in arguments if "=" not in a), None)
        if program == "make" and first is not None and first.rstrip(",") not in targets:
            wrong.append(f"make {first}")
        if program == "galley" and arguments:
            verb = arguments[0]
            if verb not in verbs:
                wrong.append(f"galley {verb}")
                continue
            flags = verbs[verb]._option_string_actions
            wrong += [f"galley {verb} {a}" for a in arguments if a[0] == "-" and a not in flags]
    assert not wrong


def test_every_make_target_is_told() -> None:
    page = text_of(TOP / "docs" / "configuration.md")
    inner = {"all", "environment", "dev", "python"}
    assert [name for name in sorted(make_targets() - inner) if f"`make {name}`" not in page] == []


def test_make_variables_are_those_of_the_makefile() -> None:
    page = text_of(TOP / "docs" / "configuration.md")
    names = re.findall(r"^([A-Z]+)\s*\?=", (TOP / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert [name for name in names if f"| `{name}` |" not in page] == []


def test_the_examples_of_front_matter_give_one_record(tmp_path: Path) -> None:
    records = []
    for path, text in examples(TOP / "docs" / "front-matter.md")["record"].items():
        file = tmp_path / path
        file.write_text(text, encoding="utf-8")
        source = read.load(file, "why-we-fold.md", Limits())
        record, notes = read.record(source, Config(tmp_path, Settings()))
        assert notes == ()
        records.append(record)
    assert len(records) == 3
    assert len(set(map(repr, records))) == 1
    assert [person.name for person in records[0].authors] == ["Ada Lovelace", "Charles Babbage"]


def test_the_authors_of_the_table_are_read_as_it_says() -> None:
    import yaml

    from pipeline.read.people import people

    page = text_of(TOP / "docs" / "front-matter.md")
    table = page.partition("## Authors")[2].partition("\n## ")[0]
    read_as = {}
    for written in re.findall(r"^\| `(author: .+?)` \|", table, re.MULTILINE):
        found, _ = people(yaml.safe_load(written)["author"])
        read_as[written.removeprefix("author: ")] = [(p.name, p.file_as, p.handle) for p in found]
    ada, charles = (
        ("Ada Lovelace", "Lovelace, Ada", None),
        ("Charles Babbage", "Babbage, Charles", None),
    )
    assert list(read_as.values()) == [
        [ada],
        [ada],
        [ada, charles],
        [ada, charles],
        [(*ada[:2], "ada")],
        [ada],
        [("Ludwig van Beethoven", "van Beethoven, Ludwig", None)],
        [("The Composing Room Staff", "The Composing Room Staff", None)],
    ]


@pytest.mark.parametrize("name", ["settings", "limits", "variants", "changed"])
def test_the_examples_of_configuration_load(tmp_path: Path, name: str) -> None:
    (text,) = examples(TOP / "docs" / "configuration.md")[name].values()
    (tmp_path / "galley.toml").write_text(text, encoding="utf-8")
    assert load(tmp_path).settings != Settings()


def test_the_examples_of_handouts_are_heeded(tmp_path: Path) -> None:
    found = examples(TOP / "docs" / "handouts.md")
    (tmp_path / "post.md").write_text(found["handout"]["post.md"], encoding="utf-8")
    source = read.load(tmp_path / "post.md", "post.md", Limits())
    record, notes = read.record(source, Config(tmp_path, Settings()))
    asked = handout.of(record)
    assert not notes
    assert asked.options == Options(fit="2 sheets", notes="lines", duplex=True)
    assert (len(asked.summary), len(asked.terms), handout.version(record)) == (2, 2, "3")
    (tmp_path / "galley.toml").write_text(found["house"]["galley.toml"], encoding="utf-8")
    options = editions_of(load(tmp_path))["handout"].options
    assert (options.duplex, options.notes, options.links) == (True, "lines", "notes")


def test_the_example_of_large_print_loads(tmp_path: Path) -> None:
    found = examples(TOP / "docs" / "print.md")
    (tmp_path / "galley.toml").write_text(found["large"]["galley.toml"], encoding="utf-8")
    giant = editions_of(load(tmp_path))["giant"]
    assert (giant.options.type_size, giant.options.typeface) == (24, "legible")
    assert giant.folders == ("giant", "large-print", "pdf")


def test_the_examples_of_deciding_load(tmp_path: Path) -> None:
    found = examples(TOP / "docs" / "repairs.md")
    for texts in (found["threshold"], found["decisions"]):
        for path, text in texts.items():
            (tmp_path / path).write_text(text, encoding="utf-8")
    config = load(tmp_path)
    assert config.settings.repairs.threshold == 0.9
    assert [d.verdict for d in config.decisions] == ["refuse", "accept", "refuse", "refuse"]


def test_every_example_of_a_setting_loads(tmp_path: Path) -> None:
    for name, (_, example) in docs.facts.SETTINGS.items():
        if example and name != "theme":
            group = name.rpartition(".")[0]
            text = f"[{group}]\n{example}\n" if group else example
            (tmp_path / "galley.toml").write_text(text, encoding="utf-8")
            assert load(tmp_path).settings != Settings(), name


def test_the_tool_changes_nothing_when_all_is_up_to_date() -> None:
    before = {page: text_of(page) for page in PAGES}
    assert docs.main() == 0
    assert {page: text_of(page) for page in PAGES} == before


def test_make_help_names_every_target_of_the_reader() -> None:
    done = subprocess.run(["make", "help"], cwd=TOP, capture_output=True, text=True, check=True)
    for name in ("pdf", "epub", "html", "check", "fix", "setup", "doctor", "clean", "test"):
        assert f"make {name}" in done.stdout
