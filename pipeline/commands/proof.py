"""``galley proof``: pages that show each repair in its place, before and after."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipeline import normalize
from pipeline.commands import findings
from pipeline.commands.report import printable, say, told
from pipeline.diagnostics import as_json, fault
from pipeline.model import Diagnostic
from pipeline.press import Order, gathering, proofs, stages
from pipeline.press.orders import Post
from pipeline.proof.pages import INDEX, RULES_PAGE, Neighbours, Press
from pipeline.proof.summaries import Summary, summary

VERSION = 1


def run(arguments: Namespace) -> int:
    """Write the pages; 1 if some post cannot be read, 2 if some PATH is no good. Raises ``Fault``
    S011 for an output folder that cannot be written, E001 for a template's mistake."""
    out = Path(arguments.out)
    paths = tuple(Path(path) for path in arguments.path or ["source"])
    gathered = gathering.gather(Order(paths, out))
    told(gathered.faults)
    if not gathered.posts:
        return 2
    notes = tuple(_of_publications(gathered.posts))
    told(tuple(note for note in notes if note.severity == "error" or not arguments.quiet))
    try:
        summaries = _written(gathered.posts, notes, out)
    except OSError as error:
        raise fault(
            "S011", f"the output folder {out} cannot be written: {error.strerror or error}",
            hint="check its permissions, or name another with -o DIR",
        ) from error  # fmt: skip
    told(tuple(note for post in summaries for note in post.errors))
    failed = any(post.unread for post in summaries)
    if arguments.format == "json":
        say(_json(summaries, notes, out, not failed and not gathered.faults), sys.stdout)
    elif not arguments.quiet:
        say(_line(summaries, out), sys.stdout)
    return 2 if gathered.faults else int(failed)


def _of_publications(posts: tuple[Post, ...]) -> Iterator[Diagnostic]:
    for config in {post.config.root: post.config for post in posts}.values():
        yield from normalize.without_post(config)


def _written(
    posts: tuple[Post, ...], notes: tuple[Diagnostic, ...], out: Path
) -> tuple[Summary, ...]:
    """Every page in place; what the index says of each post. One post is held at a time."""
    presses: dict[Path, Press] = {}
    common = (INDEX, RULES_PAGE)
    pages = proofs.names(posts, common)
    summaries = []
    with proofs.writing(out, (*pages, *common)) as put:
        for number, (post, page) in enumerate(zip(posts, pages, strict=True)):
            press = presses.setdefault(post.config.root, Press(post.config))
            manuscript, found = stages.edited(post)
            told_of = summary(post.path, page, manuscript, found)
            near = Neighbours(
                pages[number - 1] if number else None,
                pages[number + 1] if number + 1 < len(pages) else None,
            )
            put(page, press.post(told_of, _name(post), manuscript, near))
            summaries.append(told_of)
        press = presses[posts[0].config.root]
        put(RULES_PAGE, press.rules())
        put(INDEX, press.index(tuple(summaries), notes))
    return tuple(summaries)


def _name(post: Post) -> str:
    return f"{post.base}/{post.path}".removeprefix("./")


def _tally(summaries: tuple[Summary, ...]) -> dict[str, int]:
    """Counts under the keys of ``galley check``."""
    found = Counter[str]()
    for post in summaries:
        found.update(post.counts)
        found.update(note.severity for note in post.notes)
    names = ("error", "warning", "info", "made", "proposed", "refused")
    return {"posts": len(summaries), **{name: found[name] for name in names}}


def _line(summaries: tuple[Summary, ...], out: Path) -> str:
    index = out / proofs.FOLDER / INDEX
    return f"{findings.summary(_tally(summaries))}; see {printable(str(index))}"


def _json(
    summaries: tuple[Summary, ...], notes: tuple[Diagnostic, ...], out: Path, ok: bool
) -> str:
    """One object: ``version``, ``ok``, ``index``, ``counts``, ``diagnostics`` (about no post),
    ``posts``; paths of pages are relative to the output folder."""
    import msgspec

    whole = {
        "version": VERSION,
        "ok": ok,
        "output": str(out),
        "index": f"{proofs.FOLDER}/{INDEX}",
        "counts": _tally(summaries),
        "diagnostics": [as_json(note) for note in notes],
        "posts": [
            {
                "source": post.path,
                "page": f"{proofs.FOLDER}/{post.page}",
                "read": not post.unread,
                **post.counts,
                "lowest": post.lowest,
                "diagnostics": [as_json(note) for note in post.notes],
            }
            for post in summaries
        ],
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=2).decode()
