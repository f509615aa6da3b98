"""The fixtures of the rules: ``fixtures/rules/<code>-<name>.md``.

A file opens with a line that names the rule; then come cases, each a name, an input and either
``becomes`` with the expected body or ``stays``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

FOLDER = Path(__file__).parent / "fixtures" / "rules"
MARK = "~~~~~"


@dataclass(frozen=True)
class Case:
    """One example; ``after`` is None where the body stays as it is."""

    file: Path
    name: str
    before: str
    after: str | None

    def __str__(self) -> str:
        return f"{self.file.stem}: {self.name}"


def cases(file: Path) -> tuple[str, list[Case]]:
    """The opening line, and the cases of a fixture file."""
    opening, *rest = re.split(rf"^{MARK} ", file.read_text("utf-8"), flags=re.M)
    found: list[Case] = []
    for part in rest:
        name, _, body = part.partition("\n")
        if name == "stays":
            continue
        if name == "becomes":
            found[-1] = replace(found[-1], after=body.removesuffix("\n\n").removesuffix("\n")[:-5])
            found[-1] = replace(found[-1], after=(found[-1].after or "").removesuffix("\n"))
        else:
            found.append(Case(file, name, body.removesuffix("\n"), None))
    return opening, found


def rule_cases(code: str) -> list[Case]:
    """The cases of one rule."""
    return cases(next(FOLDER.glob(f"{code}-*.md")))[1]
