"""Files: which ones are posts, and their bytes as text; strict UTF-8 or a fault that says why."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from pipeline.diagnostics import Fault, fault

SUFFIXES = (".md", ".markdown")

UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def find_posts(path: Path) -> tuple[tuple[Path, str], ...]:
    """The posts under a folder, each with its posix path relative to it, sorted by that path.

    A post is a ``.md`` or ``.markdown`` file that is no ``_index.md`` and no dot file, in no dot
    folder; linked folders are not followed (they can run in circles). A PATH that is a file is
    itself the one post. A folder that cannot be listed stands in the result, so that ``load``
    reports it. Raises ``Fault`` S001 when there is nothing at ``path``.
    """
    if not os.path.lexists(path):
        raise fault("S001", f"there is nothing at {path}", hint="check the spelling of the path")
    if not path.is_dir():
        return ((path, _shown(path.name)),)
    found: list[tuple[Path, str]] = []

    def unlisted(error: OSError) -> None:
        folder = Path(error.filename)
        found.append((folder, _shown(folder.relative_to(path).as_posix())))

    for folder, subfolders, names in os.walk(path, onerror=unlisted):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in names:
            if is_post_name(name):
                file = Path(folder, name)
                found.append((file, _shown(file.relative_to(path).as_posix())))
    return tuple(sorted(found, key=lambda entry: entry[1]))


def is_post_name(name: str) -> bool:
    """Whether a file of this name is a post: Markdown, not hidden, not a section's ``_index``."""
    stem, suffix = os.path.splitext(name)
    return (
        suffix.lower() in SUFFIXES
        and not name.startswith(".")
        and stem != "_index"
        and not stem.startswith("_index.")
    )


def _shown(path: str) -> str:
    """The path as text for one line: bytes that are not UTF-8 and line ends become U+FFFD."""
    return re.sub(r"[\x00-\x1f\x7f]", "\ufffd", os.fsencode(path).decode("utf-8", "replace"))


def read_post(file: Path, path: str, limit: int) -> bytes:
    """The file's bytes.

    Raises ``Fault`` R001 (cannot be read), R002 (no regular file), R005 (more than ``limit``
    bytes).
    """
    data = _read_bytes(file, path, limit)
    if len(data) > limit:
        raise fault(
            "R005",
            f"the post is larger than {limit:,} bytes",
            path=path,
            hint="split the post, or raise limits.post_bytes in galley.toml",
        )
    return data


def as_text(data: bytes, path: str) -> str:
    """The text with newlines made LF and a byte order mark dropped.

    Raises ``Fault`` R003 (not UTF-8), R004 (a NUL byte).
    """
    return _decode(data, path).replace("\r\n", "\n").replace("\r", "\n")


def _read_bytes(file: Path, path: str, limit: int) -> bytes:
    """At most ``limit + 1`` bytes. Opened without blocking, so that a pipe cannot hang the run."""
    try:
        descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as stream:
            mode = os.fstat(descriptor).st_mode
            if not stat.S_ISREG(mode):
                raise fault(
                    "R002",
                    "this is not a regular file but a pipe or device",
                    path=path,
                    hint="remove it from the folder, or name it so that it does not end in .md",
                )
            return stream.read(limit + 1)
    except OSError as error:
        raise _unreadable(file, path, error) from error


def _unreadable(file: Path, path: str, error: OSError) -> Fault:
    if isinstance(error, IsADirectoryError):
        return fault(
            "R002",
            "this is a folder, and it cannot be listed",
            path=path,
            hint="check the folder's permissions (chmod u+rx)",
        )
    if isinstance(error, PermissionError):
        return fault(
            "R001",
            "no permission to read this",
            path=path,
            hint="check its permissions (chmod u+r)",
        )
    if file.is_symlink():
        return fault(
            "R001",
            "this is a link, and what it points to is not there",
            path=path,
            hint="mend the link or remove it",
        )
    return fault(
        "R001",
        f"this cannot be read: {error.strerror}",
        path=path,
        hint="check that the file is still there and the disk is well",
    )


def _decode(data: bytes, path: str) -> str:
    if data.startswith(UTF16_MARKS):
        raise fault(
            "R003",
            "this is UTF-16 text, not UTF-8",
            path=path,
            line=1,
            hint="save the file as UTF-8 (iconv -f UTF-16 -t UTF-8)",
        )
    nul = data.find(b"\0")
    if nul >= 0:
        raise _nul(data, nul, path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8(data, error.start, path) from error


def _nul(data: bytes, place: int, path: str) -> Fault:
    """UTF-16 without its mark has a NUL for every ASCII letter; a lone NUL is damage."""
    if data.count(b"\0") * 4 > len(data):
        order = "BE" if place % 2 == 0 else "LE"
        return fault(
            "R003",
            "this looks like UTF-16 text, not UTF-8",
            path=path,
            line=1,
            hint=f"save the file as UTF-8 (iconv -f UTF-16{order} -t UTF-8)",
        )
    return fault(
        "R004",
        "the file holds a NUL byte: it is damaged, or no text",
        path=path,
        line=_line(data, place),
        hint="delete that character, or fetch the file again",
    )


def _not_utf8(data: bytes, place: int, path: str) -> Fault:
    byte = data[place : place + 1]
    likely = byte.decode("cp1252", "replace")
    reading = f", {likely!r} in Windows-1252 (Latin-1)" if likely != "\ufffd" else ""
    return fault(
        "R003",
        f"this is not UTF-8: byte 0x{byte.hex()}{reading}",
        path=path,
        line=_line(data, place),
        hint="save the file as UTF-8 (iconv -f WINDOWS-1252 -t UTF-8 if it was written there)",
    )


def _line(data: bytes, place: int) -> int:
    """The line of a byte, counting CRLF, LF and CR as the editor sees them."""
    before = data[:place].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1
