"""``galley check``: what is wrong with the posts, and what is repaired. Nothing is written."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pipeline import normalize
from pipeline.commands import findings as form
from pipeline.commands.findings import Finding
from pipeline.commands.report import say, told
from pipeline.config import CONFIG_NAME, Config
from pipeline.decisions import NAME
from pipeline.model import Diagnostic
from pipeline.normalize import telling
from pipeline.press import Order, gathering, stages
from pipeline.press.orders import Post


def run(arguments: Namespace) -> int:
    """Report on standard output: 1 if some post cannot be read, or under ``--strict`` anything
    is of more weight than an info; 2 if some PATH is no good."""
    paths = tuple(Path(path) for path in arguments.path or ["source"])
    gathered = gathering.gather(Order(paths, Path("build")))
    found = tuple(dict.fromkeys((*_of_publications(gathered.posts), *_of_posts(gathered.posts))))
    weights = {finding.note.severity for finding in found}
    failed = "error" in weights or (arguments.strict and "warning" in weights)
    counts = form.tally(found, len(gathered.posts))
    told(gathered.faults)
    if arguments.format == "json":
        say(form.json(found, counts, not failed and not gathered.faults), sys.stdout)
    elif arguments.format == "github":
        for finding in found:
            say(form.annotation(finding), sys.stdout)
    else:
        colour = form.coloured()
        for finding in found:
            say(form.text(finding, colour), sys.stdout)
        if gathered.posts:
            say(form.summary(counts), sys.stdout)
    return 2 if gathered.faults else int(failed)


def _of_publications(posts: tuple[Post, ...]) -> Iterator[Finding]:
    for config in {post.config.root: post.config for post in posts}.values():
        for note in normalize.without_post(config):
            yield Finding(note, _from_here(config.root / NAME))


def _of_posts(posts: tuple[Post, ...]) -> Iterator[Finding]:
    for post in posts:
        yield from sorted(_of_post(post), key=lambda finding: finding.note.line or 0)


def _of_post(post: Post) -> Iterator[Finding]:
    manuscript, notes = stages.edited(post)
    for note in notes:
        yield _finding(note, post)
    if manuscript is None:
        return
    name = normalize.post_name(post.file, post.config)
    file = _from_here(post.file)
    for state, repair in telling.every(manuscript):
        note = replace(telling.diagnostic(repair, state, name), path=post.path)
        yield Finding(note, file, repair, state)


def _finding(note: Diagnostic, post: Post) -> Finding:
    return Finding(note, _place(note, post, post.config))


def _place(note: Diagnostic, post: Post, config: Config) -> str | None:
    """The file that the note is about, as seen from here."""
    if note.path == post.path:
        return _from_here(post.file)
    return _from_here(config.root / note.path) if note.path in (CONFIG_NAME, NAME) else note.path


def _from_here(file: Path) -> str:
    return os.path.relpath(file)
