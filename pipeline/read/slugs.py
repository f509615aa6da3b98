"""Slugs and addresses: what the output files are called, and where the post lives."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, unquote

PLACEHOLDER = re.compile(r":[A-Za-z_]+")
PAGE_SUFFIX = re.compile(r"\.(?:x?html?|php\d?|aspx?|jsp|md|markdown)$", re.IGNORECASE)
UNSAFE = re.compile(r'[<>:"/\\|?*]+')
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE)
UNWRITABLE = re.compile(r'[\s"<>\\^`{|}]')
MOST_BYTES = 180
"""File systems end at 255 bytes; an edition's suffix and a temporary name need room too."""


def safe(text: str) -> str:
    """The text as a file name on every system: NFC, without control characters and separators,
    no dot in front, none of Windows' device names, at most 180 bytes of UTF-8; perhaps empty."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cf", "Cs"))
    text = UNSAFE.sub("-", " ".join(text.split()))
    text = text.encode()[:MOST_BYTES].decode("utf-8", "ignore").strip(". ")
    reserved = RESERVED.match(text)
    return f"{reserved[0]}_{text[reserved.end() :]}" if reserved else text


def from_key(value: str) -> str | None:
    """The slug that a post gives itself; one with ``/`` or a ``:placeholder`` counts as none."""
    value = value.strip()
    if "/" in value or PLACEHOLDER.search(value):
        return None
    return safe(value) or None


def from_url(url: str) -> str | None:
    """The last segment of an address, without the extension of a page."""
    path = re.sub(r"^[a-z]+://[^/?#]*", "", url, flags=re.IGNORECASE)
    path = re.split(r"[?#]", path, maxsplit=1)[0]
    segments = [segment for segment in path.split("/") if segment]
    if segments and re.fullmatch(r"index\.\w+", segments[-1]):
        segments.pop()
    return safe(PAGE_SUFFIX.sub("", unquote(segments[-1]))) or None if segments else None


def address(value: str, base_url: str | None) -> str | None:
    """The url of the record: absolute as given or through ``base_url``, else site-relative with
    a leading slash; None when it holds a placeholder or says nothing."""
    value = "".join(value.split()) if "://" in value else value.strip()
    value = "".join(sign for sign in value if unicodedata.category(sign) not in ("Cc", "Cs"))
    if not value or PLACEHOLDER.search(re.sub(r"^\w+:", "", value)):
        return None
    value = UNWRITABLE.sub(lambda sign: quote(sign[0]), value)
    if re.match(r"https?://[^/]", value, re.IGNORECASE):
        return value
    if re.match(r"//[^/]+\.[^/]", value):
        return "https:" + value
    if re.match(r"www\.[^/]+\.", value, re.IGNORECASE):
        return "https://" + value
    if re.match(r"[a-z][a-z0-9+.-]*:", value, re.IGNORECASE):
        return None
    relative = "/" + value.lstrip("/")
    return base_url.rstrip("/") + relative if base_url else relative


def words(slug: str) -> str:
    """A title made of a slug or file name: its date left out, hyphens made spaces."""
    text = re.sub(r"^(?:\d{1,4}[-_])?\d{4}[-_]\d\d?[-_]\d\d?[-_]", "", slug)
    text = " ".join(re.sub(r"[-_]+", " ", text).split()) or slug
    return text[:1].upper() + text[1:]
