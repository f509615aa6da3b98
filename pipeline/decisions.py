"""``galley.repairs.toml``: what the editor decided of repairs, read once beside ``galley.toml``.

A decision accepts or refuses one repair of a post, a rule in one post, or a rule everywhere; the
narrower one wins. One repair is named by its code and a :func:`fingerprint` of the text it would
change, so the name stands while other parts of the post are edited.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from pipeline.diagnostics import fault
from pipeline.model import Repair

NAME = "galley.repairs.toml"
VERDICTS = ("accept", "refuse")
KEYS = ("repair", "rule", "post")

Verdict = Literal["accept", "refuse"]

_REPAIR = re.compile(r"[A-Z]\d{3}:[0-9a-f]{8}(?:-[1-9]\d{0,4})?")
_TABLE = re.compile(r"\s*\[\[\s*(accept|refuse)\s*\]\]")


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry. ``what`` is ``CODE:FINGERPRINT`` for one repair (``-2`` behind it: for that on the
    second place with its words), a bare ``CODE`` for a rule;
    ``post`` is the post's path as seen from the publication root, None for all of them; ``line``
    is where the entry stands in the file."""

    verdict: Verdict
    what: str
    post: str | None
    line: int

    @property
    def rule(self) -> str:
        """The code of the rule."""
        return self.what[:4]


def fingerprint(repair: Repair) -> str:
    """The name of a repair in its post: that of its words, and where these stand more than once
    in the post, a hyphen and the number of the place."""
    return of_words(repair) + (f"-{repair.occurrence}" if repair.occurrence else "")


def of_words(repair: Repair) -> str:
    """``CODE:`` and eight hexadecimal digits made of the code and of the words to be changed, in
    whatever way they are spaced: the name of all repairs of one rule on the same words."""
    words = " ".join(" ".join(repair.before).split())
    return f"{repair.code}:{hashlib.sha256(f'{repair.code} {words}'.encode()).hexdigest()[:8]}"


def load(root: Path) -> tuple[Decision, ...]:
    """The decisions of the publication, none without the file.

    Raises ``Fault`` S014 (not readable as TOML), S015 (an entry that says something else).
    """
    try:
        text = (root / NAME).read_bytes().decode("utf-8-sig")
        table = tomllib.loads(text)
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError as error:
        raise _unreadable("is not UTF-8", "save the file as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(f"is not valid TOML: {error}", "text values stand in quotes") from error
    except OSError as error:
        hint = "check the file's permissions"
        raise _unreadable(f"cannot be read: {error.strerror}", hint) from error
    for key in table:
        if key not in VERDICTS:
            raise _wrong(f"{key!r} is no decision", "entries are [[accept]] and [[refuse]]")
    lines = _places(text)
    found = [
        _decision(verdict, entry, lines[verdict][number : number + 1])
        for verdict in VERDICTS
        for number, entry in enumerate(_entries(table, verdict))
    ]
    return _agreeing(sorted(found, key=lambda decision: decision.line))


def _places(text: str) -> dict[str, list[int]]:
    """The lines on which the entries of each kind begin, in order."""
    places: dict[str, list[int]] = {verdict: [] for verdict in VERDICTS}
    for number, line in enumerate(text.split("\n"), 1):
        if match := _TABLE.match(line):
            places[match[1]].append(number)
    return places


def _entries(table: dict[str, Any], verdict: str) -> list[Any]:
    entries = table.get(verdict, [])
    if not isinstance(entries, list):
        raise _wrong(f"{verdict} is no list of entries", f"each begins with [[{verdict}]]")
    return entries


def _decision(verdict: Any, entry: Any, place: list[int]) -> Decision:
    line = place[0] if place else 1
    if not isinstance(entry, dict) or not all(isinstance(v, str) for v in entry.values()):
        raise _wrong("an entry holds texts in quotes", 'such as rule = "N204"', line)
    for key in entry:
        if key not in KEYS:
            raise _wrong(f"an entry has no key {key!r}", "keys: " + ", ".join(KEYS), line)
    if ("repair" in entry) == ("rule" in entry):
        raise _wrong("an entry names either a repair or a rule", 'such as rule = "N204"', line)
    what: str = entry.get("repair") or entry.get("rule") or ""
    post: str | None = entry.get("post")
    if "repair" in entry and not (_REPAIR.fullmatch(what) and post):
        hint = "galley check prints the lines to paste, repair and post"
        raise _wrong("a repair has a name such as N204:1a2b3c4d, and its post", hint, line)
    return Decision(verdict, what, PurePosixPath(post).as_posix() if post else None, line)


def _agreeing(found: list[Decision]) -> tuple[Decision, ...]:
    """The decisions, if no two say opposite things of the same."""
    said: dict[tuple[str, str | None], Decision] = {}
    for decision in found:
        other = said.setdefault((decision.what, decision.post), decision)
        if other.verdict != decision.verdict:
            raise _wrong(
                f"{decision.what} is accepted and refused", f"see line {other.line}", decision.line
            )
    return tuple(found)


def _unreadable(what: str, hint: str) -> Exception:
    return fault("S014", f"{NAME} {what}", path=NAME, hint=hint)


def _wrong(message: str, hint: str, line: int | None = None) -> Exception:
    return fault("S015", message, path=NAME, line=line, hint=hint)
