"""A build from its order to its summary."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import closing

from pipeline.diagnostics import Fault, fault
from pipeline.editions import editions_of, needed
from pipeline.model import Diagnostic, PageStart
from pipeline.press import (
    accounts,
    clock,
    collisions,
    files,
    fingerprints,
    ledger,
    outcomes,
    surveying,
)
from pipeline.press.collisions import Wanted
from pipeline.press.gathering import gather
from pipeline.press.interrupts import held_back
from pipeline.press.ledger import Change, Key, PageMap, Standing
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
from pipeline.press.surveying import Surveyed

SAVE_EVERY = 1.0
"""Seconds between two savings of the ledger while posts are made."""


def build(order: Order, tell: Listener) -> Summary:
    """Build what the order asks for and tell of it; the summary has the exit code.

    Raises ``Fault`` (S…) for what makes the whole run impossible, ``KeyboardInterrupt`` after the
    ledger was brought up to date.
    """
    press = _Press(order, tell)
    try:
        return press.run()
    finally:
        with held_back():
            press.save()


class _Press:
    """One run: what stood before, what changed, and the tally."""

    def __init__(self, order: Order, tell: Listener) -> None:
        self.order, self.tell, self.out = order, tell, order.out
        stamp = clock.source_date()
        self.now = stamp or dt.datetime.now(dt.UTC)
        self.epoch = stamp or clock.EPOCH
        self.before: dict[Key, Standing] = {}
        self.changes: dict[Key, Change] = {}
        self.gone: tuple[Key, ...] = ()
        self.tools: dict[int, str] = {}
        self.seen: dict[str, str | None] = {}
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
        self.before = ledger.load(self.out)
        self.gone = self._gone(found.folders, {post.key for post in found.posts})
        self.tell(Started(len(found.posts)))
        due = self._due(found.posts)
        self._say_of_decisions(found.posts)
        self._say_once_without_base_url(due)
        jobs = self._unlike_what_stands(self._apart(due))
        homes = (self.out, self.out / ledger.HOME, self.out / accounts.FOLDER)
        files.sweep({*homes, *(h / j.post.folder for j in jobs for h in (homes[0], homes[2]))})
        if jobs:
            self._make(jobs, {item.post.key: item for item in due})
        return self._summary(bool(found.faults))

    def _make(self, jobs: tuple[Job, ...], items: Mapping[Key, Surveyed]) -> None:
        from pipeline.press import engines, workers

        engines.require({engine for job in jobs for engine in job.engines()})
        with closing(workers.run(jobs, self.order.jobs)) as done:
            for job, made in done:
                with held_back():
                    self._take(job, items[job.post.key], made)
                    if time.monotonic() - self.saved > SAVE_EVERY:
                        self.save()

    def _open_folder(self) -> None:
        try:
            with files.locked(self.out / ledger.LOCK):
                pass
        except OSError as error:
            raise fault(
                "S011", f"the output folder {self.out} cannot be written: {error.strerror}",
                hint="check its permissions, or name another with -o DIR",
            ) from error  # fmt: skip

    def _gone(self, folders: frozenset[str], here: set[Key]) -> tuple[Key, ...]:
        """What stands of posts that were under these folders and are no more."""
        return tuple(
            key
            for key, post in self.before.items()
            if key[0] in folders and key not in here and not collisions.alive(post, self.out)
        )

    def _due(self, posts: tuple[Post, ...]) -> tuple[Surveyed, ...]:
        """The posts that could be read and are neither drafts nor of the future."""
        due = []
        for post in posts:
            item = surveying.survey(post, self.before, self._tools(post))
            if item.made:
                self._fail(post, item.before, item.made)
                continue
            reason = None if self.order.drafts else surveying.reason_to_wait(item, self.now)
            if reason is None:
                due.append(item)
            else:
                self._change(outcomes.skipped(item, reason))
        return tuple(due)

    def _tools(self, post: Post) -> str:
        """One digest for each publication."""
        config = id(post.config)
        if config not in self.tools:
            self.tools[config] = fingerprints.tools(post.config)
        return self.tools[config]

    def _say_of_decisions(self, posts: tuple[Post, ...]) -> None:
        """What can be said of them without reading a post; the rest is said of each post."""
        configs = {post.config.root: post.config for post in posts if post.config.decisions}
        if configs:
            from pipeline import normalize

            for config in configs.values():
                for note in normalize.without_post(config):
                    self.tell(Noted(note))

    def _say_once_without_base_url(self, due: tuple[Surveyed, ...]) -> None:
        for item in due:
            if item.post.config.settings.base_url is None and not _is_full(item.record["url"]):
                self.tell(Noted(Diagnostic(
                    "P009", "info",
                    "no base_url: the editions do not say where the posts are on the web",
                    "galley.toml", None, 'if they are on the web, set base_url = "https://…"',
                )))  # fmt: skip
                return

    def _apart(self, due: tuple[Surveyed, ...]) -> tuple[tuple[Surveyed, Wanted], ...]:
        """The posts whose outputs are theirs alone, with those outputs."""
        wanted = []
        for item in due:
            try:
                names = surveying.editions(item, self.order)
                paths = collisions.outputs(item.post, item.record["slug"], names)
                wanted.append((item, Wanted(item.post, paths)))
            except Fault as error:
                self._fail(item.post, item.before, _made(item, *error.diagnostics))
        standing = {key: post for key, post in self.before.items() if key not in self.gone}
        clashes = collisions.find(tuple(want for _, want in wanted), standing, self.out)
        for item, want in wanted:
            if want.post.key in clashes:
                self._fail(item.post, item.before, _made(item, clashes[want.post.key]))
        return tuple(pair for pair in wanted if pair[1].post.key not in clashes)

    def _unlike_what_stands(self, pairs: tuple[tuple[Surveyed, Wanted], ...]) -> tuple[Job, ...]:
        """The jobs for what would not come out as it stands; the rest is told as unchanged."""
        jobs = []
        for item, want in pairs:
            names = tuple(n for n, path in want.outputs.items() if not self._stands(item, n, path))
            if names or item.before is None:
                maps = self._maps_that_hold(item)
                jobs.append(Job(item.post, names, self.epoch, self.order.strict, maps))
            else:
                standing = outcomes.unchanged(item.before, self.order.strict, self.out)
                self._change(standing, "failed" if standing.status == "failed" else "unchanged")
        return tuple(jobs)

    def _stands(self, item: Surveyed, name: str, path: str) -> bool:
        before = item.before
        if before is None or before.key is None or name not in before.editions:
            return False
        output = before.editions[name]
        return (
            before.keys.get(name) == self._key(item, before.inputs, name)
            and output.path == path
            and fingerprints.same_inputs(before.inputs, item.post.config.root, self.seen)
            and fingerprints.file_digest(self.out / path) == output.sha256
        )

    def _key(self, item: Surveyed, inputs: Mapping[str, str | None], name: str) -> str:
        config = item.post.config
        edition = editions_of(config)[name]
        other = needed(edition, config)
        return fingerprints.of_edition(item.key, inputs, edition, other, self.epoch.isoformat())

    def _maps_that_hold(self, item: Surveyed) -> dict[str, tuple[PageStart, ...]]:
        """The page maps of the post that would come out as they stand."""
        before = item.before
        if before is None or not fingerprints.same_inputs(
            before.inputs, item.post.config.root, self.seen
        ):
            return {}
        known = editions_of(item.post.config)
        return {
            name: made.starts
            for name, made in before.maps.items()
            if name in known and made.key == self._key(item, before.inputs, name)
        }

    # What came of it -----------------------------------------------------------------------

    def _take(self, job: Job, item: Surveyed, made: Made) -> None:
        """Write a job's bytes, or say why not."""
        asked = surveying.unknown_editions(item.post, item.record["editions"])
        made = outcomes.with_notes(made, asked)
        notes = [note for found in made.notes.values() for note in found]
        if made.editions.keys() != set(job.editions) or (
            self.order.strict and outcomes.warnings(notes)
        ):
            self._fail(item.post, item.before, made)
            return
        paths = collisions.outputs(item.post, item.record["slug"], job.editions)
        try:
            data = {paths[name]: made.editions[name][0] for name in job.editions}
            sha256 = fingerprints.file_digest(item.post.file)
            account = accounts.place(item.post, item.record["slug"])
            data[account] = accounts.encode(item.post, sha256, made.repairs)
            files.write_all(self.out, data)
        except OSError as error:
            self._fail(
                item.post, item.before, outcomes.with_notes(made, (_unwritten(item, error),))
            )
            return
        keys = {name: self._key(item, made.inputs, name) for name in job.editions}
        maps = {
            name: PageMap(self._key(item, made.inputs, name), starts)
            for name, starts in made.starts.items()
        }
        standing = outcomes.built(item, job, made, paths, keys, maps)
        self._change(standing, names=frozenset(job.editions))

    def _fail(self, post: Post, before: Standing | None, made: Made) -> None:
        trace = made.trace if self.order.debug else None
        self._change(outcomes.failed(post, before, made), trace=trace)

    def _change(
        self,
        standing: Standing,
        status: Status | None = None,
        names: frozenset[str] = frozenset(),
        trace: str | None = None,
    ) -> None:
        """Note how the post stands now, and which editions are new; tell of it."""
        key = (standing.origin, standing.source)
        self.changes[key] = Change(standing, names)
        known = ledger.known_as(self.before, key)
        whole = ledger.merged(self.before[known] if known else None, self.changes[key])
        told: Status = status or whole.status
        self.tally[told] += 1
        self.tally["warnings"] += len(outcomes.warnings(whole.diagnostics))
        shown = ledger.editions_json(whole)
        self.tell(Finished(whole.source, told, whole.reason, shown, whole.diagnostics, trace))

    def save(self) -> int:
        """Bring ledger and manifest up to date; how many outputs went. A folder that cannot be
        written is told, not raised: the outputs themselves are in place."""
        if not self.changes and not self.gone:
            return 0
        changes, self.changes = self.changes, {}
        gone, self.gone = self.gone, ()
        try:
            return ledger.update(self.out, changes, gone)
        except OSError as error:
            self.tally["unsaved"] += 1
            self.tell(Noted(Diagnostic(
                "P003", "error", f"the manifest cannot be written: {error.strerror or error}",
                None, None,
                "make room, or check the permissions of the output folder, and build again",
            )))  # fmt: skip
            return 0
        finally:
            self.saved = time.monotonic()

    def _summary(self, faulty: bool) -> Summary:
        self.tally["removed"] += self.save()
        code = 2 if faulty else 1 if self.tally["failed"] or self.tally["unsaved"] else 0
        names = ("built", "unchanged", "skipped", "failed", "warnings", "removed")
        return Summary(**{name: self.tally[name] for name in names}, exit_code=code)


def _is_full(url: str | None) -> bool:
    return url is not None and "://" in url


def _made(item: Surveyed, *notes: Diagnostic) -> Made:
    """A post that failed before any of its stages ran."""
    said = tuple(note for note in item.notes if note.severity != "error")
    return Made(dict(item.record), notes={"": (*said, *notes)})


def _unwritten(item: Surveyed, error: OSError) -> Diagnostic:
    return Diagnostic(
        "P003", "error", f"its output cannot be written: {error.strerror or error}",
        item.post.path, None,
        "make room, or check the permissions of the output folder; what stood there stands",
    )  # fmt: skip
