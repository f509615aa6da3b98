"""What the tests ask of others: epubcheck, vnu and veraPDF, and poppler's view of a PDF.

Each takes many files and starts one Java process for all of them (its start costs more than a
post). The answer has every path that was asked, with its messages: an empty tuple is a pass.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.tools.jars import BY_NAME, JARS, JAXB

JAVA_SOURCES = Path(__file__).parent / "java"

Verdicts = dict[Path, tuple[str, ...]]


@dataclass(frozen=True)
class Program:
    """Something that a Debian package brings, and how one sees that it is here."""

    name: str
    package: str
    is_here: Callable[[], bool]


def _has_compiler() -> bool:
    """The drivers are run from source, which takes the JDK's compiler beside java itself."""
    return shutil.which("java") is not None and shutil.which("javac") is not None


PROGRAMS = (
    Program("a JDK", "default-jdk-headless", _has_compiler),
    Program("JAXB", "libjaxb-java", lambda: all(path.exists() for path in JAXB)),
    Program("poppler", "poppler-utils", lambda: shutil.which("pdftotext") is not None),
    Program("Chromium", "chromium", lambda: shutil.which("chromium") is not None),
)


def missing() -> list[str]:
    """What is absent, by name, in the order of the tables; ``make test-tools`` brings it."""
    programs = [program.name for program in PROGRAMS if not program.is_here()]
    return programs + [jar.name for jar in JARS if not jar.is_here()]


NEEDED = {
    "epubcheck": ("a JDK", "epubcheck"),
    "vnu": ("a JDK", "vnu"),
    "verapdf": ("a JDK", "JAXB", "verapdf"),
    "poppler": ("poppler",),
    "chromium": ("Chromium",),
}
"""What each validator stands on, in the names of ``missing``."""


def lacks(validator: str) -> list[str]:
    """What keeps ``validator`` (a key of ``NEEDED``) from running here."""
    return [name for name in NEEDED[validator] if name in missing()]


def epubcheck(paths: Iterable[Path]) -> Verdicts:
    """EPUB 3.3 by epubcheck: its warnings, errors and fatal errors."""
    jars = BY_NAME["epubcheck"].path
    return _java_lines([str(jars), f"{jars.parent}/lib/*"], "EpubVerdicts.java", (), paths)


def verapdf(paths: Iterable[Path], profile: str) -> Verdicts:
    """A PDF profile (``ua1``, ``3a`` …) by veraPDF: each broken rule once, with its count."""
    classes = [str(BY_NAME["verapdf"].path), *map(str, JAXB)]
    return _java_lines(classes, "PdfVerdicts.java", (profile,), paths)


def vnu(paths: Iterable[Path]) -> Verdicts:
    """HTML by the Nu checker: its errors, not its advice."""
    verdicts, links = _links(paths)
    with links as folder:
        names = sorted(os.listdir(folder.name))
        done = _run(
            ["java", "-jar", str(BY_NAME["vnu"].path), "--errors-only", "--format", "json",
             "--stdout", "--exit-zero-always", *names],
            folder.path,
            "",
        )  # fmt: skip
        by_name = {name: path for path, name in folder.names.items()}
        for message in json.loads(done)["messages"]:
            name = Path(unquote(urlsplit(message.get("url", "")).path)).name
            found = by_name.get(name)
            if found is None:
                raise RuntimeError(f"vnu: {message}")
            verdicts[found] += (_vnu_line(message),)
    return verdicts


def pdf_text(path: Path, *options: str) -> str:
    """The text of a PDF as poppler extracts it."""
    return _run(["pdftotext", *options, str(path.resolve()), "-"], path.parent, "")


def pdf_picture(path: Path, page: int, target: Path, dots: int = 100) -> Path:
    """One page (from 1) as a PNG at ``target`` (without extension), ``dots`` per inch."""
    number = str(page)
    _run(
        ["pdftoppm", "-png", "-singlefile", "-r", str(dots), "-f", number, "-l", number,
         str(path.resolve()), str(target.resolve())],
        path.parent,
        "",
    )  # fmt: skip
    return target.with_name(target.name + ".png")


class _Folder:
    """Links with plain names to the files: a Java under LANG=C cannot open ``künye.pdf``."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        self._holder = tempfile.TemporaryDirectory(prefix="galley-validate-")
        self.name = self._holder.name
        self.path = Path(self.name)
        self.names = {p: f"{n:05}{p.suffix}" for n, p in enumerate(paths)}
        for path, name in self.names.items():
            (self.path / name).symlink_to(path.resolve(strict=True))

    def __enter__(self) -> _Folder:
        return self

    def __exit__(self, *_: object) -> None:
        self._holder.cleanup()


def _links(paths: Iterable[Path]) -> tuple[Verdicts, _Folder]:
    every = tuple(dict.fromkeys(paths))
    if not every:
        raise ValueError("no files to validate: a test that checks nothing would pass")
    return dict.fromkeys(every, ()), _Folder(every)


def _java_lines(
    classes: list[str], source: str, arguments: tuple[str, ...], paths: Iterable[Path]
) -> Verdicts:
    """Run one of our drivers over the files and read its lines (see its head comment)."""
    verdicts, links = _links(paths)
    with links as folder:
        command = ["java", "-cp", os.pathsep.join(classes), str(JAVA_SOURCES / source), *arguments]
        lines = _run(command, folder.path, "\n".join(folder.names.values()) + "\n").splitlines()
        by_name = {name: path for path, name in folder.names.items()}
    closed = set()
    for line in lines:
        name, severity, *rest = line.split("\t")
        if severity == "done":
            closed.add(name)
            if rest == ["0"] and not verdicts[by_name[name]]:
                verdicts[by_name[name]] += ("nothing was checked",)
        else:
            verdicts[by_name[name]] += (" ".join((severity, *rest)),)
    unclosed = sorted(by_name.keys() - closed)
    if unclosed:
        raise RuntimeError(f"{source} did not come to the end of {by_name[unclosed[0]]}")
    return verdicts


def _run(command: list[str], folder: Path, text: str) -> str:
    done = subprocess.run(
        command, cwd=folder, input=text.encode(), capture_output=True, timeout=900, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout.decode()


def _vnu_line(message: dict[str, Any]) -> str:
    place = f"{message.get('lastLine', '?')}:{message.get('lastColumn', '?')}"
    return f"{message['type']} {place} {message['message']} | {message.get('extract', '').strip()}"
