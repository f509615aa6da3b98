"""Under ``--strict`` a post goes out only if its editions say what its record says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.model import Diagnostic
from pipeline.press.ledger import Standing

CODES = frozenset(("A001", "A002"))
"""What is said here of an edition: gone when it is said no more."""


def notes(
    path: str, record: Mapping[str, Any], name: str, extension: str, data: bytes
) -> tuple[Diagnostic, ...]:
    """An error for each place of the edition ``name`` that disagrees with the record, or one if
    the edition cannot be read."""
    from pipeline import audit

    hint = "if you changed a template, mend it there"
    try:
        found = audit.disagreements(extension, data, record)
    except ValueError as error:
        message = f"the {name} edition cannot be read again: {error}"
        return (Diagnostic("A002", "error", message, path, None, hint),)
    says = f"the {name} edition disagrees with the record"
    return tuple(
        Diagnostic("A001", "error", f"{says}: {one.message}", path, None, hint) for one in found
    )


def of_standing(post: Standing, out: Path) -> tuple[Diagnostic, ...]:
    """The same of editions that stand as they were built."""
    found: list[Diagnostic] = []
    for name, output in post.editions.items():
        file = out / output.path
        found += notes(post.source, post.record or {}, name, file.suffix[1:], file.read_bytes())
    return tuple(found)
