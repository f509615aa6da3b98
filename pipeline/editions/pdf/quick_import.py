"""Imports WeasyPrint without parsing its C declarations again: a third of a PDF's CPU time.

WeasyPrint declares Pango and HarfBuzz to cffi as C text, which pycparser parses at every import
and again for each type it meets. cffi can write the parsed declarations as a Python module (its
out-of-line ABI mode). Ours lies in the cache, named by the declarations' own file and by cffi's
version; without it, or when anything is not as expected, the import is the plain one.
"""

from __future__ import annotations

import hashlib
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pipeline.fonts.cache import cache_folder

SWITCH = "GALLEY_PLAIN_IMPORT"
"""Set, this environment variable asks for the plain import."""


def import_weasyprint() -> None:
    """Import WeasyPrint; raises ``OSError`` where a system library is missing, as it does."""
    if "weasyprint" in sys.modules or os.environ.get(SWITCH):
        import weasyprint

        return
    kept = _kept()
    ready = _compiled(kept) if kept is not None else None
    with _ffi_made_by(ready or _Recorder) as made:
        import weasyprint  # noqa: F401
    if ready is None and kept is not None:
        for ffi in made:
            with suppress(Exception):
                _keep(ffi, kept)


def _kept() -> Path | None:
    """Where the declarations of this WeasyPrint under this cffi are kept."""
    spec = find_spec("weasyprint")
    if spec is None or spec.origin is None:
        return None
    try:
        declarations = Path(spec.origin).with_name("text").joinpath("ffi.py").read_bytes()
    except OSError:
        return None
    import cffi

    named = hashlib.sha256(declarations + cffi.__version__.encode()).hexdigest()[:16]
    return cache_folder() / f"declarations-{named}.py"


def _compiled(kept: Path) -> Any:
    """A maker of the compiled ffi, or None if it is not there or not readable."""
    import _cffi_backend

    class Ready(_cffi_backend.FFI):  # type: ignore[misc]
        """The compiled declarations; what it is told once more it knows."""

        def cdef(self, *_: Any, **__: Any) -> None:
            """Nothing to do."""

    class Backend:
        FFI = Ready

    place: dict[str, Any] = {}
    try:
        code = kept.read_text(encoding="utf-8").replace("import _cffi_backend", "", 1)
        exec(compile(code, str(kept), "exec"), {"_cffi_backend": Backend}, place)  # noqa: S102
    except Exception:
        return None
    return lambda: place["ffi"]


class _Recorder:
    """Makes a plain ffi of cffi's."""

    def __new__(cls) -> Any:
        import cffi

        return cffi.api.FFI()


@contextmanager
def _ffi_made_by(maker: Any) -> Iterator[list[Any]]:
    """Let ``cffi.FFI()`` be made by ``maker``, and keep what it made."""
    import cffi

    made: list[Any] = []

    def make(*_: Any, **__: Any) -> Any:
        made.append(maker())
        return made[-1]

    plain = cffi.FFI
    cffi.FFI = make
    try:
        yield made
    finally:
        cffi.FFI = plain


def _keep(ffi: Any, kept: Path) -> None:
    """Write the parsed declarations, whole or not at all."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    ffi.set_source(kept.stem.replace("-", "_"), None)
    with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
        work = Path(folder) / "declarations.py"
        with redirect_stdout(io.StringIO()):  # it tells what it writes
            ffi.emit_python_code(str(work))
        os.replace(work, kept)
