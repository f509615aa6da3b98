"""Writing a source file back: in one step, with its mode, and never without a way back."""

from __future__ import annotations

import itertools
import os
import stat
from pathlib import Path

from pipeline.press import files


def writable(file: Path) -> bool:
    """Whether the file may be written: its own permission counts, for whoever runs this."""
    try:
        return bool(os.stat(file).st_mode & 0o222) and os.access(file, os.W_OK)
    except OSError:
        return False


def keep(file: Path, data: bytes) -> Path:
    """Put ``data``, the file's content of now, beside it as ``FILE.orig``. One that is there is
    never written over: the next free of ``FILE.orig.1``, ``FILE.orig.2`` is taken, unless one of
    them holds these very bytes. Raises ``OSError``."""
    for number in itertools.count():
        place = file.with_name(f"{file.name}.orig" + (f".{number}" if number else ""))
        try:
            mode = stat.S_IMODE(os.stat(file).st_mode)
            descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
        except FileExistsError:
            if place.is_file() and place.read_bytes() == data:
                return place
            continue
        with open(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(descriptor)
        return place
    raise AssertionError  # pragma: no cover - count() does not end


def replace(file: Path, data: bytes) -> None:
    """Put ``data`` in the place of the file's content; mode and, where allowed, owner stay.
    Raises ``OSError``, and the file is then what it was."""
    files.sweep([file.parent])
    files.write_all(file.parent, {file.name: data}, keep_modes=True)
