"""What is asked of the press, and what it tells while it works: plain values.

A *post* here is one source file of one PATH. Its *origin* is that PATH as seen from the output
folder, so that the pair travels together; posts are told apart by origin and source path.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import msgspec

from pipeline.config import Config
from pipeline.editions import Edition, editions_of, needed
from pipeline.model import Diagnostic, Family, PageStart

Status = Literal["built", "unchanged", "skipped", "failed"]


class Order(msgspec.Struct, frozen=True):
    """One call of ``galley build``. Empty ``editions`` means those of the settings and the post's
    own; ``jobs`` is how many posts may be made at once (0: one for each processor)."""

    paths: tuple[Path, ...]
    out: Path
    editions: tuple[str, ...] = ()
    jobs: int = 0
    drafts: bool = False
    strict: bool = False
    debug: bool = False
    assignments: tuple[str, ...] = ()


class Post(msgspec.Struct, frozen=True):
    """A source file to build. ``file`` is absolute, ``path`` relative to PATH (as ``source`` in
    the manifest), ``origin`` is PATH relative to the output folder, ``base`` is PATH's folder
    relative to the publication root, ``family`` what most other posts of its folder are."""

    origin: str
    path: str
    file: Path
    base: str
    config: Config
    family: Family = ""

    @property
    def key(self) -> tuple[str, str]:
        """What tells this post from every other in the output folder."""
        return self.origin, self.path

    @property
    def folder(self) -> str:
        """The folder of the outputs, relative to the output folder, with a final slash or empty."""
        head, slash, _ = self.path.rpartition("/")
        return head + slash


class Job(msgspec.Struct, frozen=True):
    """The work on one post that is left when what is unchanged has been set aside. ``strict``: what
    was made is compared with the record. ``starts`` are the page maps that still hold, by
    edition."""

    post: Post
    editions: tuple[str, ...]
    epoch: dt.datetime
    strict: bool = False
    starts: dict[str, tuple[PageStart, ...]] = {}

    def made_of(self) -> tuple[Edition, ...]:
        """The entries of its editions, as the post's publication has them."""
        known = editions_of(self.post.config)
        return tuple(known[name] for name in self.editions)

    def engines(self) -> set[str]:
        """What makes its editions, and sets the pages that only another edition must know."""
        names = set()
        for edition in self.made_of():
            other = needed(edition, self.post.config)
            names.add(edition.engine)
            if other is not None and other.name not in self.starts:
                names.add(other.engine)
        return names


class Made(msgspec.Struct, frozen=True):
    """What came of a job: bytes for each edition if all went well, diagnostics by edition (the
    empty name for the stages before), the record, digests of the files looked at, the repairs as
    the post's account has them, and the page maps that were made, by edition."""

    record: dict[str, Any] | None = None
    editions: dict[str, tuple[bytes, int | None]] = {}
    notes: dict[str, tuple[Diagnostic, ...]] = {}
    inputs: dict[str, str | None] = {}
    repairs: tuple[dict[str, Any], ...] = ()
    trace: str | None = None
    starts: dict[str, tuple[PageStart, ...]] = {}


class Started(msgspec.Struct, frozen=True):
    """So many posts will be reported."""

    posts: int


class Noted(msgspec.Struct, frozen=True):
    """A diagnostic on the run or the publication, not on a post."""

    diagnostic: Diagnostic


class Finished(msgspec.Struct, frozen=True):
    """A post is done with. ``editions`` are what stands of it, as the manifest lists them."""

    source: str
    status: Status
    reason: str | None
    editions: dict[str, Any]
    diagnostics: tuple[Diagnostic, ...]
    trace: str | None = None


class Summary(msgspec.Struct, frozen=True):
    """The whole run in numbers; ``exit_code`` as the contract of the command line has it."""

    built: int = 0
    unchanged: int = 0
    skipped: int = 0
    failed: int = 0
    warnings: int = 0
    removed: int = 0
    exit_code: int = 0


Event = Started | Noted | Finished
Listener = Callable[[Event], None]
