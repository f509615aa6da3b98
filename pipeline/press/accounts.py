"""The account of a post's repairs, which travels beside its editions.

``.galley/ledger/<folder>/<slug>.json`` says what the editions of the post show otherwise than its
source does; the manifest has the counts. Same source, same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import msgspec

from pipeline.model import Repair
from pipeline.press.ledger import HOME
from pipeline.press.orders import Post

FOLDER = f"{HOME}/ledger"
VERSION = 1


def place(post: Post, slug: str) -> str:
    """The file's path, relative to the output folder."""
    return f"{FOLDER}/{post.folder}{slug}.json"


def counts(repairs: Iterable[dict[str, Any]]) -> dict[str, int]:
    """How many repairs of each code."""
    return dict(sorted(Counter(repair["code"] for repair in repairs).items()))


def plain(repairs: tuple[Repair, ...]) -> tuple[dict[str, Any], ...]:
    """The repairs as JSON has them, in the order of the source."""
    from pipeline.normalize import telling

    ordered = sorted(repairs, key=lambda repair: (repair.first_line, repair.last_line))
    return tuple(telling.as_json(repair) for repair in ordered)


def encode(post: Post, sha256: str | None, repairs: tuple[dict[str, Any], ...]) -> bytes:
    """The file's bytes; ``sha256`` is that of the source as it was read."""
    account = {"version": VERSION, "source": post.path, "sha256": sha256, "repairs": repairs}
    whole = msgspec.json.encode(account, order="sorted")
    return msgspec.json.format(whole, indent=2) + b"\n"
