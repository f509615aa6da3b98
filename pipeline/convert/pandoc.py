"""The one place that runs pandoc: a fixed command line, text on standard input, bounded.

``--sandbox`` keeps pandoc from reading any file, ``+RTS -M512M`` ends it cleanly where a post
would eat the machine's memory, and a timeout ends it where the counts of
:mod:`pipeline.convert.limits` did not foresee the input.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from pipeline.diagnostics import fault

DIALECT = "commonmark" + "".join(
    f"+{extension}"
    for extension in (
        "pipe_tables",
        "footnotes",
        "strikeout",
        "task_lists",
        "definition_lists",
        "attributes",
        "bracketed_spans",
        "fenced_divs",
        "alerts",
        "tex_math_dollars",
    )
)
"""The Markdown that Galley reads. Not ``commonmark_x``: its ``smart``, ``emoji`` and
``superscript`` change options, times and powers that posts mean literally."""

ARGUMENTS = (
    "+RTS", "-M512M", "-RTS",
    f"--from={DIALECT}",
    "--to=html5",
    "--sandbox",
    "--mathml",
    "--wrap=preserve",
    "--email-obfuscation=none",
    "--eol=lf",
    "--quiet",
)  # fmt: skip
"""Fixed: nothing of a post ever reaches the command line."""

SECONDS = 10.0
_OUT_OF_MEMORY = 251  # GHC's run-time system, heap limit


def executable() -> Path:
    """The pandoc binary that the package pypandoc-binary carries.

    Looked up where :mod:`pypandoc` itself looks, without paying for its import; where that file
    is not there, pypandoc says which one it would run. Raises ``Fault`` C001 if there is none.
    """
    from importlib.util import find_spec

    spec = find_spec("pypandoc")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for name in ("pandoc", "pandoc.exe"):
            binary = Path(folder) / "files" / name
            if binary.is_file():
                return binary
    try:
        import pypandoc

        return Path(pypandoc.get_pandoc_path())
    except (ImportError, OSError) as error:
        raise fault(
            "C001", "pandoc is missing", hint="reinstall the Python package pypandoc-binary"
        ) from error


def html(markdown: str, path: str) -> str:
    """The text as HTML 5 (MathML for math, classes only for highlighting).

    ``path`` names the post in faults: C001 (no pandoc), C002 (too long), C003 (too much memory),
    C004 (anything else, with pandoc's own words).
    """
    command = [str(executable()), *ARGUMENTS]
    try:
        done = subprocess.run(  # noqa: S603 - fixed arguments, no shell
            command, input=markdown.encode(), capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise fault(
            "C002",
            f"pandoc gave no answer in {SECONDS:.0f} seconds",
            path=path,
            hint="look for very deep nesting or thousands of brackets; split the post",
        ) from error
    except OSError as error:
        raise fault(
            "C001",
            f"pandoc cannot be started: {error.strerror}",
            path=path,
            hint="reinstall the Python package pypandoc-binary",
        ) from error
    if done.returncode == _OUT_OF_MEMORY:
        raise fault(
            "C003",
            "pandoc needed more than 512 MB for this post",
            path=path,
            hint="look for a very long paragraph or table; split the post",
        )
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise fault(
            "C004",
            f"pandoc ended with code {done.returncode}: {said[0] if said else 'no word'}",
            path=path,
            hint="if the post is plain Markdown, report this with the post",
        )
    return done.stdout.decode("utf-8")
