"""Read: a file becomes a ``Source``, its front matter becomes the one record.

``find_posts`` lists the posts under a PATH, ``load`` takes one apart, ``record`` maps what Hugo,
Jekyll, pandoc, Quarto and other blogs write onto :class:`pipeline.model.Metadata`; ``as_json``
and ``front_matter`` write the record out. PyYAML, tomllib and json are imported when a post of
that kind is met.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pipeline.read.files import find_posts
from pipeline.read.neighbours import Neighbours

if TYPE_CHECKING:
    from pipeline.read.metadata import record
    from pipeline.read.source import load
    from pipeline.read.writing import as_json, front_matter

__all__ = ["Neighbours", "as_json", "find_posts", "front_matter", "load", "record"]

_HOMES = {
    "as_json": "writing",
    "front_matter": "writing",
    "load": "source",
    "record": "metadata",
}
"""Where the rest is, loaded when it is asked for: a build with nothing to do lists the posts and
reads none."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
