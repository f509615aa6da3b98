"""What a post says of itself, freshly read or recalled, and whether it is due."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from pipeline.config import Config
from pipeline.diagnostics import fault
from pipeline.editions.entries import editions_of, meant
from pipeline.model import Diagnostic
from pipeline.press import clock, fingerprints, ledger
from pipeline.press.ledger import Key, Standing
from pipeline.press.orders import Made, Order, Post


class Surveyed(msgspec.Struct, frozen=True):
    """A post with its record and what stands of it. ``made`` is what a reading that failed left
    behind, None if all is well."""

    post: Post
    key: str
    record: Mapping[str, Any]
    notes: tuple[Diagnostic, ...]
    before: Standing | None
    made: Made | None = None


def survey(post: Post, before: Mapping[Key, Standing], tools: str) -> Surveyed:
    """The post's record: recalled if neither the post nor the tools changed, else read."""
    known = ledger.known_as(before, post.key)
    standing = before[known] if known else None
    content = fingerprints.file_digest(post.file)  # without it, the read stage says why
    key = fingerprints.of_post(tools, post, content) if content else ""
    if standing and key and standing.key == key and standing.record is not None:
        return Surveyed(post, key, standing.record, standing.diagnostics, standing)
    from pipeline.press import stages

    made = stages.survey(post)
    notes = made.notes.get("", ())
    if made.record is None or any(note.severity == "error" for note in notes):
        return Surveyed(post, key, made.record or {}, notes, standing, made)
    notes += unknown_editions(post, made.record["editions"])
    return Surveyed(post, key, made.record, notes, standing)


def reason_to_wait(item: Surveyed, now: dt.datetime) -> str | None:
    """Why a post is skipped, None if it is due."""
    if item.record["draft"]:
        return "draft"
    day = item.record["published"]
    if clock.lies_ahead(day, now, item.post.config.settings.zone):
        return f"future-dated: {day}"
    return None


def editions(item: Surveyed, order: Order) -> tuple[str, ...]:
    """What is to be made of the post: what the command names, else the settings and the post."""
    if order.editions:
        return tuple(dict.fromkeys(order.editions))
    config = item.post.config
    known = editions_of(config)
    names = (*config.settings.editions, *item.record["editions"])
    return tuple(name for name in dict.fromkeys(names) if name in known)


def check_editions(names: Iterable[str], config: Config, path: str | None = None) -> None:
    """Raise ``Fault`` S003 for the first name that is no edition of the publication."""
    known = editions_of(config)
    for name in names:
        if name not in known:
            raise fault(
                "S003", f"no edition is called {name!r}", path=path, hint=meant(name, known)
            )


def unknown_editions(post: Post, names: Iterable[str]) -> tuple[Diagnostic, ...]:
    """A warning for each edition that the post asks for and nobody can make."""
    known = editions_of(post.config)
    unknown = [name for name in names if name not in known]
    line = _line_of(post, "editions") if unknown else None
    return tuple(
        Diagnostic(
            "P008", "warning", f"no edition is called {name!r}", post.path, line, meant(name, known)
        )
        for name in unknown
    )


def _line_of(post: Post, key: str) -> int | None:
    lines = post.file.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    places = (n for n, line in enumerate(lines, 1) if re.match(rf'\s*"?{key}"?\s*[:=]', line))
    return next(places, None)
