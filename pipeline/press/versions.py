"""What git knows of files: whether it holds them as they are. Git is asked, never told."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Literal

State = Literal["clean", "dirty", "outside"]
"""As committed; changed since, or never committed; not in git (ignored and untracked files too)."""

AT_ONCE = 200
SECONDS = 60
_ELSEWHERE = ("??", "!!")


def states(files: Iterable[Path]) -> dict[Path, State]:
    """How each file stands. Where git is missing or refuses to answer, files count as outside."""
    folders: dict[Path, list[Path]] = {}
    for file in files:
        folders.setdefault(file.parent, []).append(file)
    trees: dict[str, list[Path]] = {}
    found: dict[Path, State] = {}
    for folder, members in folders.items():
        top = _top(folder)
        if top:
            trees.setdefault(top, []).extend(members)
        else:
            found |= dict.fromkeys(members, "outside")
    for top, members in trees.items():
        for some in _batches(members):
            found |= _in_tree(Path(top), some)
    return found


def _top(folder: Path) -> str:
    return os.fsdecode(_git(folder, "rev-parse", "--show-toplevel") or b"").removesuffix("\n")


def _batches(files: list[Path]) -> Iterator[list[Path]]:
    rest = iter(files)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _in_tree(top: Path, files: list[Path]) -> dict[Path, State]:
    names = {os.path.relpath(os.path.realpath(file), top): file for file in files}
    said = _git(
        top, "status", "--porcelain=v1", "-z", "--untracked-files=all", "--ignored", "--no-renames",
        "--", *names,
    )  # fmt: skip
    if said is None:
        return dict.fromkeys(files, "outside")
    found: dict[Path, State] = dict.fromkeys(files, "clean")
    for entry in os.fsdecode(said).split("\0"):
        file = names.get(entry[3:])
        if file is not None:
            found[file] = "outside" if entry[:2] in _ELSEWHERE else "dirty"
    return found


def _git(folder: Path, *arguments: str) -> bytes | None:
    """What git answers, None if it does not. The folder's own settings may name programs to run
    on such an occasion; they are not."""
    try:
        done = subprocess.run(  # noqa: S603 - git, with fixed words and names of files
            ["git", "-c", "core.fsmonitor=false", *arguments],  # noqa: S607
            cwd=folder,
            env=os.environ | {"GIT_OPTIONAL_LOCKS": "0", "GIT_LITERAL_PATHSPECS": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else None
