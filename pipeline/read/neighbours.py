"""What the other posts of a post's folder are like, told from counts over their raw bytes.

The posts of a folder mostly come from one hand and one exporter. A post that says little of its
own family is judged by them. No post is parsed for it: each is read once, up to
:data:`READ` bytes, and a folder is weighed by the :data:`NEAREST` posts around the one that asks.
"""

from __future__ import annotations

import os
import re
import stat
from bisect import bisect_left
from collections import Counter
from pathlib import Path

from pipeline.model import Family
from pipeline.read.files import is_post_name

READ = 64 << 10
"""So many bytes of a neighbour are looked at."""
NEAREST = 32
"""So many neighbours before a post, and as many after it, in the order of their names."""
LEAST = 3
"""Fewer neighbours of one family tell nothing."""
SHARES: dict[Family, float] = {"exported": 1 / 3, "bold": 1 / 2, "kept": 3 / 4}
"""The share of neighbours from which on a folder is of that family. An author who mends exports
by hand leaves mended posts among them; they do not make the others less of an export."""

_MARKS = (b"<!-- wp:", b"<!-- /wp:", b'class="wp-block-', b"[caption", b"[/caption")
_GAPS = re.compile(rb"\n(?:[ \t]*\n)+")
_WIDE = re.compile(rb"\n[ \t]*\n[ \t]*\n")
_LOOSE = re.compile(rb"\n\* {1,3}\S[^\n]*\n\n+(?=\* {1,3}\S)")
_GLUED = re.compile(rb"\n\* {1,3}\S[^\n]*\n(?=[^\s*+>|#`<-])")
_HEADINGS = re.compile(rb"\n#{1,6} +\S")
_BOLD = re.compile(
    rb"\n\n(?:\*\*|__|<b>|<strong>)[^\n]{2,100}[^:\s](?:\*\*|__|</b>|</strong>)[ \t\\]*(?=\n)"
)


class Neighbours:
    """The families of posts on the disk; each file and each folder is looked at once."""

    def __init__(self) -> None:
        self._families: dict[str, Family | None] = {}
        self._listings: dict[tuple[str, str], tuple[str, ...]] = {}

    def family(self, file: Path) -> Family:
        """What most of the other posts around ``file`` are; nothing if they are few, or at odds."""
        kinds = [kind for kind in map(self._family_of, self._around(file)) if kind is not None]
        found = Counter(kinds)
        for kind, share in SHARES.items():
            if found[kind] >= max(LEAST, share * len(kinds)):
                return kind
        return ""

    def _around(self, file: Path) -> list[str]:
        """The nearest posts beside ``file``; beside its folder if that is a bundle of its own
        (``my-post/index.md``)."""
        folder, name = os.path.split(file)
        inside = ""
        if name.startswith("index."):
            folder, name, inside = *os.path.split(folder), "/" + name
        listing = self._listing(folder, inside)
        place = bisect_left(listing, name)
        near = listing[max(0, place - NEAREST) : place + NEAREST + 1]
        return [f"{folder}/{entry}{inside}" for entry in near if entry != name]

    def _listing(self, folder: str, inside: str) -> tuple[str, ...]:
        """The names of posts in the folder, or of what may be bundles."""
        key = folder, inside
        if key not in self._listings:
            try:
                names = sorted(os.listdir(folder or "."))
            except OSError:
                names = []
            self._listings[key] = tuple(n for n in names if inside or is_post_name(n))
        return self._listings[key]

    def _family_of(self, path: str) -> Family | None:
        if path not in self._families:
            data = _head(path)
            self._families[path] = None if data is None else family_of(data)
        return self._families[path]


def _head(path: str) -> bytes | None:
    """The first bytes of a regular file; a link's are not looked at, for it may lead out of the
    publication, nor are a pipe's, which could hang the run."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW)
        with open(descriptor, "rb") as stream:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return None
            return stream.read(READ)
    except OSError:
        return None


def family_of(data: bytes) -> Family:
    """What the bytes of one post look like."""
    body = _body(data)
    if any(mark in body for mark in _MARKS):
        return "exported"
    gaps = len(_GAPS.findall(body))
    wide = len(_WIDE.findall(body))
    if wide * 2 >= max(gaps, 6) or (len(_LOOSE.findall(body)) >= 2 and _GLUED.search(body)):
        return "exported"
    headings, bold = len(_HEADINGS.findall(body)), len(_BOLD.findall(body))
    if bold >= 2 and bold > headings:
        return "bold"
    return "kept" if headings >= 2 and not bold else ""


def _body(data: bytes) -> bytes:
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if data.startswith((b"---", b"+++")):
        end = data.find(b"\n" + data[:3], 3)
        return data[end + 4 :] if end > 0 else data
    return data
