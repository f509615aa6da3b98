"""What normalizing costs, as a share of the CPU that a build of the corpus's posts takes.

Every post goes through the stages in this process, as a worker takes it through; pandoc's time is
in, as a child's. Start-up, fonts and the writing of files are left out, which can only make the
share of normalizing larger. To it counts the look at the other posts of a post's folder.

Usage: ``python -m tests.bench.share [FOLDER]``.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path
from typing import Any

from pipeline import normalize
from pipeline.editions import EDITIONS
from pipeline.press import Order, engines, gathering, stages
from pipeline.press.orders import Job

EPOCH = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)


def main() -> int:
    """Measure and print."""
    report(Path(sys.argv[1]))
    return 0


def report(folder: Path) -> None:
    """The share, with both times."""
    normalizing, whole, posts = measure(folder)
    print(f"normalizing, of the CPU of {posts} posts in {len(EDITIONS)} editions:")
    print(f"  {normalizing:.2f} s of {whole:.2f} s: {normalizing / whole:.1%}")


def measure(folder: Path) -> tuple[float, float, int]:
    """CPU seconds of normalizing and of all stages, and the number of posts."""
    names = tuple(EDITIONS)
    engines.require(edition.engine for edition in EDITIONS.values())
    engines.warm(dict.fromkeys(edition.engine for edition in EDITIONS.values()))
    start = spent()
    posts = gathering.gather(Order((folder,), Path("build"))).posts
    normalizing = spent() - start
    made = normalize.manuscript

    def timed(*arguments: Any, **named: Any) -> Any:
        nonlocal normalizing
        before = spent()
        try:
            return made(*arguments, **named)
        finally:
            normalizing += spent() - before

    normalize.manuscript = timed
    try:
        for post in posts:
            done = stages.make(Job(post, names, EPOCH))
            assert len(done.editions) == len(names), done.notes
    finally:
        normalize.manuscript = made
    return normalizing, spent() - start, len(posts)


def spent() -> float:
    """CPU seconds of this process and of the children that it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    sys.exit(main())
