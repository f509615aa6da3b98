"""What a post says of itself, freshly read or recalled, and whether it is due."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

import msgspec

from pipeline.diagnostics import fault
from pipeline.editions import EDITIONS
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
    decided = fingerprints.of_decisions(post)
    key = fingerprints.of_post(tools, post.base, post.path, content, decided) if content else ""
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
    """What is to be made of the post: what the command names, else the settings and the post.
    Raises ``Fault`` S003 for settings that name none of ours."""
    if order.editions:
        return tuple(dict.fromkeys(order.editions))
    names = (*item.post.config.settings.editions, *item.record["editions"])
    return tuple(name for name in dict.fromkeys(names) if name in EDITIONS)


def check_editions(names: Iterable[str], path: str | None = None) -> None:
    """Raise ``Fault`` S003 for the first name that is no edition."""
    for name in names:
        if name not in EDITIONS:
            raise fault("S003", f"no edition is called {name!r}", path=path, hint=suggestion(name))


def suggestion(name: str) -> str:
    """The edition that was probably meant, or all there are."""
    close = get_close_matches(name.lower(), EDITIONS, n=1)
    return f"did you mean {close[0]}?" if close else "editions: " + ", ".join(EDITIONS)


def unknown_editions(post: Post, names: Iterable[str]) -> tuple[Diagnostic, ...]:
    """A warning for each edition that the post asks for and nobody can make."""
    unknown = [name for name in names if name not in EDITIONS]
    line = _line_of(post, "editions") if unknown else None
    return tuple(
        Diagnostic(
            "P008", "warning", f"no edition is called {name!r}", post.path, line, suggestion(name)
        )
        for name in unknown
    )


def _line_of(post: Post, key: str) -> int | None:
    lines = post.file.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    places = (n for n, line in enumerate(lines, 1) if re.match(rf'\s*"?{key}"?\s*[:=]', line))
    return next(places, None)
