"""What each validator stands on, and what of it is missing here."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.audit.judges.packages import JARS, JAXB, NODE

BRING = "make test-tools"
"""The command that brings what is missing."""


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
    Program("Node", "nodejs", lambda: shutil.which("node") is not None),
    Program("poppler", "poppler-utils", lambda: shutil.which("pdftotext") is not None),
    Program("Chromium", "chromium", lambda: shutil.which("chromium") is not None),
)

NEEDED = {
    "epubcheck": ("a JDK", "epubcheck"),
    "ace": ("Node", "Chromium", NODE.name),
    "vnu": ("a JDK", "vnu"),
    "html-validate": ("Node", NODE.name),
    "axe": ("Node", "Chromium", NODE.name),
    "verapdf": ("a JDK", "JAXB", "verapdf"),
    "poppler": ("poppler",),
    "chromium": ("Chromium",),
}
"""What each validator stands on, in the names of :func:`missing`."""


def missing() -> list[str]:
    """What is absent, by name, in the order of the tables; ``BRING`` brings it."""
    programs = [program.name for program in PROGRAMS if not program.is_here()]
    jars = [jar.name for jar in JARS if not jar.is_here()]
    return programs + jars + ([] if NODE.is_here() else [NODE.name])


def lacks(validator: str) -> list[str]:
    """What keeps ``validator`` (a key of ``NEEDED``) from running here."""
    return [name for name in NEEDED[validator] if name in missing()]
