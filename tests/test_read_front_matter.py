"""Front matter as people write it: each fixture is a post, the record it makes, and what is said.

A fixture begins with its path (and settings); ``pytest --update-fixtures`` writes the expected
parts anew, to be read before they are committed.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipeline import read
from pipeline.config import Config, Limits, Settings
from pipeline.diagnostics import Fault, as_text
from pipeline.model import Diagnostic

FIXTURES = Path(__file__).parent / "fixtures" / "front_matter"
PART = re.compile(r"^={5} (post|settings|record|says|written)(?: (.+))?\n", re.MULTILINE)


def parts_of(text: str) -> dict[str, str]:
    pieces = PART.split(text)
    return {
        kind: (name or "") + "\n" + body
        for kind, name, body in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True)
    }


def outcome(path: str, text: str, settings: Settings, folder: Path) -> str:
    """The record without its empty fields, the diagnostics, and the front matter written."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")
    found: tuple[Diagnostic, ...]
    record, written = "", ""
    try:
        source = read.load(file, path, Limits())
        said, found = read.record(source, Config(folder, settings))
        found = (*source.diagnostics, *found)
        fields = {key: value for key, value in read.as_json(said).items() if value}
        del fields["identifier"]
        record = json.dumps(fields, ensure_ascii=False, indent=1) + "\n"
        written = read.front_matter(said, source.front_format)
    except Fault as fault:
        found = fault.diagnostics
    says = "".join(as_text(diagnostic) + "\n" for diagnostic in found)
    return f"===== record\n{record}===== says\n{says}===== written\n{written}"


@pytest.mark.parametrize("fixture", sorted(FIXTURES.glob("*.txt")), ids=lambda file: file.stem)
def test_fixture(fixture: Path, tmp_path: Path, update_fixtures: bool) -> None:
    whole = fixture.read_text(encoding="utf-8")
    parts = parts_of(whole)
    path, _, text = parts["post"].partition("\n")
    settings = Settings(**json.loads(parts.get("settings", "{}")))
    made = outcome(path, text, settings, tmp_path)
    given = whole.partition("===== record")[0]
    if update_fixtures:
        fixture.write_text(given + made, encoding="utf-8", newline="")
    assert given + made == fixture.read_text(encoding="utf-8")
