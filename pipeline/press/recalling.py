"""From what stands in an output folder back to the sources that it was made of."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.config import load, publication_root
from pipeline.press.ledger import UNKNOWN, Standing
from pipeline.press.orders import Made, Post


def posts(standing: Standing, out: Path, assignments: tuple[str, ...]) -> Iterator[Post]:
    """The post as a build of its folder, and as one of its file alone would find it; none if the
    source is gone or unknown. Raises ``Fault`` S… for settings that cannot be read."""
    if standing.origin.startswith(UNKNOWN):
        return
    folder = Path(os.path.normpath(out.resolve() / standing.origin))
    file = folder / standing.source
    if not file.is_file():
        return
    for root in dict.fromkeys((publication_root(folder), publication_root(file))):
        base = Path(os.path.relpath(folder, root)).as_posix()
        yield Post(standing.origin, standing.source, file, base, load(root, assignments))


def changed(
    standing: Standing, out: Path, assignments: tuple[str, ...]
) -> Mapping[str, tuple[Any, Any]]:
    """The fields of the record in which a fresh reading of the source differs: what stands, what
    the source says now. Under the key ``""`` why it cannot be read any more."""
    from pipeline.press import stages

    best: dict[str, tuple[Any, Any]] | None = None
    for post in posts(standing, out, assignments):
        found = _differences(standing.record or {}, stages.survey(post))
        best = found if best is None or len(found) < len(best) else best
    return best or {}


def _differences(stands: Mapping[str, Any], made: Made) -> dict[str, tuple[Any, Any]]:
    errors = [n.message for notes in made.notes.values() for n in notes if n.severity == "error"]
    if made.record is None or errors:
        return {"": (None, "; ".join(errors))}
    keys = dict.fromkeys((*stands, *made.record))
    pairs = {key: (stands.get(key), made.record.get(key)) for key in keys}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}
