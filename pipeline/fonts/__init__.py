"""The faces that the editions are set in: made once, named after us, then found cheaply.

    fontpkg-* packages --instances--> static TrueType files in the cache + index.json
    library() -> Library --woff2--> the part of a face that a web page or an e-book needs

The first run makes the instances (about a second); every later run reads one small JSON file
and imports neither HarfBuzz nor fontTools. ``python -m pipeline.fonts`` makes them beforehand.
"""

from __future__ import annotations

from pipeline.fonts.library import Face, Library, is_invisible, library
from pipeline.fonts.licences import licences
from pipeline.fonts.web import FEATURES, css_face, woff2

__all__ = [
    "FEATURES",
    "Face",
    "Library",
    "css_face",
    "is_invisible",
    "library",
    "licences",
    "woff2",
]
