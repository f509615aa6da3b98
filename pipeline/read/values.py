"""Values: what a key's value means as text, as a list, as a truth, as a picture.

Each reader gives the value and whether it holds all that was written; None is no value.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from pipeline.model import Picture
from pipeline.read.keys import folded
from pipeline.read.marks import plain, tidy

TRUTHS = {"true": True, "yes": True, "on": True, "1": True, "y": True,
          "false": False, "no": False, "off": False, "0": False, "n": False}  # fmt: skip
STATES = {"draft": True, "unpublished": True, "private": True, "pending": True, "future": True,
          "trash": True, "publish": False, "published": False, "public": False}  # fmt: skip
PICTURE_NAME = re.compile(r"\S+\.(?:avif|gif|jpe?g|png|svg|webp)", re.IGNORECASE)
NAMES = ("name", "title", "text", "label", "holder", "type")
PATHS = ("path", "src", "url", "image", "feature", "file", "filename", "name", "source", "teaser",
         "thumb", "thumbnail", "relative", "href")  # fmt: skip
ALTS = ("alt", "alttext", "description", "title", "caption")
LEADING = re.compile("cover|feature|featured|hero|header|banner|thumbnail", re.IGNORECASE)


def as_text(value: Any) -> str | None:
    """A scalar as its text, else None."""
    if isinstance(value, str):
        return value
    if isinstance(value, (dt.datetime, dt.date)):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).lower()  # as the post has it
    return str(value) if isinstance(value, (int, float)) else None


def label(value: Any) -> tuple[str | None, bool]:
    """One label: a scalar, the name of a map, the first of a list."""
    if isinstance(value, list):
        entries = [entry for entry in value if entry not in (None, "")]
        first, whole = label(entries[0]) if entries else (None, True)
        return first, whole and len(entries) < 2
    if isinstance(value, Mapping):
        for name in NAMES:
            for key, inner in value.items():
                if folded(str(key)) == name and (text := as_text(inner)):
                    return tidy(text) or None, len(value) == 1
        return None, False
    text = as_text(value)
    return (tidy(text) or None if text else None), text is not None


def labels(value: Any, *, spaced: bool = False) -> tuple[tuple[str, ...], bool]:
    """A list of labels without empty ones and repeats. Text is split at commas and semicolons;
    without any, at spaces if ``spaced`` (Jekyll's ``tags: one two``)."""
    if isinstance(value, str):
        parts = re.split(r"[,;\n]", value) if re.search(r"[,;\n]", value) else [value]
        if spaced and len(parts) == 1:
            parts = value.split()
        return _distinct(part.strip().removeprefix("#") for part in map(tidy, parts)), True
    if not isinstance(value, list):
        text = as_text(value)
        return _distinct([text or ""]), text is not None
    found: list[str] = []
    whole = True
    for entry in value:
        if isinstance(entry, list):
            inner, complete = labels(entry)
            found += inner
        elif entry is None:
            complete = True
        else:
            one, complete = label(entry)
            found.append(one or "")
        whole = whole and complete
    return _distinct(found), whole


def _distinct(texts: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def truth(value: Any) -> bool | None:
    """A truth, or a word for one."""
    if isinstance(value, bool):
        return value
    return TRUTHS.get(str(value).strip().lower()) if isinstance(value, (str, int)) else None


def state(value: Any) -> tuple[bool | None, bool]:
    """Whether a ``status`` means a draft, and whether that is all that it means."""
    word = value.strip().lower() if isinstance(value, str) else ""
    return STATES.get(word), word in ("draft", "publish", "published")


def picture(value: Any, name: str) -> tuple[Picture | None, bool]:
    """The image that a key of this table name gives: text, a map, a list (its first, or the
    resource that is called cover or featured)."""
    if isinstance(value, str):
        path = value.strip()
        return (Picture(path) if path and not path.lower().startswith("data:") else None), True
    if isinstance(value, Mapping):
        return _from_map(value)
    if not isinstance(value, list):
        return None, False
    entries = [entry for entry in value if entry]
    if name == "resources":
        entries = [entry for entry in entries if isinstance(entry, Mapping) and _leads(entry)]
    for entry in entries:
        found, whole = picture(entry, "")
        if found:
            return found, whole and len(entries) == 1 and name != "resources"
    return None, False


def _leads(resource: Mapping[str, Any]) -> bool:
    source = str(resource.get("src", ""))
    known_as = f"{resource.get('name')} {source}"
    return bool(PICTURE_NAME.fullmatch(source) and LEADING.search(known_as))


def _from_map(value: Mapping[str, Any]) -> tuple[Picture | None, bool]:
    parts = {folded(str(key)): inner for key, inner in value.items()}
    path = next((parts[key] for key in PATHS if _is_path(parts.get(key))), None)
    if path is None:
        return None, False
    alt = next((parts[key] for key in ALTS if isinstance(parts.get(key), str)), "")
    used = [inner for inner in parts.values() if inner not in (None, "", path, alt)]
    return Picture(path.strip(), plain(alt)), not used


def _is_path(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and not value.startswith("data:")
