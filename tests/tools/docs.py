"""Write the tables of the documentation that come from code: ``python -m tests.tools.docs``.

A page holds them between ``<!-- generated: NAME -->`` and ``<!-- /generated -->``; what stands
between is made anew, the rest of the page is left alone. ``tests/test_docs.py`` holds that every
page is up to date. What a table says beyond the code's own words is in ``docs_facts``.
"""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, get_args, get_origin

import msgspec

from pipeline import cli, config, normalize, templating, variants, words
from pipeline.audit.places import KINDS
from pipeline.audit.standards import STANDARDS
from pipeline.diagnostics import CODES
from pipeline.editions import EDITIONS
from pipeline.normalize import telling
from pipeline.normalize.repair import Rule
from pipeline.read.keys import KEYS
from tests import measured
from tests.rule_cases import rule_cases
from tests.tools import docs_facts as facts

TOP = Path(__file__).resolve().parents[2]
PART = re.compile(r"(<!-- generated: ([\w-]+) -->\n).*?(<!-- /generated -->)", re.DOTALL)
ROOMS = {
    "S": "set-up", "R": "reading", "D": "decisions", "C": "converting", "E": "editions",
    "A": "the audit", "P": "the press", "F": "fix",
}  # fmt: skip


LABELS = {"Example": "What it looks like", "What it does": "Repair", "Why": "Why"}
"""What the parts of a rule's docstring are called in the catalogue."""
FENCE = "~" * 8
"""Longer than any fence in an example."""
LONGEST_EXAMPLE = 12


def pages() -> list[Path]:
    """The pages that the reader sees."""
    return [*sorted((TOP / "docs").glob("*.md")), *(TOP / name for name in facts.TOP_PAGES)]


def renewed(text: str) -> str:
    """The page with every generated part made anew. Raises ``KeyError`` for an unknown name."""
    return PART.sub(lambda part: f"{part[1]}{TABLES[part[2]]()}\n{part[3]}", text)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A pipe table; a pipe inside a cell is escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def code(text: str) -> str:
    """The text as code; nothing for no text."""
    return f"`{text}`" if text else ""


def front_matter_keys() -> str:
    """The fields of the record in their order."""
    rows = []
    for field, (key, *others) in KEYS.items():
        fact = facts.FIELDS[field]
        names = ", ".join(map(code, others)) or "–"
        rows.append((code(key), names, fact.form, code(fact.example), fact.elsewhere, fact.printed))
    head = ("key", "also read, in this order", "value", "example", "else from", "where it shows")
    return table(head, rows)


