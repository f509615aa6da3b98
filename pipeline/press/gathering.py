"""From the PATHs of an order to its posts."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from pipeline import read
from pipeline.config import CONFIG_NAME, load, publication_root
from pipeline.diagnostics import Fault, fault
from pipeline.model import Diagnostic
from pipeline.press import surveying
from pipeline.press.orders import Order, Post
from pipeline.read.files import is_post_name

KINDS = "posts are .md or .markdown files; _index.md and dot files are not"


class Gathered(msgspec.Struct, frozen=True):
    """The posts of all PATHs, each once; the origins that are folders; what was wrong."""

    posts: tuple[Post, ...]
    folders: frozenset[str]
    faults: tuple[Diagnostic, ...]


def gather(order: Order) -> Gathered:
    """Find the posts. A PATH that cannot be built is a diagnostic and does not stop the others."""
    posts: dict[tuple[str, str], Post] = {}
    neighbours = read.Neighbours()
    folders: set[str] = set()
    faults: list[Diagnostic] = []
    for path in order.paths:
        try:
            found = _posts_of(path, order, neighbours)
        except Fault as error:
            faults += error.diagnostics
            continue
        for post in found:
            kept = posts.setdefault(post.key, post)
            if kept is not post and not _same(kept.file, post.file):
                faults.append(_lookalike(post))
        if path.is_dir():
            folders.add(found[0].origin)
    return Gathered(tuple(posts.values()), frozenset(folders), tuple(dict.fromkeys(faults)))


def _posts_of(path: Path, order: Order, neighbours: read.Neighbours) -> tuple[Post, ...]:
    if not path.exists():
        raise fault("S001", f"there is no {path}", hint=_hint_for_missing(path))
    if not path.is_dir() and not is_post_name(path.name):
        raise fault("S002", f"{path} is not a post", hint=KINDS)
    root = publication_root(path)
    config = load(root, order.assignments)
    surveying.check_editions(order.editions, config)
    surveying.check_editions(config.settings.editions, config, CONFIG_NAME)
    if config.decisions:
        from pipeline import normalize

        normalize.check_decisions(config)
    folder = (path if path.is_dir() else path.parent).resolve()
    origin = Path(os.path.relpath(folder, order.out.resolve())).as_posix()
    base = Path(os.path.relpath(folder, root)).as_posix()
    found = tuple(
        Post(origin, name, file.absolute(), base, config, neighbours.family(file))
        for file, name in read.find_posts(path)
    )
    if not found:
        raise fault(
            "S002",
            f"{path} holds no posts",
            hint=KINDS,
        )
    return found


def _same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _lookalike(post: Post) -> Diagnostic:
    """Names that are no UTF-8 are shown with a mark for what is not, and may then look alike."""
    return Diagnostic(
        "S013", "error", "another file's name looks the same, so this one is not built", post.path,
        None, "rename it: file names are UTF-8 without control characters",
    )  # fmt: skip


def _hint_for_missing(path: Path) -> str:
    if path == Path("source"):
        return "name a folder of posts: galley build FOLDER; or begin with: galley new FOLDER"
    return "check the spelling of PATH"
