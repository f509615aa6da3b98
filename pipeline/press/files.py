"""Writing so that no reader ever meets half a file, and no dead run leaves its litter.

Each file is written under a name of this process in the same folder, brought to the disk, and
put in place in one step (POSIX ``rename``). While it is being written its temporary file is
locked, so the next run can tell litter from work: a lock dies with its process.
"""

from __future__ import annotations

import fcntl
import itertools
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

PREFIX = ".galley-"
SUFFIX = ".tmp"
_numbers = itertools.count()


def write_all(out: Path, files: Mapping[str, bytes], *, keep_modes: bool = False) -> None:
    """Put the files (paths relative to ``out``) in place: all are on the disk before the first
    one is replaced, so a full disk costs none of the old ones. ``keep_modes``: each gets the
    permissions of the file it replaces, and its owner where that is allowed. Raises ``OSError``."""
    waiting: list[tuple[int, Path, Path]] = []
    try:
        for path, data in files.items():
            target = out / path
            target.parent.mkdir(parents=True, exist_ok=True)
            waiting.append((*_write_aside(target.parent, data), target))
            if keep_modes:
                _liken(waiting[-1][0], os.stat(target))
        for _, aside, target in waiting:
            os.replace(aside, target)
    finally:
        for descriptor, aside, _ in waiting:
            os.close(descriptor)
            _remove_quietly(aside)
    for folder in sorted({target.parent for _, _, target in waiting}):
        _sync_folder(folder)


def write_changed(out: Path, files: Mapping[str, bytes]) -> None:
    """The same for those that do not already hold these bytes."""
    write_all(out, {path: data for path, data in files.items() if not _holds(out / path, data)})


def _holds(file: Path, data: bytes) -> bool:
    try:
        return file.read_bytes() == data
    except OSError:
        return False


def _write_aside(folder: Path, data: bytes) -> tuple[int, Path]:
    aside = folder / f"{PREFIX}{os.getpid()}-{next(_numbers)}{SUFFIX}"
    descriptor = os.open(aside, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink == 0:  # swept between making and locking it
            os.close(descriptor)
            return _write_aside(folder, data)
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        os.fsync(descriptor)
    except BaseException:
        os.close(descriptor)
        _remove_quietly(aside)
        raise
    return descriptor, aside


def _liken(descriptor: int, model: os.stat_result) -> None:
    with suppress(OSError):  # only root may give files away
        os.fchown(descriptor, model.st_uid, model.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(model.st_mode))


def _remove_quietly(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError:
        return


def _sync_folder(folder: Path) -> None:
    """Bring the new names to the disk too, where the file system knows how."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        return
    finally:
        os.close(descriptor)


def sweep(folders: Iterable[Path]) -> None:
    """Remove the temporary files of runs that are no more."""
    for folder in folders:
        try:
            names = os.listdir(folder)
        except OSError:
            continue
        for name in names:
            if name.startswith(PREFIX) and name.endswith(SUFFIX):
                _sweep_one(folder / name)


def _sweep_one(file: Path) -> None:
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        file.unlink(missing_ok=True)
    except OSError:
        return  # another run is writing it
    finally:
        os.close(descriptor)


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold the file's lock; runs that share an output folder take turns here. The lock is one of
    ``fcntl``'s, which a worker forked meanwhile does not inherit."""
    stream = _lock(file)
    try:
        yield
    finally:
        stream.close()


def _lock(file: Path) -> BinaryIO:
    while True:
        file.parent.mkdir(parents=True, exist_ok=True)
        stream = open(file, "a+b")  # noqa: SIM115 - the caller closes it, which frees the lock
        fcntl.lockf(stream, fcntl.LOCK_EX)
        try:
            if os.path.samestat(os.fstat(stream.fileno()), os.stat(file)):
                return stream
        except FileNotFoundError:
            pass  # "clean" took the folder away while we waited
        stream.close()


def inside(out: Path, path: str) -> Path | None:
    """The file of that relative path, None unless it really lies under ``out``: a manifest may
    have been touched by other hands."""
    file = out / path
    if not path or os.path.isabs(path) or "\0" in path or ".." in Path(path).parts:
        return None
    return file if file.parent.resolve().is_relative_to(out.resolve()) else None


def remove(out: Path, paths: Iterable[str]) -> int:
    """Remove outputs by their relative paths, and the folders left empty; how many went.
    Raises ``OSError`` for a file that cannot be removed."""
    gone = 0
    for path in paths:
        file = inside(out, path)
        if file is None:
            continue
        if file.is_symlink() or file.is_file():
            file.unlink()
            gone += 1
        drop_empty(file.parent, out)
    return gone


def drop_empty(folder: Path, out: Path) -> None:
    """Remove the folder and those above it while they are empty, never ``out`` itself."""
    while folder != out and folder.is_relative_to(out):
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
