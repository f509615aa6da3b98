"""Phantom keys: an apostrophe that ended the title's quotes and made a key of what follows.

``title: 'What'`` with ``s New in macOS: A Look'`` on the next line once was one title. YAML
reads two keys; the url or the file name tells that they are one.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any

from pipeline.model import Diagnostic, Source
from pipeline.read.taking import line_of


def mended(source: Source) -> tuple[dict[str, Any], tuple[Diagnostic, ...]]:
    """The front matter with a split title put together, and a word about it.

    Only done when the whole title agrees with the address or the file's name; else it is
    reported and left.
    """
    front = dict(source.front)
    title = front.get("title")
    phantom = _phantom(front)
    if phantom is None or not isinstance(title, str):
        return front, ()
    end = front[phantom]
    whole = f"{title}'{phantom}" + (f": {end.removesuffix(chr(39))}" if end else "")
    line = line_of(source, phantom)
    if not any(_letters(name).startswith(_letters(whole)) for name in _names(source)):
        return front, (
            Diagnostic(
                "R023",
                "warning",
                f"an apostrophe seems to have cut the title in two: {whole!r}?",
                source.path,
                line,
                "put the whole title in double quotes",
            ),
        )
    del front[phantom]
    front["title"] = whole
    return front, (
        Diagnostic(
            "R023",
            "warning",
            f"an apostrophe had cut the title in two; it was read as {whole!r}",
            source.path,
            line,
            "put the whole title in double quotes",
        ),
    )


def _phantom(front: dict[str, Any]) -> str | None:
    """The key after ``title`` that reads like the rest of a sentence and ends in a quote."""
    keys = list(front)
    if "title" not in keys[:-1]:
        return None
    key = keys[keys.index("title") + 1]
    value = front[key]
    rest = re.match(r"(?:s|t|re|ve|ll|d|m|n)\b ", key)
    return key if rest and (isinstance(value, str) and value.endswith("'")) else None


def _names(source: Source) -> list[str]:
    stem = PurePosixPath(source.path).stem
    url = str(source.front.get("url") or "").rstrip("/").rpartition("/")[2]
    slug = str(source.front.get("slug") or "")
    return [name for name in (url, slug, re.sub(r"^[\d-]+", "", stem)) if name]


def _letters(text: str) -> str:
    """What a slug keeps of a title."""
    return re.sub(r"[^a-z0-9]", "", text.lower())
