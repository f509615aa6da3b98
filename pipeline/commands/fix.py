"""``galley fix``: repairs written back into the posts, or shown as a patch."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from pipeline import normalize
from pipeline.commands.report import printable, say, told
from pipeline.config import Config
from pipeline.decisions import NAME, fingerprint, of_words
from pipeline.diagnostics import Fault
from pipeline.model import Diagnostic, Repair
from pipeline.normalize.judging import suggestion
from pipeline.press import Order, gathering, patches, rewriting, stages, versions
from pipeline.press.orders import Post
from pipeline.press.revising import Allows, Revision, revise


def run(arguments: Namespace) -> int:
    """Write or print; 1 if some post was left alone that should not have been, 2 for a code or a
    PATH that is no good."""
    wrong = _unknown((*arguments.only, *arguments.skip))
    if wrong:
        say(f"galley: error: {wrong}", sys.stderr)
        return 2
    paths = tuple(Path(path) for path in arguments.path or ["source"])
    gathered = gathering.gather(Order(paths, Path("build")))
    told(gathered.faults)
    allows = _choice(frozenset(arguments.only), frozenset(arguments.skip))
    faults: list[Diagnostic] = []
    revisions = tuple(_revisions(gathered.posts, allows, arguments.min_confidence, faults))
    told(tuple(faults))
    if arguments.diff:
        _show(revisions)
        left = 0
    else:
        left = _write(revisions, len(gathered.posts))
    return 2 if gathered.faults else int(bool(faults or left))


def _unknown(codes: tuple[str, ...]) -> str:
    known = tuple(rule.code for rule in normalize.RULES)
    wrong = next((code for code in codes if code not in known), None)
    return f"no repair has the code {wrong!r} - {suggestion(wrong, known)}" if wrong else ""


def _choice(only: frozenset[str], skip: frozenset[str]) -> Allows:
    def allows(repair: Repair) -> bool:
        return repair.code not in skip and (not only or repair.code in only)

    return allows


def _revisions(
    posts: tuple[Post, ...], allows: Allows, least: float | None, faults: list[Diagnostic]
) -> Iterator[Revision]:
    """The posts that change, each file once, and in ``faults`` those that cannot be read."""
    seen: set[str] = set()
    for post in posts:
        file = os.path.realpath(post.file)
        if file in seen:
            continue
        seen.add(file)
        try:
            revision = revise(post, _with(post.config, least), allows)
        except Fault as error:
            faults += error.diagnostics
        except Exception as error:
            faults.append(stages.internal_fault(post.path, "fix", error))
        else:
            if revision.changed:
                yield revision


def _with(config: Config, least: float | None) -> Config:
    """The settings with another threshold, if one was given."""
    if least is None:
        return config
    repairs = msgspec.structs.replace(config.settings.repairs, threshold=least)
    settings = msgspec.structs.replace(config.settings, repairs=repairs)
    return Config(config.root, settings, config.overrides, config.decisions)


def _show(revisions: tuple[Revision, ...]) -> None:
    """The patch of all files. It names them as seen from here; a folder elsewhere gets its patch
    as seen from its publication, and a line that says so."""
    here = Path.cwd()
    inside = all(r.post.file.is_relative_to(here) for r in revisions)
    for revision in revisions:
        base = here if inside else revision.post.config.root
        path = Path(os.path.relpath(os.path.realpath(revision.post.file), os.path.realpath(base)))
        diff = patches.unified(path.as_posix(), revision.before, revision.after, revision.same)
        sys.stdout.buffer.write(os.fsencode(diff) if _odd(diff) else diff.encode())
    sys.stdout.buffer.flush()
    if not inside:
        roots = dict.fromkeys(printable(str(r.post.config.root)) for r in revisions)
        say(f"apply this in {', '.join(roots)}", sys.stderr)


def _odd(text: str) -> bool:
    """Whether a name in it is no UTF-8."""
    return any("\ud800" <= sign <= "\udfff" for sign in text)


def _write(revisions: tuple[Revision, ...], posts: int) -> int:
    """Write what may be written, tell of each file; how many were left alone."""
    files = [Path(os.path.realpath(revision.post.file)) for revision in revisions]
    states = versions.states(files)
    done = 0
    for revision, file in zip(revisions, files, strict=True):
        note = _hindrance(revision.post, file, states[file]) or _put(revision, file, states[file])
        if note:
            told((note,))
            continue
        done += 1
        counts = sorted(Counter(repair.code for repair in revision.repairs).items())
        made = ", ".join(f"{code} x {n}" if n > 1 else code for code, n in counts)
        say(f"fixed {printable(os.path.relpath(revision.post.file))}: {made}", sys.stdout)
        for line in _carried_out(revision):
            say(line, sys.stdout)
    if posts:
        left = f", {len(revisions) - done} left alone" if len(revisions) > done else ""
        say(f"{done} of {posts} post{'' if posts == 1 else 's'} fixed{left}", sys.stdout)
    return len(revisions) - done


def _carried_out(revision: Revision) -> Iterator[str]:
    """A line for each decision that the file needs no longer, for it now has what was accepted."""
    config = revision.post.config
    post = normalize.post_name(revision.post.file, config)
    names = {name(repair) for repair in revision.repairs for name in (fingerprint, of_words)}
    for decision in config.decisions:
        if decision.verdict == "accept" and decision.post == post and decision.what in names:
            place = printable(os.path.relpath(config.root / NAME))
            yield f"{place}:{decision.line}: {decision.what} is carried out, the entry can go"


def _hindrance(post: Post, file: Path, state: versions.State) -> Diagnostic | None:
    """Why the file is left alone, if it is."""
    if state == "dirty":
        return Diagnostic(
            "F001", "error", "it has changes that are not committed, so it is left alone",
            post.path, None, "commit them, or look at galley fix --diff",
        )  # fmt: skip
    if not rewriting.writable(file):
        return _unwritten(post, "no permission to write it")
    return None


def _put(revision: Revision, file: Path, state: versions.State) -> Diagnostic | None:
    """Write the file; what went wrong, if it did. The file is then as it was."""
    try:
        if state == "outside":
            rewriting.keep(file, "".join(revision.before).encode())
        rewriting.replace(file, "".join(revision.after).encode())
    except OSError as error:
        return _unwritten(revision.post, error.strerror or str(error))
    return None


def _unwritten(post: Post, why: str) -> Diagnostic:
    return Diagnostic(
        "F002", "error", f"it cannot be written ({why}), so it is left alone", post.path, None,
        "check the permissions of the file and its folder, and that there is room",
    )  # fmt: skip
