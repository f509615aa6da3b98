"""What stands in the output folder: ``manifest.json`` for others, ``.galley/ledger.json`` for us.

The ledger has everything, the manifest is made from it. Both are the same bytes for the same
state: sorted, without times, without absolute paths. Several runs may share the folder: each
reads the ledger anew under a lock and changes only what it built, edition by edition.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

from pipeline.diagnostics import as_json
from pipeline.model import Diagnostic, PageStart
from pipeline.press import files

MANIFEST = "manifest.json"
HOME = ".galley"
LEDGER = f"{HOME}/ledger.json"
LOCK = f"{HOME}/lock"
VERSION = 1
UNKNOWN = "\0"
"""How the origin of a post begins whose ledger was lost: no path can."""

Key = tuple[str, str]


class Output(msgspec.Struct, frozen=True):
    """A file that stands: path relative to the output folder, digest, size in bytes, pages."""

    path: str
    sha256: str
    bytes: int
    pages: int | None = None


class PageMap(msgspec.Struct, frozen=True):
    """Where the pages of an edition begin, and the fingerprint of the edition that they are of."""

    key: str
    starts: tuple[PageStart, ...]


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What stands of one post.

    ``key`` is the post's fingerprint, None when it has to be read again. ``keys`` are those of
    the editions, ``inputs`` the digests of files looked at. ``notes`` are diagnostics by edition
    (the empty name for the stages before). ``account`` is the path of the account of its repairs,
    ``repairs`` how many there are of each code. ``maps`` are page maps by edition, also of one
    that was only laid out for another's sake.
    """

    origin: str
    source: str
    status: Literal["built", "failed", "skipped"]
    reason: str | None = None
    record: dict[str, Any] | None = None
    editions: dict[str, Output] = {}
    notes: dict[str, tuple[Diagnostic, ...]] = {}
    key: str | None = None
    keys: dict[str, str] = {}
    inputs: dict[str, str | None] = {}
    account: str | None = None
    repairs: dict[str, int] = {}
    maps: dict[str, PageMap] = {}

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All of them in the manifest's order, each once."""
        found = [note for name in sorted(self.notes) for note in self.notes[name]]
        return tuple(dict.fromkeys(found))


class _Ledger(msgspec.Struct):
    version: int
    posts: list[Standing]


class Change(msgspec.Struct, frozen=True):
    """A post as this run leaves it, and the editions that it speaks for."""

    standing: Standing
    editions: frozenset[str]


def load(out: Path) -> dict[Key, Standing]:
    """What stands, by origin and source. Without a readable ledger the manifest's posts are taken
    up with an unknown origin, to be adopted when they are built again. Raises ``OSError``."""
    try:
        known = msgspec.json.decode((out / LEDGER).read_bytes(), type=_Ledger)
    except (FileNotFoundError, msgspec.MsgspecError):
        try:
            return _from_manifest(out)
        except (msgspec.MsgspecError, KeyError, TypeError):
            return {}  # no manifest that we wrote
    return {(post.origin, post.source): post for post in known.posts}


def known_as(posts: Mapping[Key, Standing], key: Key) -> Key | None:
    """Under which key a post stands: its own, or that of an entry of unknown origin."""
    if key in posts:
        return key
    lost = (k for k in posts if k[1] == key[1] and k[0].startswith(UNKNOWN))
    return next(lost, None)


def _from_manifest(out: Path) -> dict[Key, Standing]:
    posts = manifest_posts(out)
    found = {}
    for number, post in enumerate(posts):
        origin = f"{UNKNOWN}{number}"
        notes = msgspec.convert(post.get("diagnostics", []), tuple[Diagnostic, ...])
        found[origin, post["source"]] = Standing(
            origin=origin,
            source=post["source"],
            status=post["status"],
            reason=post.get("reason"),
            record=post.get("record"),
            editions=msgspec.convert(post.get("editions", {}), dict[str, Output]),
            notes={"": notes} if notes else {},
            repairs=msgspec.convert(post.get("repairs", {}), dict[str, int]),
        )
    return found


