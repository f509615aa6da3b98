"""The proof's pages in the output folder: their names, their writing, the list of what was written.

``_proof/`` holds the pages of one run. The list in ``.galley/proof.json`` is written before the
first page and after the last, so whatever a run that died has left is known to the next one and
to ``galley clean``.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

import msgspec

from pipeline.press import files
from pipeline.press.ledger import HOME, LOCK
from pipeline.press.orders import Post

FOLDER = "_proof"
LIST = f"{HOME}/proof.json"
VERSION = 1
LONGEST = 200
"""Bytes of a file's name before its ending; the rest of a longer one is told by a digest."""

Put = Callable[[str, bytes], None]


class _Listed(msgspec.Struct):
    version: int
    files: list[str]


def names(posts: Iterable[Post], taken: Iterable[str]) -> tuple[str, ...]:
    """A page's path for each post, relative to the proof's folder: that of the source and
    ``.html``. Where two would be one file on some machine, a number sets them apart."""
    seen = {_folded(name) for name in taken}
    found = []
    for post in posts:
        stem = _shortened(post.path)
        name, number = f"{stem}.html", 1
        while _folded(name) in seen:
            number += 1
            name = f"{stem}-{number}.html"
        seen.add(_folded(name))
        found.append(name)
    return tuple(found)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _shortened(path: str) -> str:
    folder, last = PurePosixPath(path).parent, PurePosixPath(path).name
    data = last.encode()
    if len(data) > LONGEST:
        digest = hashlib.sha256(data).hexdigest()[:8]
        last = f"{data[:LONGEST].decode(errors='ignore')}-{digest}"
    return (folder / last).as_posix()


def listed(out: Path) -> tuple[str, ...]:
    """The files that proofs have written there, relative to ``out``; none without a list that can
    be read. Raises ``OSError``."""
    try:
        return tuple(msgspec.json.decode((out / LIST).read_bytes(), type=_Listed).files)
    except (FileNotFoundError, msgspec.MsgspecError):
        return ()


@contextmanager
def writing(out: Path, pages: Iterable[str]) -> Iterator[Put]:
    """A function that puts a page (path relative to the proof's folder) in place; what stands as
    it should is left alone. At the end the pages of former runs go that are not among ``pages``.
    Raises ``OSError``."""
    wanted = sorted(f"{FOLDER}/{page}" for page in pages)
    with files.locked(out / LOCK):
        former = listed(out)
        _list(out, sorted({*wanted, *former}))
        files.sweep({(out / path).parent for path in (*wanted, *former)})

        def put(page: str, data: bytes) -> None:
            files.write_changed(out, {f"{FOLDER}/{page}": data})

        yield put
        files.remove(out, sorted(set(former) - set(wanted)))
        _list(out, wanted)


def _list(out: Path, paths: list[str]) -> None:
    whole = msgspec.json.encode(_Listed(VERSION, paths), order="sorted")
    files.write_changed(out, {LIST: msgspec.json.format(whole, indent=2) + b"\n"})
