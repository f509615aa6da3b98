"""Under ``--strict`` a post goes out only if its editions say what its record says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.model import Diagnostic
from pipeline.press.ledger import Standing

CODE = "A001"


def notes(
    path: str, record: Mapping[str, Any], name: str, extension: str, data: bytes
) -> tuple[Diagnostic, ...]:
    """An error for each place of the edition ``name`` that disagrees with the record."""
    from pipeline import audit

    return tuple(
        Diagnostic(
            CODE, "error", f"the {name} edition disagrees with the record: {found.message}", path,
            None, "if you changed a template, mend it there",
        )
        for found in audit.disagreements(extension, data, record)
    )  # fmt: skip


def of_standing(post: Standing, out: Path) -> tuple[Diagnostic, ...]:
    """The same of editions that stand as they were built."""
    found: list[Diagnostic] = []
    for name, output in post.editions.items():
        file = out / output.path
        found += notes(post.source, post.record or {}, name, file.suffix[1:], file.read_bytes())
    return tuple(found)
