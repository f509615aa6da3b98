"""``galley doctor``: what is here, what is missing, and the command that brings it.

It imports no engine: it must still speak when one of them cannot be loaded.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
from argparse import Namespace
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline import __version__, system
from pipeline.commands.report import printable, say
from pipeline.diagnostics import Fault

LIBRARIES = (
    ("Jinja2", "jinja2"),
    ("WeasyPrint", "weasyprint"),
    ("EbookLib", "EbookLib"),
    ("pypandoc", "pypandoc_binary"),
    ("lxml", "lxml"),
    ("nh3", "nh3"),
    ("markdown-it-py", "markdown-it-py"),
    ("pikepdf", "pikepdf"),
    ("uharfbuzz", "uharfbuzz"),
    ("ziamath", "ziamath"),
    ("segno", "segno"),
    ("Babel", "babel"),
    ("PyYAML", "PyYAML"),
    ("pebble", "pebble"),
)
"""Python packages: the name to show, and that of the distribution."""

OPTIONAL_FONTS = (("Arabic", "fontpkg-amiri"),)
"""Scripts that the faces at hand do not cover, and the package that brings each."""

VALIDATORS = ("java", "pdftotext", "chromium")
"""Programs that only the project's own tests use."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report. ``state`` is ``ok``, ``missing`` or ``optional`` (absent, not
    needed); ``cure`` is the command that brings what is absent."""

    group: str
    name: str
    state: str
    detail: str
    cure: str | None = None


def run(arguments: Namespace) -> int:
    """Report; 0 if all that is needed is here, else 2."""
    findings = examine()
    code = 2 if any(found.state == "missing" for found in findings) else 0
    if arguments.format == "json":
        report = {"ok": code == 0, "findings": [asdict(found) for found in findings]}
        say(json.dumps(report, ensure_ascii=False, indent=2, sort_keys=True), sys.stdout)
    else:
        _print(findings)
    return code


def examine() -> tuple[Finding, ...]:
    """Everything Galley needs, and what it can do without."""
    return (
        Finding("galley", "Galley", "ok", __version__),
        Finding("engines", "Python", "ok", platform.python_version()),
        *_libraries(),
        _pandoc(),
        *_system(),
        *_faces(),
        *_optional_fonts(),
        *_validators(),
    )


def _libraries() -> tuple[Finding, ...]:
    from importlib.metadata import PackageNotFoundError, version

    found = []
    for name, package in LIBRARIES:
        try:
            found.append(Finding("engines", name, "ok", version(package)))
        except PackageNotFoundError:
            found.append(Finding("engines", name, "missing", "not installed", _pip(package)))
    return tuple(found)


def _pip(package: str) -> str:
    """The command that brings a Python package into this environment."""
    return f"{sys.executable} -m pip install {package.replace('_', '-')}"


def _pandoc() -> Finding:
    """The program comes inside a Python package: it must be there and run."""
    import subprocess

    cure = _pip("pypandoc-binary")
    try:
        from importlib.util import find_spec

        spec = find_spec("pypandoc")
        program = Path(spec.origin).parent / "files" / "pandoc" if spec and spec.origin else None
        if program is None or not program.is_file():
            return Finding("engines", "pandoc", "missing", "not installed", cure)
        said = subprocess.run(  # noqa: S603 - a program of our own environment, fixed words
            [program, "--version"], capture_output=True, text=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        return Finding("engines", "pandoc", "missing", f"does not run: {error}", cure)
    return Finding("engines", "pandoc", "ok", said.stdout.split()[1])


def _system() -> tuple[Finding, ...]:
    """The system libraries, with versions where they tell them."""
    lacking = system.missing()
    found = []
    for need in system.NEEDS:
        if not need.libraries:
            continue  # Python's venv served the set-up: nothing needs it any more
        if need in lacking:
            cure = system.cure(tuple(n for n in lacking if n.libraries))
            found.append(Finding("system", need.name, "missing", f"PDF needs {need.name}", cure))
        else:
            found.append(Finding("system", need.name, "ok", _library_version(need)))
    return tuple(found)


def _library_version(need: system.Need) -> str:
    import ctypes

    ask = {"Pango": "pango_version_string", "HarfBuzz-Subset": "hb_version_string"}.get(need.name)
    for name in need.libraries:
        try:
            library = ctypes.CDLL(name)
            if ask is None:
                return "present"
            function = getattr(library, ask)
        except (OSError, AttributeError):
            continue
        function.restype = ctypes.c_char_p
        return str(function().decode())
    return "present"


def _faces() -> tuple[Finding, ...]:
    from pipeline import fonts

    try:
        library = fonts.library()
    except Fault as error:
        note = error.diagnostics[0]
        return (Finding("fonts", "faces", "missing", note.message, note.hint),)
    except Exception as error:  # a missing font engine is what the doctor is for
        return (Finding("fonts", "faces", "missing", str(error), _pip("uharfbuzz")),)
    counts: dict[str, int] = {}
    for face in library.faces:
        counts[face.family] = counts.get(face.family, 0) + 1
    found = [
        Finding("fonts", family, "ok", f"{number} face{'' if number == 1 else 's'}")
        for family, number in counts.items()
    ]
    places = dict.fromkeys(os.path.dirname(face.file) for face in library.faces[:1])
    return (*found, *(Finding("fonts", "cache", "ok", place) for place in places))


def _optional_fonts() -> tuple[Finding, ...]:
    from importlib.metadata import PackageNotFoundError, version

    found = []
    for script, package in OPTIONAL_FONTS:
        try:
            found.append(Finding("optional", script, "ok", f"{package} {version(package)}"))
        except PackageNotFoundError:
            found.append(
                Finding("optional", script, "optional", f"no faces for {script}", _pip(package))
            )
    return tuple(found)


def _validators() -> tuple[Finding, ...]:
    return tuple(
        Finding("optional", name, "ok", "present")
        if shutil.which(name)
        else Finding("optional", name, "optional", "used by the tests only", "make test-tools")
        for name in VALIDATORS
    )


def _print(findings: tuple[Finding, ...]) -> None:
    group = ""
    for found in findings:
        if found.group != group:
            group = found.group
            say(group, sys.stdout)
        mark = {"ok": "ok     ", "missing": "MISSING", "optional": "-      "}[found.state]
        say(f"  {mark} {printable(found.name):20} {printable(found.detail)}", sys.stdout)
        if found.cure and found.state == "optional":
            say(f"          {printable(found.cure)}", sys.stdout)
    cures = tuple(dict.fromkeys(f.cure for f in findings if f.state == "missing" and f.cure))
    if cures:
        say("\nTo bring what is missing:", sys.stdout)
        for cure in cures:
            say(f"    {printable(cure)}", sys.stdout)
    elif not any(found.state == "missing" for found in findings):
        say("\nAll that Galley needs is here.", sys.stdout)
