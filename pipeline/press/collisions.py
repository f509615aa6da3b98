"""Posts that would write the same file: all of them fail, each naming the others.

Two paths are the same if some file system says so: letters' case and the Unicode form of a name
make no difference (HFS+, NTFS).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path

import msgspec

from pipeline.diagnostics import fault
from pipeline.editions import editions_of
from pipeline.model import Diagnostic
from pipeline.press import ledger, proofs
from pipeline.press.ledger import UNKNOWN, Key, Standing
from pipeline.press.orders import Post

LONGEST = 255
"""Bytes of the longest file name that common file systems take."""

KEPT = frozenset((proofs.FOLDER, ledger.HOME))
"""Folders of the output that no edition lies in."""


class Wanted(msgspec.Struct, frozen=True):
    """A post and the outputs it is to have: edition name to path."""

    post: Post
    outputs: Mapping[str, str]


def folded(path: str) -> str:
    """The path as the least discerning file system sees it."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())


def outputs(post: Post, slug: str, editions: tuple[str, ...]) -> dict[str, str]:
    """Where the editions go, relative to the output folder. Raises ``Fault``: P002 for a slug
    that cannot name a file, P011 for a folder whose name is one of ``KEPT``."""
    if folded(post.folder).partition("/")[0] in KEPT:
        top = post.folder.partition("/")[0]
        raise fault(
            "P011", f"Galley keeps the folder {top} of the output for itself", path=post.path,
            hint="give the folder another name",
        )  # fmt: skip
    known = editions_of(post.config)
    names = {name: known[name].file_name(slug) for name in editions}
    longest = max((len(name.encode("utf-8", "replace")) for name in names.values()), default=0)
    if not slug.strip(". ") or longest > LONGEST or any(c in slug for c in "/\\\0\n"):
        raise fault(
            "P002", f"the slug {slug[:60]!r} cannot name a file", path=post.path,
            hint="set a shorter or plainer slug in the front matter",
        )  # fmt: skip
    return {name: post.folder + file for name, file in names.items()}


def find(
    wanted: tuple[Wanted, ...], standing: Mapping[Key, Standing], out: Path
) -> dict[Key, Diagnostic]:
    """The posts that collide with each other or with what stands of others, and what to say."""
    claims: dict[str, dict[Key, str]] = {}
    mine = {(post.post.key, name) for post in wanted for name in post.outputs}
    for item in wanted:
        for path in item.outputs.values():
            claims.setdefault(folded(path), {})[item.post.key] = item.post.path
    for key, post in standing.items():
        if not alive(post, out):
            continue  # its source is gone: its outputs are free to be replaced
        for name, output in post.editions.items():
            if (key, name) not in mine and folded(output.path) in claims:
                claims[folded(output.path)].setdefault(key, f"{post.origin}/{post.source}")
    return {
        item.post.key: _said(item, path, others)
        for item in wanted
        for path in reversed(tuple(item.outputs.values()))
        if (others := {k: v for k, v in claims[folded(path)].items() if k != item.post.key})
    }


def _said(item: Wanted, path: str, others: Mapping[Key, str]) -> Diagnostic:
    origin = item.post.origin
    names = sorted(v if k[0] == origin else f"{k[0]}/{k[1]}" for k, v in others.items())
    return Diagnostic(
        "P001", "error", f"its output {path} is also that of {', '.join(names)}", item.post.path,
        None, "give one of them another slug in its front matter",
    )  # fmt: skip


def alive(post: Standing, out: Path) -> bool:
    """Whether the source of what stands is still there; what cannot be looked at is."""
    if post.origin.startswith(UNKNOWN):
        return False
    try:
        (out / post.origin / post.source).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True
