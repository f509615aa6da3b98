"""Source: a file taken apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.config import Limits
from pipeline.diagnostics import fault
from pipeline.model import Diagnostic, Source
from pipeline.read.fences import split
from pipeline.read.files import as_text, read_post
from pipeline.read.front_lines import Parts
from pipeline.read.marks import UNPRINTABLE


def load(file: Path, path: str, limits: Limits) -> Source:
    """The post at ``file``, called ``path`` in what is said of it: front matter apart from body.

    Raises ``Fault`` with a code of R001 to R013 for a post that cannot be read; see
    ``diagnostics.CODES``. Oddities that do not stop it are in ``Source.diagnostics``.
    """
    data = read_post(file, path, limits.post_bytes)
    parts = split(as_text(data, path), path, limits.yaml_depth)
    front, found = _parse(parts, path, limits)
    found = (*parts.notes, *found)
    return Source(
        path, str(file), front, parts.form, parts.front, parts.body, parts.body_line, found, data,
        front_line=parts.front_line,
    )  # fmt: skip


def _parse(
    parts: Parts, path: str, limits: Limits
) -> tuple[dict[str, Any], tuple[Diagnostic, ...]]:
    if parts.form is None:
        return {}, ()
    if len(parts.front.encode()) > limits.front_matter_bytes:
        raise fault(
            "R006",
            f"the front matter is larger than {limits.front_matter_bytes:,} bytes",
            path=path,
            line=parts.front_line,
            hint="shorten it, or raise limits.front_matter_bytes in galley.toml",
        )
    if odd := UNPRINTABLE.search(parts.front):
        raise fault(
            "R013",
            f"the front matter holds a control character (U+{ord(odd[0]):04X})",
            path=path,
            line=parts.front_line + parts.front.count("\n", 0, odd.start()),
            hint="delete it: it is invisible, so retype the word it stands in",
        )
    from pipeline.read import other_front, yaml_front

    if parts.form == "yaml":
        front, found = yaml_front.parse_yaml(parts, path, limits.yaml_depth)
    elif parts.form == "toml":
        front, found = other_front.parse_toml(parts, path, limits.yaml_depth)
    else:
        front, found = other_front.parse_json(parts, path, limits.yaml_depth)
    if _holds_half_character(front):
        raise fault(
            "R013",
            "the front matter holds half a character (\\ud800 to \\udfff)",
            path=path,
            line=parts.front_line,
            hint="write the character itself instead of its escapes",
        )
    return front, found


def _holds_half_character(value: Any) -> bool:
    if isinstance(value, str):
        return any("\ud800" <= sign <= "\udfff" for sign in value)
    if isinstance(value, dict):
        return any(map(_holds_half_character, (*value, *value.values())))
    return isinstance(value, list) and any(map(_holds_half_character, value))
