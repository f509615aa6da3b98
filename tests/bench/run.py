"""``make bench``: what three editions of one post cost, beside pandoc's three commands.

CPU seconds (user and system, children included) in paired runs: each round runs both, in turns
first, so that a noisy machine meets both alike; what counts is the median of the rounds' ratios.
Galley runs cold each time: into a new folder, with the fonts in their cache and byte code present,
as after ``make setup``. Then the same build again, with nothing to do. At last, in one process, the
layout of the pdf edition beside WeasyPrint's own of the same page.

After that, what normalizing costs of it all (:mod:`tests.bench.share`, where the corpus is there),
and how its time grows with the post (:mod:`tests.bench.worst`).

Usage: ``python -m tests.bench.run [--rounds N] [POST]``; the founding post of the corpus unless
another is named (``GALLEY_CORPUS``, default ``../shared/corpus``), else a sample of ``source/``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pypandoc

from tests.bench import share, worst
from tests.bench.shapes import NAMED

TOP = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
FOUNDING = (
    "posts/en/blog/engineering/Cybersecurity/"
    "2024-10-04-the-role-of-cyber-diplomacy-in-international-security.md"
)


@dataclass(frozen=True)
class Cost:
    """Seconds of CPU and of waiting."""

    cpu: float
    wall: float

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.cpu + other.cpu, self.wall + other.wall)


def main() -> int:
    """Measure and print; the exit code says only whether everything ran."""
    parser = argparse.ArgumentParser(description="CPU time of Galley beside pandoc's")
    parser.add_argument("post", nargs="?", type=Path, default=default_post())
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    post: Path = arguments.post.resolve()
    print(f"post: {post.name}, {len(post.read_text(encoding='utf-8').split())} words")
    print(f"rounds: {arguments.rounds}, after one that is not counted\n")
    with tempfile.TemporaryDirectory(prefix="galley-bench-") as folder:
        rounds = [one_round(post, Path(folder), n) for n in range(arguments.rounds + 1)][1:]
    report(rounds)
    report_layout(post, arguments.rounds)
    posts = corpus() / "posts"
    print()
    if posts.is_dir():
        share.report(posts)
    else:
        print(f"no corpus at {posts.parent}: the share of normalizing is not measured")
    print()
    worst.report(NAMED, 3)
    return 0


def corpus() -> Path:
    """The folder of real posts."""
    return Path(os.environ.get("GALLEY_CORPUS") or TOP.parent / "shared" / "corpus")


def default_post() -> Path:
    """The founding post, else the first sample."""
    founding = corpus() / FOUNDING
    return founding if founding.is_file() else sorted((TOP / "source").glob("*.md"))[0]


def one_round(post: Path, folder: Path, number: int) -> dict[str, Cost]:
    """Both, in turns first; then Galley again on what it has just made."""
    place = folder / str(number)
    place.mkdir()
    sides: list[tuple[str, Callable[[], Cost]]] = [
        ("galley", lambda: run(galley(post, place / "build"), place)),
        ("pandoc", lambda: pandoc(post, place)),
    ]
    costs = {name: side() for name, side in (sides if number % 2 else sides[::-1])}
    costs["nothing"] = run(galley(post, place / "build"), place)
    costs["pdf"] = run([*galley(post, place / "paper"), "-e", "pdf"], place)
    shutil.rmtree(place)
    return costs


def galley(post: Path, out: Path) -> list[str]:
    """The command as an editor runs it."""
    command = BIN / "galley"
    start = [str(command)] if command.is_file() else [sys.executable, "-m", "pipeline"]
    return [*start, "build", str(post), "-o", str(out), "--quiet"]


def pandoc(post: Path, place: Path) -> Cost:
    """The three commands; the PDF through the same WeasyPrint."""
    start = [pypandoc.get_pandoc_path(), str(post), "--quiet"]
    options = (
        ["--embed-resources", "--standalone", "-o", "post.html"],
        ["-o", "post.epub"],
        [f"--pdf-engine={BIN / 'weasyprint'}", "-o", "post.pdf"],
    )
    costs = [run([*start, *option], place) for option in options]
    return costs[0] + costs[1] + costs[2]


def run(command: list[str], folder: Path) -> Cost:
    """Run it to its end; its CPU time with that of its children."""
    environment = {**os.environ, "PYTHONPATH": str(TOP)}
    log = folder / "log"
    with log.open("wb") as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command[0]} ended with {process.returncode}:\n{log.read_text()[-2000:]}")
    return Cost(usage.ru_utime + usage.ru_stime, wall)


def report(rounds: list[dict[str, Cost]]) -> None:
    """The medians, and the ratio with its range."""
    names = {
        "galley": "galley build, cold, three editions",
        "pandoc": "pandoc's three commands",
        "nothing": "galley build, nothing to do",
        "pdf": "galley build -e pdf, cold",
    }
    for name, label in names.items():
        cpu = median(costs[name].cpu for costs in rounds)
        wall = median(costs[name].wall for costs in rounds)
        print(f"{label:36} {cpu:6.3f} s CPU  {wall:6.3f} s")
    shares = sorted(1 - costs["pdf"].cpu / costs["galley"].cpu for costs in rounds)
    print(
        f"\nHTML and EPUB, of the CPU of three editions: {median(shares):.0%} "
        f"({shares[0]:.0%} to {shares[-1]:.0%})"
    )
    ratios = sorted(costs["galley"].cpu / costs["pandoc"].cpu for costs in rounds)
    print(
        f"\ngalley / pandoc, CPU: {median(ratios):.2f} "
        f"(median of {len(ratios)} paired runs, {ratios[0]:.2f} to {ratios[-1]:.2f})"
    )


def report_layout(post: Path, rounds: int) -> None:
    """The layout of the pdf edition beside a bare one of the same page."""
    sys.path.insert(0, str(TOP))
    from tests.bench import layout

    found, ours, bare = layout.ratios(post, rounds)
    print(f"\n{'layout of the pdf edition':36} {ours:6.3f} s CPU")
    print(f"{'bare WeasyPrint, same page':36} {bare:6.3f} s CPU")
    print(
        f"\npdf / WeasyPrint, CPU: {median(found):.2f} "
        f"(median of {len(found)} paired runs, {found[0]:.2f} to {found[-1]:.2f})"
    )


if __name__ == "__main__":
    sys.exit(main())
