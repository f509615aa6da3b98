"""Jobs made one after the other, or by workers whose death costs one job.

A worker is forked from this process after the engines are loaded. One that is killed, crashes
in an engine or runs out of its memory or time fails its post; another takes its place.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Generator
from concurrent.futures import Future, as_completed
from concurrent.futures import TimeoutError as LateError

from pipeline.model import Diagnostic
from pipeline.press import engines, stages
from pipeline.press.orders import Job, Made

SECONDS = 120
"""How long a post may take in a worker: real posts peaked at 6 s, on a busy machine at 20."""
MEMORY = 2 << 30
"""Bytes that a post may take in a worker over what the engines have."""
POSTS_A_WORKER = 50
"""Then a fresh one takes over, so that what engines leak stays small."""


def run(jobs: tuple[Job, ...], count: int) -> Generator[tuple[Job, Made], None, None]:
    """Each job with what came of it, as they are done. ``count`` 0 is one worker a processor."""
    count = min(count or processors(), len(jobs))
    if count > 1:
        yield from _run_in_workers(jobs, count)
    else:
        for job in jobs:
            yield job, stages.make(job)


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _run_in_workers(jobs: tuple[Job, ...], count: int) -> Generator[tuple[Job, Made], None, None]:
    import multiprocessing

    from pebble import ProcessPool

    engines.warm(sorted({engine for job in jobs for engine in job.engines()}))
    pool = ProcessPool(
        max_workers=count,
        max_tasks=POSTS_A_WORKER,
        initializer=_settle_in,
        initargs=(os.getpid(),),
        context=multiprocessing.get_context("fork"),
    )
    with warnings.catch_warnings():
        # Python 3.12 warns of any fork beside threads; the pool's own threads hold no lock of ours
        warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
        try:
            futures: dict[Future[Made], Job] = {
                pool.schedule(stages.make, args=(job,), timeout=SECONDS): job for job in jobs
            }
            for future in as_completed(futures):
                yield futures[future], _made(futures[future], future)
            pool.close()  # type: ignore[no-untyped-call]
        finally:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()


def _made(job: Job, future: Future[Made]) -> Made:
    path = job.post.path
    try:
        return future.result()
    except LateError:
        lost = Diagnostic(
            "P006", "error", f"the post took longer than {SECONDS} s", path, None,
            "split the post, or look for what is unusual in it: huge tables, deep nesting",
        )  # fmt: skip
    except MemoryError:
        lost = Diagnostic(
            "P007", "error", "the post needs more memory than it may have", path, None,
            "split the post, or make its pictures and tables smaller",
        )  # fmt: skip
    except Exception as error:  # ProcessExpired, or a result that cannot travel
        lost = _lost(path, error)
    return Made(notes={"": (lost,)})


def _lost(path: str, error: Exception) -> Diagnostic:
    code = getattr(error, "exitcode", None)
    if code is None:
        return stages.internal_fault(path, "render", error)
    how = f"signal {-code}" if code < 0 else f"exit code {code}"
    return Diagnostic(
        "P005", "error", f"the process that made this post died ({how})", path, None,
        "build again; if it dies again, the post needs more memory than there is, or please report",
    )  # fmt: skip


def _settle_in(parent: int) -> None:
    """In a new worker: memory is limited, and it goes when its parent goes."""
    import resource

    _die_with(parent)
    try:
        with open("/proc/self/statm", "rb") as stream:
            pages = int(stream.read().split()[5])  # data and stack, what RLIMIT_DATA counts
        limit = pages * resource.getpagesize() + MEMORY
        resource.setrlimit(
            resource.RLIMIT_DATA, (limit, resource.getrlimit(resource.RLIMIT_DATA)[1])
        )
    except (OSError, ValueError):
        return  # no such measure here: the time limit remains


def _die_with(parent: int) -> None:
    """Linux: have the kernel end this worker with its parent, even if that is killed outright."""
    import ctypes
    import signal

    set_death_signal = 1
    try:
        ctypes.CDLL(None).prctl(set_death_signal, signal.SIGKILL)
    except (OSError, AttributeError):
        return
    if os.getppid() != parent:
        os._exit(1)