def manifest_posts(out: Path) -> list[dict[str, Any]]:
    """The manifest's posts, none if there is no manifest. Raises as ``load`` does."""
    try:
        data = (out / MANIFEST).read_bytes()
    except FileNotFoundError:
        return []
    return msgspec.json.decode(data, type=dict[str, Any]).get("posts", [])  # type: ignore[no-any-return]


def update(out: Path, changes: Mapping[Key, Change], gone: Iterable[Key] = ()) -> int:
    """Bring the changes into ledger and manifest, remove outputs that nothing claims any more
    (those of posts that are gone, and former names of what was built anew); how many went.

    Raises ``OSError`` when the folder cannot be written.
    """
    with files.locked(out / LOCK):
        before = load(out)
        after = dict(before)
        for key in gone:
            after.pop(key, None)
        for key, change in changes.items():
            former = known_as(before, key)
            after.pop(former or key, None)
            after[key] = merged(before[former] if former else None, change)
        _release(
            after, {o.path: k for k, c in changes.items() for o in c.standing.editions.values()}
        )
        _write(out, after)
        files.remove(out, sorted(_accounts(before) - _accounts(after)))
        return files.remove(out, sorted(_paths(before) - _paths(after)))


def merged(before: Standing | None, change: Change) -> Standing:
    """The post as it stands after this run: its own editions from the change, others kept."""
    mine, names = change.standing, change.editions
    if before is None:
        return msgspec.structs.replace(mine, notes={n: f for n, f in mine.notes.items() if f})

    def join(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
        kept = {name: old[name] for name in old if name not in names}
        return kept | {name: new[name] for name in new if name in names}

    notes = {name: _bearable(before.notes.get(name, ())) for name in before.editions} | mine.notes
    return msgspec.structs.replace(
        mine,
        editions=join(before.editions, mine.editions),
        keys=join(before.keys, mine.keys) if mine.key is not None else {},
        notes={name: found for name, found in notes.items() if found},
        maps=before.maps | mine.maps,
    )


def _bearable(notes: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """What is still to be said of an edition that stands: not why an attempt on it failed."""
    return tuple(note for note in notes if note.severity != "error")


def _release(posts: dict[Key, Standing], owners: Mapping[str, Key]) -> None:
    """Take from other entries the outputs that were built anew by these owners."""
    for key, post in posts.items():
        kept = {n: o for n, o in post.editions.items() if owners.get(o.path, key) == key}
        if len(kept) < len(post.editions):
            posts[key] = msgspec.structs.replace(post, editions=kept)


def _paths(posts: Mapping[Key, Standing]) -> set[str]:
    return {output.path for post in posts.values() for output in post.editions.values()}


def _accounts(posts: Mapping[Key, Standing]) -> set[str]:
    return {post.account for post in posts.values() if post.account}


def _write(out: Path, posts: Mapping[Key, Standing]) -> None:
    ordered = sorted(posts.values(), key=lambda post: (post.source, post.origin))
    ledger = msgspec.json.encode(_Ledger(VERSION, ordered), order="sorted") + b"\n"
    manifest = {"version": VERSION, "posts": [entry(post) for post in ordered]}
    text = msgspec.json.format(msgspec.json.encode(manifest, order="sorted"), indent=2) + b"\n"
    files.write_changed(out, {LEDGER: ledger, MANIFEST: text})


def entry(post: Standing) -> dict[str, Any]:
    """The post as the manifest has it."""
    return {
        "source": post.source,
        "status": post.status,
        "reason": post.reason,
        "record": post.record,
        "editions": editions_json(post),
        "diagnostics": [as_json(note) for note in post.diagnostics],
        "repairs": post.repairs,
    }


def editions_json(post: Standing) -> dict[str, Any]:
    """The post's outputs as the manifest has them."""
    return {name: msgspec.to_builtins(post.editions[name]) for name in sorted(post.editions)}
