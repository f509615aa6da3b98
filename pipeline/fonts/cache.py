"""Where made things are kept between runs, and how a folder of them appears all at once."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from pipeline.model import Diagnostic


def cache_folder() -> Path:
    """``GALLEY_CACHE``, else the user's cache folder as the system has it."""
    given = os.environ.get("GALLEY_CACHE")
    if given:
        return Path(given).absolute()
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("galley"))


def folder(
    name: str, whole: Callable[[Path], bool], fill: Callable[[Path, Path], None]
) -> tuple[Path, tuple[Diagnostic, ...]]:
    """The cache's folder ``name``, made by ``fill(where, final)`` unless it is there and whole.

    ``fill`` works in a folder of its own that is renamed into place, so other processes see
    nothing or everything; whoever comes second uses what the first one made. When the cache
    cannot be written, a temporary folder takes its place for this process, with a diagnostic.
    """
    final = cache_folder() / name
    if whole(final):
        return final, ()
    try:
        return _make(final, whole, fill), ()
    except OSError as error:
        spare = Path(tempfile.mkdtemp(prefix="galley-"))
        _remove_at_exit(spare)
        fill(spare, spare)
        return spare, (_unwritable(final.parent, error),)


def _make(final: Path, whole: Callable[[Path], bool], fill: Callable[[Path, Path], None]) -> Path:
    final.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{final.name}-", dir=final.parent))
    work.chmod(0o755)
    try:
        fill(work, final)
        if final.exists() and not whole(final):
            os.rename(final, work / "damaged")
        try:
            os.rename(work, final)
        except OSError:
            if not whole(final):
                raise
    finally:
        shutil.rmtree(work, ignore_errors=True)
    shutil.rmtree(final / "damaged", ignore_errors=True)
    return final


def _remove_at_exit(spare: Path) -> None:
    import atexit

    atexit.register(shutil.rmtree, spare, ignore_errors=True)


def _unwritable(place: Path, error: OSError) -> Diagnostic:
    return Diagnostic(
        "E101",
        "warning",
        f"the font cache {place} cannot be written ({error.strerror}); the faces are made anew",
        hint="make the folder writable, or name another one in GALLEY_CACHE",
    )
