"""Read: a file becomes a ``Source``, its front matter becomes the one record.

``find_posts`` lists the posts under a PATH, ``load`` takes one apart, ``record`` maps what Hugo,
Jekyll, pandoc, Quarto and other blogs write onto :class:`pipeline.model.Metadata`; ``as_json``
and ``front_matter`` write the record out. PyYAML, tomllib and json are imported when a post of
that kind is met.
"""

from pipeline.read.files import find_posts
from pipeline.read.metadata import record
from pipeline.read.source import load
from pipeline.read.writing import as_json, front_matter

__all__ = ["as_json", "find_posts", "front_matter", "load", "record"]
