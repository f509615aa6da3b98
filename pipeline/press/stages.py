"""One post through the stages: read, normalize, convert, render. Bytes come back, none is
written. Whatever a stage raises becomes a diagnostic that names the post and the stage."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from pipeline import editions, read
from pipeline.diagnostics import Fault, fault
from pipeline.editions import Desk, needed
from pipeline.model import Diagnostic, Document, Manuscript, PageStart, Repair, Source
from pipeline.press import accounts, auditing, fingerprints
from pipeline.press.orders import Job, Made, Post

T = TypeVar("T")


@dataclass(slots=True)
class _Notebook:
    """What was noted so far, by edition; ``broken`` once an error is among it."""

    path: str
    notes: dict[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    trace: str | None = None
    broken: bool = False

    def add(self, edition: str, found: tuple[Diagnostic, ...]) -> None:
        whole = dict.fromkeys((*self.notes.get(edition, ()), *found))
        self.notes[edition] = tuple(whole)
        self.broken = self.broken or any(note.severity == "error" for note in found)

    @contextmanager
    def stage(self, name: str, edition: str = "") -> Iterator[None]:
        """Turn what is raised inside into a diagnostic; only an interrupt passes."""
        try:
            yield
        except Fault as error:
            self.add(edition, error.diagnostics)
        except (KeyboardInterrupt, SystemExit):
            raise
        except MemoryError:
            self.add(edition, (self._too_much(name),))
        except BaseException as error:  # a panic of nh3 is no Exception
            self.trace = traceback.format_exc()
            self.add(edition, (internal_fault(self.path, name, error),))

    def _too_much(self, name: str) -> Diagnostic:
        return Diagnostic(
            "P007", "error", f"the post needs more memory than it may have ({name})", self.path,
            None, "split the post, or make its pictures and tables smaller",
        )  # fmt: skip


def internal_fault(path: str, stage: str, error: BaseException) -> Diagnostic:
    """A mistake of Galley's own, told without a traceback."""
    kind = type(error).__name__
    text = " ".join(str(error).split())[:200]
    if isinstance(error, RecursionError):
        return Diagnostic(
            "P004", "error", f"the post is nested too deep for the {stage} stage", path, None,
            "take some levels out of its lists, quotes or HTML",
        )  # fmt: skip
    return Diagnostic(
        "P004", "error", f"internal fault in the {stage} stage: {kind}: {text}".rstrip(": "), path,
        None, "a mistake of Galley's: please report it, with what --debug prints",
    )  # fmt: skip


def survey(post: Post) -> Made:
    """The post's record without the rest: enough to know its outputs and whether it is due."""
    book = _Notebook(post.path)
    record: dict[str, Any] | None = None
    with book.stage("read"):
        source = load(post)
        book.add("", source.diagnostics)
        metadata, found = read.record(source, post.config)
        book.add("", found)
        record = _plain(read.as_json(metadata))
    return Made(record, notes=book.notes, trace=book.trace)


def make(job: Job) -> Made:
    """The job's editions. If a stage fails, those after it are not tried, and no edition goes
    out: a post is printed whole or not at all."""
    book = _Notebook(job.post.path)
    document, record, repairs = _document(job.post, book)
    if document is None or book.broken:
        return Made(record, notes=book.notes, trace=book.trace)
    inputs = fingerprints.of_inputs(document.inputs, job.post.config.root)
    rendered, starts = _rendered(document, job, book)
    if job.strict:
        _audit(job, record or {}, rendered, book)
    if book.broken:
        rendered = {}
    plain = accounts.plain(repairs)
    return Made(record, rendered, book.notes, inputs, plain, book.trace, starts)


def _rendered(
    document: Document, job: Job, book: _Notebook
) -> tuple[dict[str, tuple[bytes, int | None]], dict[str, tuple[PageStart, ...]]]:
    """The editions and the page maps that came of it. What needs the pages of another edition
    comes after it; if that is not to be made, its pages are set without being written."""
    config = job.post.config
    made: dict[str, tuple[bytes, int | None]] = {}
    starts = dict(job.starts)
    order = [(edition, needed(edition, config)) for edition in job.made_of()]
    for edition, other in sorted(order, key=lambda pair: pair[1] is not None):
        with book.stage(f"render {edition.name}", edition.name):
            desk = Desk(config, job.epoch)
            if other is not None:
                if other.name not in starts:
                    starts[other.name] = editions.starts(document, other, desk)
                desk = replace(desk, starts=starts[other.name])
            result = editions.render(document, edition, desk)
            book.add(edition.name, result.diagnostics)
            made[edition.name] = (result.data, result.pages)
            if result.starts:
                starts[edition.name] = result.starts
    return made, starts


def _audit(
    job: Job,
    record: dict[str, Any],
    rendered: dict[str, tuple[bytes, int | None]],
    book: _Notebook,
) -> None:
    """Compare what was made with the record."""
    for edition in job.made_of():
        if edition.name in rendered:
            data = rendered[edition.name][0]
            found = auditing.notes(job.post.path, record, edition.name, edition.extension, data)
            book.add(edition.name, found)


def edited(post: Post) -> tuple[Manuscript | None, tuple[Diagnostic, ...]]:
    """The post with its repairs, for the editor to look at, and what is wrong with it; None if it
    cannot be read. Never raises for a post."""
    from pipeline import normalize

    try:
        manuscript = normalize.manuscript(load(post), post.config)
    except Fault as error:
        return None, error.diagnostics
    except Exception as error:
        return None, (internal_fault(post.path, "normalize", error),)
    return manuscript, tuple(dict.fromkeys(manuscript.diagnostics))


def load(post: Post) -> Source:
    """The post taken apart. Raises ``Fault`` R014 for a link that leads out of the publication:
    whoever sends in a post must not have other files of this machine printed."""
    keep_inside(post, post.config.root)
    source = read.load(post.file, post.path, post.config.settings.limits)
    return replace(source, family=post.family)


def keep_inside(post: Post, root: Path) -> None:
    """Raise ``Fault`` R014 if the post is a link that leads out of ``root``."""
    place = Path(os.path.realpath(post.file))
    if post.file.is_symlink() and not place.is_relative_to(root):
        raise fault(
            "R014", "this is a link to a file outside the publication", path=post.path,
            hint="copy the file here, or put galley.toml into a folder that holds both",
        )  # fmt: skip


def _document(
    post: Post, book: _Notebook
) -> tuple[Document | None, dict[str, Any] | None, tuple[Repair, ...]]:
    from pipeline import convert, normalize

    config = post.config
    source = _do(book, "read", lambda: load(post))
    if source is None:
        return None, None, ()
    manuscript = _do(book, "normalize", lambda: normalize.manuscript(source, config))
    if manuscript is None:
        return None, None, ()
    record = _plain(read.as_json(manuscript.record))
    document = _do(book, "convert", lambda: convert.document((manuscript,), config))
    return document, record, manuscript.repairs


def _do(book: _Notebook, name: str, step: Callable[[], T]) -> T | None:
    result: T | None = None
    with book.stage(name):
        result = step()
        book.add("", getattr(result, "diagnostics", ()))
    return result


def _plain(record: dict[str, Any]) -> dict[str, Any]:
    """The record as JSON has it: text for keys and dates, no half of a surrogate pair."""
    plain: dict[str, Any] = msgspec.to_builtins(record, str_keys=True)
    try:
        msgspec.json.encode(plain)
    except UnicodeEncodeError:
        plain = _mended(plain)
    return plain


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_mended(key): _mended(inner) for key, inner in value.items()}
    return [_mended(inner) for inner in value] if isinstance(value, list) else value