def settings_in(struct: type[msgspec.Struct], prefix: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Every key of ``galley.toml`` with its type and its default, groups written with a dot."""
    for field in msgspec.structs.fields(struct):
        name = prefix + field.encode_name
        if name == "variants":
            continue  # they have a table of their own
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
            yield from settings_in(field.type, f"{name}.")
        else:
            yield name, field.type, field.default


def _kind(kind: Any) -> str:
    """A type in the reader's words."""
    plain = {str: "text", bool: "`true` or `false`", int: "whole number", float: "number"}
    if kind in plain:
        return plain[kind]
    if get_origin(kind) is tuple:
        return "list of texts"
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return f"a table of {', '.join(code(name) for name in kind.__struct_fields__)}"
    return " or ".join(_kind(part) for part in get_args(kind) if part is not type(None))


def _toml(value: Any) -> str:
    """A default as one would write it."""
    if value is None:
        return "–"
    return code(msgspec.json.encode(value).decode().replace(",", ", "))


def settings() -> str:
    """``galley.toml``, without its limits."""
    rows = [
        (code(name), _kind(kind), _toml(default), code(facts.SETTINGS[name][1]),
         facts.SETTINGS[name][0])
        for name, kind, default in settings_in(config.Settings)
        if not name.startswith("limits.")
    ]  # fmt: skip
    return table(("key", "value", "default", "example", "what it does"), rows)


def limits() -> str:
    """The group ``[limits]``."""
    rows = [
        (code(name), f"{default:,}", facts.SETTINGS[name][0])
        for name, _, default in settings_in(config.Settings)
        if name.startswith("limits.")
    ]
    return table(("key", "default", "what is counted"), rows)


def record_keys() -> str:
    """The front matter keys that ``--set`` takes."""
    return ", ".join(code(name) for name in sorted(config.RECORD_KEYS)) + "."


def verbs() -> dict[str, argparse.ArgumentParser]:
    """The commands by name."""
    for action in cli.parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    raise LookupError("the command line has no verbs")


def command_line() -> str:
    """A table for each verb, of its arguments and flags as ``--help`` tells them."""
    parts = []
    for name, verb in verbs().items():
        rows = []
        for action in verb._actions:
            if isinstance(action, argparse._HelpAction):
                continue
            value = "|".join(action.choices) if action.choices else action.metavar
            names = ", ".join(action.option_strings) or str(action.metavar)
            takes = action.nargs != 0 and action.option_strings
            told = action.help or facts.ARGUMENTS[name, names]
            rows.append((code(f"{names} {value}" if takes else names), told))
        about = " ".join((verb.description or "").split())
        parts.append(f"#### `galley {name}`\n\n{about}\n\n{table(('argument', 'meaning'), rows)}")
    return "\n\n".join(parts)


def editions() -> str:
    """The table of editions."""
    rows = [
        (code(name), code(edition.file_name("SLUG")), facts.EDITIONS[name])
        for name, edition in EDITIONS.items()
    ]
    return table(("edition", "file", "what it is"), rows)


def variant_options() -> str:
    """What an entry of ``[variants]`` may say."""
    named = {field.name: field.type for field in msgspec.structs.fields(variants.Variant)}
    order = ("base", "suffix", *variants.Options.__struct_fields__)
    rows = [
        (code(name), _kind(named[name]), "pages" if name in variants.OF_PAGES else "any",
         code(facts.VARIANTS[name][1]), facts.VARIANTS[name][0])
        for name in order
    ]  # fmt: skip
    return table(("key", "value", "of editions", "example", "what it does"), rows)


def codes() -> str:
    """Every code, with a link to what troubleshooting says of it."""
    rows = [
        (f"[{name}](#{anchor(f'{name}: {text}')})", text, ROOMS[name[0]])
        for name, text in CODES.items()
    ]
    return table(("code", "what it means", "found by"), rows)


def anchor(heading: str) -> str:
    """The fragment under which GitHub and most other sites show a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def rules() -> str:
    """The repairs, in the order in which they run."""
    return "\n\n".join(_rule(rule) for rule in normalize.RULES)


def _rule(rule: Rule) -> str:
    summary, rest = telling.explained(rule)
    parts = dict(rest)
    safety = facts.SAFETY["drops" if rule.may_drop_title else rule.safety]
    if rule.unmakes:
        safety = facts.SAFETY["unmakes"]
    paragraphs = [f"### {rule.code}: {rule.name}", summary]
    paragraphs += [f"**{name}.** {parts[label]}" for label, name in LABELS.items()]
    paragraphs += [_hazards(rule), _example(rule), f"**Safety.** {safety}"]
    paragraphs.append(f"**Measured.** {measured.told(rule.code)}")
    return "\n\n".join(filter(None, paragraphs))


def _hazards(rule: Rule) -> str:
    """What the rule must leave alone: the names of the cases that its fixture holds so."""
    names = [case.name for case in rule_cases(rule.code) if case.after is None]
    return f"**Not touched.** {'; '.join(names)}." if names else ""


def _example(rule: Rule) -> str:
    """The first short case of the fixture, as lines taken out and put in."""
    changed = [case for case in rule_cases(rule.code) if case.after is not None]
    if not changed:
        return ""
    short = (case for case in changed if len(case.before.split("\n")) <= LONGEST_EXAMPLE)
    case = next(short, changed[0])
    before, after = case.before.split("\n"), (case.after or "").split("\n")
    _, _, _, *shown = difflib.unified_diff(before, after, n=len(before), lineterm="")
    lines = "\n".join(line.rstrip() for line in shown)
    return f"**Example: {case.name}.**\n\n{FENCE}diff\n{lines}\n{FENCE}"


def printed_words() -> str:
    """What editions print of themselves: each key with its English words, and who else has them."""
    english = words.catalogue(words.FALLBACK)
    rows = [(code(key), english[key]) for key in english.texts]
    others = ", ".join(code(name) for name in words.languages())
    return f"{table(('key', 'in English'), rows)}\n\nLanguages with a catalogue: {others}."


def template_names() -> list[str]:
    """The shipped templates as ``folder/file``, sorted."""
    found = (path.relative_to(templating.shipped()) for path in templating.shipped().rglob("*.j2"))
    return sorted(path.as_posix() for path in found if path.parts[0] != "themes")


def templates() -> str:
    """The files that a publication or a theme may override."""
    rows = [(code(name), facts.TEMPLATES[name]) for name in template_names()]
    return table(("file", "what it is for"), rows)


def blocks() -> str:
    """The parts that the page templates name."""
    rows = []
    for name in template_names():
        text = (templating.shipped() / name).read_text(encoding="utf-8")
        found = re.findall(r"\{%-? block (\w+)", text)
        if found:
            rows.append((code(name), ", ".join(map(code, found))))
    return table(("file", "its blocks"), rows)


def variables() -> str:
    """What the templates of each edition are given."""
    rows = [
        (code(name), ", ".join(editions), told)
        for name, (editions, told) in facts.VARIABLES.items()
    ]
    return table(("variable", "in the templates of", "what it holds"), rows)


def audit_places() -> str:
    """For each field of the record, the places of each kind of file that repeat it."""
    fields = dict.fromkeys(place.field for kind in KINDS.values() for place in kind.places)
    rows = (
        [
            field,
            *(
                ", ".join(code(place.name) for place in kind.places if place.field == field) or "–"
                for kind in KINDS.values()
            ),
        ]
        for field in fields
    )
    return table(("field", *(name.upper() for name in KINDS)), rows)


def audit_standards() -> str:
    """The validators in their order."""
    rows = ((one.name, f"{one.extension.upper()}", facts.STANDARDS[one.name]) for one in STANDARDS)
    return table(("validator", "reads", "what it judges"), rows)


TABLES: dict[str, Callable[[], str]] = {
    "audit-places": audit_places,
    "audit-standards": audit_standards,
    "front-matter-keys": front_matter_keys,
    "settings": settings,
    "limits": limits,
    "record-keys": record_keys,
    "command-line": command_line,
    "editions": editions,
    "variants": variant_options,
    "codes": codes,
    "rules": rules,
    "words": printed_words,
    "templates": templates,
    "blocks": blocks,
    "variables": variables,
}


def main() -> int:
    """Bring every page up to date; say which ones changed."""
    for page in pages():
        text = page.read_text(encoding="utf-8")
        after = renewed(text)
        if after != text:
            page.write_text(after, encoding="utf-8")
            print(f"{page.relative_to(TOP)} is up to date again")
    return 0


if __name__ == "__main__":
    sys.exit(main())
