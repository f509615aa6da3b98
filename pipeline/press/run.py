"""A build from its order to its summary. Effects of a build are here and in the files it uses."""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

import msgspec

from pipeline.config import Config
from pipeline.diagnostics import Fault, fault
from pipeline.editions import EDITIONS
from pipeline.model import Diagnostic
from pipeline.press import clock, collisions, engines, files, fingerprints, ledger, stages, workers
from pipeline.press.collisions import Wanted
from pipeline.press.gathering import gather
from pipeline.press.ledger import Change, Key, Output, Standing
from pipeline.press.orders import (
    Finished,
    Job,
    Listener,
    Made,
    Noted,
    Order,
    Post,
    Started,
    Status,
    Summary,
)

SAVE_EVERY = 1.0
"""Seconds between two savings of the ledger while posts are made."""


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A post with its record, freshly read or recalled, and what stands of it."""

    post: Post
    key: str
    record: dict[str, Any]
    notes: tuple[Diagnostic, ...]
    before: Standing | None


def build(order: Order, tell: Listener) -> Summary:
    """Build what the order asks for and tell of it; the summary has the exit code.

    Raises ``Fault`` (S…) for what makes the whole run impossible, ``KeyboardInterrupt`` after the
    ledger was brought up to date.
    """
    check_editions(order.editions)
    press = Press(order, tell)
    try:
        return press.run()
    finally:
        press.save()


def check_editions(names: Iterable[str]) -> None:
    """Raise ``Fault`` S003 for the first name that is no edition."""
    for name in names:
        if name not in EDITIONS:
            raise fault("S003", f"no edition is called {name!r}", hint=suggestion(name))


def suggestion(name: str) -> str:
    """The edition that was probably meant, or all there are."""
    close = get_close_matches(name.lower(), EDITIONS, n=1)
    return f"did you mean {close[0]}?" if close else "editions: " + ", ".join(EDITIONS)


class Press:
    """One run: what stood before, what changed, and the tally."""

    def __init__(self, order: Order, tell: Listener) -> None:
        self.order, self.tell = order, tell
        stamp = clock.source_date()
        self.now = stamp or dt.datetime.now(dt.UTC)
        self.epoch = stamp or clock.EPOCH
        self.before: dict[Key, Standing] = {}
        self.changes: dict[Key, Change] = {}
        self.gone: tuple[Key, ...] = ()
        self.tools: dict[Config | int, str] = {}
        self.tally: Counter[str] = Counter()
        self.saved = time.monotonic()

    # The run -------------------------------------------------------------------------------

    def run(self) -> Summary:
        """All of it, in the order of the stages."""
        found = gather(self.order)
        for note in found.faults:
            self.tell(Noted(note))
        if not found.posts:
            return self._summary(bool(found.faults))
        self._open_folder()
        self.before = ledger.load(self.order.out)
        self.gone = self._gone(found.folders, {post.key for post in found.posts})
        self.tell(Started(len(found.posts)))
        due = self._due(found.posts)
        self._say_once_without_base_url(due)
        jobs = self._unlike_what_stands(self._apart(due))
        engines.require(dict.fromkeys(name for job in jobs for name in job.editions))
        self._sweep(jobs)
        by_key = {item.post.key: item for item in due}
        for job, made in workers.run(jobs, self.order.jobs):
            self._take(job, by_key[job.post.key], made)
            self._save_now_and_then()
        return self._summary(bool(found.faults))

    def _summary(self, faulty: bool) -> Summary:
        removed = self.save()
        code = 2 if faulty else 1 if self.tally["failed"] else 0
        numbers = {name: self.tally[name] for name in ("built", "unchanged", "skipped", "failed")}
        return Summary(
            **numbers, warnings=self.tally["warnings"], removed=removed, exit_code=code
        )

    def _open_folder(self) -> None:
        try:
            with files.locked(self.order.out / ledger.LOCK):
                pass
        except OSError as error:
            raise fault(
                "S011", f"the output folder {self.order.out} cannot be written: {error.strerror}",
                hint="check its permissions, or name another with -o DIR",
            ) from error  # fmt: skip

    def _gone(self, folders: frozenset[str], here: set[Key]) -> tuple[Key, ...]:
        return tuple(
            key
            for key, post in self.before.items()
            if key[0] in folders and key not in here and not collisions.alive(post, self.order.out)
        )

    # What is due ---------------------------------------------------------------------------

    def _due(self, posts: tuple[Post, ...]) -> tuple[Surveyed, ...]:
        """The posts that could be read and are neither drafts nor of the future."""
        due = []
        for post in posts:
            surveyed = self._survey(post)
            if surveyed is None:
                continue
            reason = None if self.order.drafts else self._reason_to_wait(surveyed)
            if reason is None:
                due.append(surveyed)
            else:
                self._skip(surveyed, reason)
        return tuple(due)

    def _survey(self, post: Post) -> Surveyed | None:
        key = self._post_key(post)
        known = ledger.known_as(self.before, post.key)
        before = self.before[known] if known else None
        if before and before.key == key and before.record is not None:
            return Surveyed(post, key, before.record, before.diagnostics, before)
        made = stages.survey(post)
        notes = made.notes.get("", ())
        if made.record is None or any(note.severity == "error" for note in notes):
            self._fail(post, before, made)
            return None
        return Surveyed(post, key, made.record, notes, before)

    def _post_key(self, post: Post) -> str:
        config = id(post.config)
        if config not in self.tools:
            self.tools[config] = fingerprints.tools(post.config)
        try:
            content = post.file.read_bytes()
        except OSError:
            return ""  # the read stage says why
        return fingerprints.of_post(self.tools[config], post.base, post.path, content)

    def _reason_to_wait(self, item: Surveyed) -> str | None:
        if item.record["draft"]:
            return "draft"
        day = item.record["published"]
        if clock.lies_ahead(day, self.now, item.post.config.settings.zone):
            return f"future-dated: {day}"
        return None

    def _say_once_without_base_url(self, due: tuple[Surveyed, ...]) -> None:
        bare = (
            item
            for item in due
            if item.post.config.settings.base_url is None
            and "://" not in (item.record["url"] or "")
        )
        if next(bare, None):
            self.tell(Noted(Diagnostic(
                "P009", "info", "no base_url: the editions do not say where the posts are on the web",
                "galley.toml", None, 'set base_url = "https://…" if they are',
            )))  # fmt: skip

    # What is to be made --------------------------------------------------------------------

    def _apart(self, due: tuple[Surveyed, ...]) -> tuple[tuple[Surveyed, Wanted], ...]:
        """The posts whose outputs are theirs alone."""
        wanted = []
        for item in due:
            try:
                paths = collisions.outputs(item.post, item.record["slug"], self._editions(item))
                wanted.append((item, Wanted(item.post, paths)))
            except Fault as error:
                self._fail(item.post, item.before, Made(item.record, notes={"": error.diagnostics}))
        standing = {key: post for key, post in self.before.items() if key not in self.gone}
        clashes = collisions.find(tuple(want for _, want in wanted), standing, self.order.out)
        for item, want in wanted:
            if want.post.key in clashes:
                notes = (*_bearable(item.notes), clashes[want.post.key])
                self._fail(item.post, item.before, Made(item.record, notes={"": notes}))
        return tuple(pair for pair in wanted if pair[1].post.key not in clashes)

    def _editions(self, item: Surveyed) -> tuple[str, ...]:
        if self.order.editions:
            return tuple(dict.fromkeys(self.order.editions))
        names = (*item.post.config.settings.editions, *item.record["editions"])
        return tuple(name for name in dict.fromkeys(names) if name in EDITIONS)

    def _unlike_what_stands(self, pairs: tuple[tuple[Surveyed, Wanted], ...]) -> tuple[Job, ...]:
        """The jobs for what would not come out as it stands; the rest is told as unchanged."""
        jobs = []
        for item, want in pairs:
            names = tuple(n for n, path in want.outputs.items() if not self._stands(item, n, path))
            if names or item.before is None:
                jobs.append(Job(item.post, names, self.epoch))
            else:
                self._leave(item, item.before)
        return tuple(jobs)

    def _stands(self, item: Surveyed, name: str, path: str) -> bool:
        before = item.before
        if before is None or before.key is None or name not in before.editions:
            return False
        output = before.editions[name]
        return (
            before.keys.get(name) == self._edition_key(item.key, before.inputs, name)
            and output.path == path
            and fingerprints.same_inputs(before.inputs, item.post.config.root)
            and fingerprints.file_digest(self.order.out / path) == output.sha256
        )

    def _edition_key(self, key: str, inputs: dict[str, str | None], name: str) -> str:
        return fingerprints.of_edition(key, inputs, name, self.epoch.isoformat())

    def _sweep(self, jobs: tuple[Job, ...]) -> None:
        out = self.order.out
        files.sweep({out, out / ledger.HOME, *(out / job.post.folder for job in jobs)})

    # What came of it -----------------------------------------------------------------------

    def _take(self, job: Job, item: Surveyed, made: Made) -> None:
        """Write a job's bytes, or say why not."""
        notes = [note for found in made.notes.values() for note in found]
        if not made.editions or (self.order.strict and _warnings(notes)):
            self._fail(item.post, item.before, made)
            return
        record = made.record or item.record
        paths = collisions.outputs(item.post, record["slug"], job.editions)
        data = {paths[name]: made.editions[name][0] for name in job.editions}
        try:
            files.write_all(self.order.out, data)
        except OSError as error:
            self._fail(item.post, item.before, _unwritten(item.post, made, error))
            return
        self._change(
            _blank(item.post, item.before, "built", made, record),
            key=item.key,
            inputs=made.inputs,
            keys={n: self._edition_key(item.key, made.inputs, n) for n in job.editions},
            editions={n: _output(paths[n], *made.editions[n]) for n in job.editions},
        )

    def _leave(self, item: Surveyed, before: Standing) -> None:
        if self.order.strict and _warnings(before.diagnostics):
            standing = msgspec.structs.replace(before, status="failed", reason=STRICT)
            self._change(standing, status="failed")
        else:
            standing = msgspec.structs.replace(before, status="built", reason=None)
            self._change(standing, status="unchanged")

    def _skip(self, item: Surveyed, reason: str) -> None:
        before = item.before
        if before and before.key == item.key:
            standing = msgspec.structs.replace(before, status="skipped", reason=reason)
        else:
            made = Made(item.record, notes={"": item.notes})
            standing = _blank(item.post, before, "skipped", made, item.record)
            standing = msgspec.structs.replace(standing, reason=reason, key=item.key)
        self._change(standing)

    def _fail(self, post: Post, before: Standing | None, made: Made) -> None:
        record = before.record if before and before.editions else made.record
        standing = _blank(post, before, "failed", made, record)
        errors = [note.message for note in standing.diagnostics if note.severity == "error"]
        self._change(
            msgspec.structs.replace(standing, reason=errors[0] if errors else STRICT),
            trace=made.trace if self.order.debug else None,
        )

    def _change(
        self, standing: Standing, status: Status | None = None, trace: str | None = None, **more: Any
    ) -> None:
        """Note how the post stands now, and tell of it."""
        mine = frozenset(more.get("editions", ()))
        change = Change(msgspec.structs.replace(standing, **more), mine)
        key = (standing.origin, standing.source)
        self.changes[key] = change
        known = ledger.known_as(self.before, key)
        whole = ledger.merged(self.before[known] if known else None, change)
        told: Status = status or standing.status  # type: ignore[assignment]
        self.tally[told] += 1
        self.tally["warnings"] += len(_warnings(whole.diagnostics))
        shown = ledger.editions_json(whole)
        self.tell(Finished(whole.source, told, whole.reason, shown, whole.diagnostics, trace))

    def save(self) -> int:
        """Bring ledger and manifest up to date; how many outputs went. Told, not raised: the
        outputs themselves are in place."""
        if not self.changes and not self.gone:
            return 0
        self.saved = time.monotonic()
        changes, self.changes = self.changes, {}
        gone, self.gone = self.gone, ()
        try:
            return ledger.update(self.order.out, changes, gone)
        except OSError as error:
            self.tally["failed"] += 1
            self.tell(Noted(Diagnostic(
                "P003", "error", f"the manifest cannot be written: {error.strerror}",
                None, None, "make room or check the permissions of the output folder; build again",
            )))  # fmt: skip
            return 0

    def _save_now_and_then(self) -> None:
        if time.monotonic() - self.saved > SAVE_EVERY:
            self.save()


STRICT = "a warning under --strict"


def _warnings(notes: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [note for note in notes if note.severity == "warning"]


def _bearable(notes: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(note for note in notes if note.severity != "error")


def _blank(
    post: Post, before: Standing | None, status: Status, made: Made, record: dict[str, Any] | None
) -> Standing:
    """The post with what was noted now, and the editions that stand."""
    return Standing(
        origin=post.origin,
        source=post.path,
        status=status,
        record=record,
        editions=before.editions if before else {},
        notes=made.notes,
    )


def _output(path: str, data: bytes, pages: int | None) -> Output:
    return Output(path, hashlib.sha256(data).hexdigest(), len(data), pages)


def _unwritten(post: Post, made: Made, error: OSError) -> Made:
    said = Diagnostic(
        "P003", "error", f"its output cannot be written: {error.strerror or error}", post.path,
        None, "make room or check the permissions of the output folder; what stood there stands",
    )  # fmt: skip
    return replace(made, editions={}, notes={**made.notes, "": (*made.notes.get("", ()), said)})
