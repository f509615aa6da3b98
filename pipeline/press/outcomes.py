"""How a post stands after what happened to it: values for the ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from pipeline.model import Diagnostic
from pipeline.press import accounts, auditing
from pipeline.press.ledger import Output, PageMap, Standing
from pipeline.press.orders import Job, Made, Post
from pipeline.press.surveying import Surveyed

STRICT = "a warning under --strict"


def warnings(notes: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Those that count under ``--strict``."""
    return tuple(note for note in notes if note.severity == "warning")


def failed(post: Post, before: Standing | None, made: Made) -> Standing:
    """Nothing new goes out: the last good outputs stand, with the record that they carry."""
    notes = [note for found in made.notes.values() for note in found]
    errors = [note.message for note in notes if note.severity == "error"]
    return Standing(
        origin=post.origin,
        source=post.path,
        status="failed",
        reason=errors[0] if errors else STRICT,
        record=before.record if before and before.editions else made.record,
        editions=before.editions if before else {},
        notes=made.notes,
        account=before.account if before else None,
        repairs=before.repairs if before else {},
    )


def skipped(item: Surveyed, reason: str) -> Standing:
    """Not due; what was built of it when it was stands."""
    if item.before and item.before.key == item.key:
        return msgspec.structs.replace(item.before, status="skipped", reason=reason)
    return Standing(
        origin=item.post.origin,
        source=item.post.path,
        status="skipped",
        reason=reason,
        record=dict(item.record),
        editions=item.before.editions if item.before else {},
        notes={"": item.notes},
        key=item.key,
        account=item.before.account if item.before else None,
        repairs=item.before.repairs if item.before else {},
    )


def unchanged(before: Standing, strict: bool, out: Path) -> Standing:
    """It would come out as it stands; a warning of then counts as one of now, and under
    ``strict`` the files in ``out`` have to say what the record says."""
    kept = [note for note in before.notes.get("", ()) if note.code not in auditing.CODES]
    found = auditing.of_standing(before, out) if strict else ()
    before = msgspec.structs.replace(before, notes={**before.notes, "": (*kept, *found)})
    if found:
        return msgspec.structs.replace(before, status="failed", reason=found[0].message)
    if strict and warnings(before.diagnostics):
        return msgspec.structs.replace(before, status="failed", reason=STRICT)
    return msgspec.structs.replace(before, status="built", reason=None)


def built(
    item: Surveyed, job: Job, made: Made, paths: Mapping[str, str], keys: dict[str, str],
    maps: dict[str, PageMap],
) -> Standing:  # fmt: skip
    """The job's editions are in place under those paths."""
    return Standing(
        origin=item.post.origin,
        source=item.post.path,
        status="built",
        record=made.record,
        editions={name: _output(paths[name], *made.editions[name]) for name in job.editions},
        notes=made.notes,
        key=item.key,
        keys=keys,
        inputs=made.inputs,
        account=accounts.place(item.post, item.record["slug"]),
        repairs=accounts.counts(made.repairs),
        maps=maps,
    )


def _output(path: str, data: bytes, pages: int | None) -> Output:
    return Output(path, hashlib.sha256(data).hexdigest(), len(data), pages)


def with_notes(made: Made, notes: tuple[Diagnostic, ...]) -> Made:
    """The same with more to be said of the post."""
    return msgspec.structs.replace(
        made, notes={**made.notes, "": (*made.notes.get("", ()), *notes)}
    )
