"""How the time to normalize a post grows when the post doubles, on posts made to take long.

CPU seconds of one process, a post of half the limit and one of the limit (``[limits] post_bytes``)
in turns; what counts is the ratio of the two medians. A rule that is linear gives about 2.

Usage: ``python -m tests.bench.worst [--rounds N] [--all] [SHAPE…]``.
"""

from __future__ import annotations

import argparse
import sys
import time
from statistics import median

from pipeline.config import Limits
from pipeline.normalize import RULES
from pipeline.normalize.repair import mend
from tests.bench.shapes import NAMED, SHAPES, sized

MOST = 2.2
"""The growth that is still called linear: memory is slower, the more of it is used."""


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="growth of the time to normalize a post")
    parser.add_argument("shapes", nargs="*", metavar="SHAPE", default=NAMED)
    parser.add_argument("--all", action="store_true", help="every shape there is")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    report(tuple(SHAPES) if arguments.all else tuple(arguments.shapes), arguments.rounds)
    return 0


def report(shapes: tuple[str, ...], rounds: int) -> None:
    """A line a shape: both times and the growth."""
    large = Limits().post_bytes
    print(f"normalizing a post made to take long, {large // 2:,} and {large:,} bytes, CPU:")
    for shape in shapes:
        bodies = sized(shape, large // 2), sized(shape, large)
        times = [tuple(map(spent, bodies)) for _ in range(rounds)]
        short, long = (median(column) for column in zip(*times, strict=True))
        verdict = "" if long <= MOST * short else f"  more than {MOST}"
        growth = f"x {long / short:.2f}{verdict}"
        print(f"  {shape:28} {short:6.2f} s {long:6.2f} s  {growth}", flush=True)


def spent(lines: tuple[str, ...]) -> float:
    """CPU seconds to normalize the body."""
    start = time.process_time()
    mend(lines, 1, "The Title", RULES)
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
