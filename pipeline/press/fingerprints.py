"""Digests that say whether an edition would come out as it stands.

Contents only, never times of files: a checkout, a copy or an older backup must be told apart by
what they hold. What is hashed: the post's bytes, every file its document looked at (or missed),
settings and ``--set``, the entry in the table of editions, templates, Galley's own sources, and
the versions of the libraries and fonts that take part.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import msgspec

from pipeline import templating
from pipeline.config import Config
from pipeline.editions import Edition
from pipeline.press.orders import Post

LIBRARIES = (
    "babel", "brotli", "cssselect2", "ebooklib", "fontpkg", "fonttools", "jinja2", "latex2mathml",
    "lxml", "markdown_it_py", "mdit_py_plugins", "nh3", "pikepdf", "pillow", "pydyf", "pygments",
    "pypandoc", "pyphen", "pyyaml", "segno", "tinycss2", "tinyhtml5", "uharfbuzz", "weasyprint",
    "ziafont", "ziamath",
)  # fmt: skip
"""Distributions (beginnings of their names) whose version can show in an edition."""


def digest(*parts: bytes) -> str:
    """A digest of the parts, told apart by their lengths. 128 bits: nobody is attacking."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.hexdigest()[:32]


def file_digest(file: str | Path) -> str | None:
    """The digest of a file's content, None if there is no regular file to read under that name:
    a pipe would hang the run, a device never end."""
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as stream:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return None
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError):
        return None


def tools(config: Config) -> str:
    """The digest of all that makes editions and is not the post: code, libraries, templates."""
    parts = [code().encode(), *(name.encode() for name in libraries())]
    for file in templating.template_files(config):
        parts += [_name(file, config.root).encode(), (file_digest(file) or "").encode()]
    settings = msgspec.structs.replace(config.settings, editions=(), variants={})
    parts.append(msgspec.json.encode(settings, order="sorted"))
    parts += [name.encode() for name in sorted(config.settings.variants)]  # posts may ask for them
    parts.append(msgspec.json.encode(config.overrides, order="sorted"))
    if config.settings.look.logo:
        parts.append((file_digest(config.root / config.settings.look.logo) or "").encode())
    return digest(*parts)


def _name(file: Path, root: Path) -> str:
    base = root if file.is_relative_to(root) else templating.shipped()
    return os.path.relpath(file, base)


@lru_cache(maxsize=1)
def code() -> str:
    """The digest of Galley's own sources and tables."""
    package = Path(__file__).resolve().parent.parent
    files = sorted(p for kind in ("*.py", "*.toml") for p in package.rglob(kind))
    parts = []
    for file in files:
        parts += [file.relative_to(package).as_posix().encode(), file.read_bytes()]
    return digest(*parts)


@lru_cache(maxsize=1)
def libraries() -> tuple[str, ...]:
    """``name-version`` of each library at hand, from the names of its metadata folders: asking
    ``importlib.metadata`` would cost more than all the hashing."""
    names = {f"python-{sys.version_info.major}.{sys.version_info.minor}"}
    for folder in sys.path:
        try:
            entries = os.listdir(folder or ".")
        except OSError:
            continue
        names.update(
            entry.lower().removesuffix(".dist-info").replace("-", "_")
            for entry in entries
            if entry.endswith(".dist-info")
            and entry.lower().replace("-", "_").startswith(LIBRARIES)
        )
    return tuple(sorted(names))


def of_post(tools_key: str, post: Post, content: str) -> str:
    """The key of a post's reading: same key, same record and same document from same inputs.
    ``content`` is the digest of the post's bytes. Of its neighbours only their family counts."""
    parts = (tools_key, post.base, post.path, content, of_decisions(post), post.family)
    return digest(*(part.encode("utf-8", "replace") for part in parts))


def of_decisions(post: Post) -> str:
    """The editor's decisions that may concern the post, as text; none for the most of posts."""
    if not post.config.decisions:
        return ""
    place = f"{post.base}/{post.path}".removeprefix("./")
    concerned = [d for d in post.config.decisions if d.post in (None, place)]
    return repr(concerned) if concerned else ""


def of_inputs(files: Iterable[str], root: Path) -> dict[str, str | None]:
    """Digests of the files a document looked at, named as seen from the publication root."""
    named = {Path(os.path.relpath(file, root)).as_posix(): file for file in files}
    return {name: _input_digest(named[name], root) for name in sorted(named)}


def _input_digest(file: str, root: Path) -> str | None:
    """None too for what lies outside the publication: no document depends on its content, and
    not even its digest is ours to write down."""
    return file_digest(file) if Path(os.path.realpath(file)).is_relative_to(root) else None


def same_inputs(known: Mapping[str, str | None], root: Path, seen: dict[str, str | None]) -> bool:
    """Whether each of those files is still what it was, or still absent. ``seen`` remembers
    digests by path: many posts look for the same files, and all their editions do."""
    for name, value in known.items():
        file = f"{root}/{name}"
        if file not in seen:
            seen[file] = _input_digest(file, root)
        if seen[file] != value:
            return False
    return True


def of_edition(
    post_key: str, inputs: Mapping[str, str | None], edition: Edition, needed: Edition | None,
    epoch: str,
) -> str:  # fmt: skip
    """The key of one edition of a post, which knows the pages of ``needed``: same key, same
    bytes."""
    return digest(
        post_key.encode(),
        msgspec.json.encode(dict(inputs), order="sorted"),
        msgspec.json.encode((edition, needed), order="sorted"),
        epoch.encode(),
    )
