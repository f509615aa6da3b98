"""Addresses as the standards want them written, for links that authors typed by hand."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

SCHEMES = frozenset(("http", "https", "mailto", "tel", "ftp"))
_HOST = re.compile(r"[^\s\x00-\x20\"#%/<>?@\[\\\]^`{|}]+|\[[0-9A-Fa-f:.]+\]")
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def well_formed(address: str) -> str | None:
    """``address`` with what RFC 3987 forbids percent-encoded; None where no reader could follow it.

    Fragments (``#id``) pass. An address without scheme points nowhere once the file is handed
    out, so it is None too.
    """
    if address.startswith("#"):
        return address if len(address) > 1 else None
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in SCHEMES:
        return None
    if parts.scheme.lower() in ("mailto", "tel"):
        return urlunsplit(parts._replace(path=_quoted(parts.path), query=_quoted(parts.query)))
    host = parts.hostname or ""
    bracketed = f"[{host}]" if ":" in host else host
    if not _HOST.fullmatch(bracketed):
        return None
    login = f"{_quoted(parts.netloc.rpartition('@')[0])}@" if "@" in parts.netloc else ""
    place = f"{login}{bracketed}" + (f":{port}" if port is not None else "")
    return urlunsplit(
        (parts.scheme, place, _quoted(parts.path), _quoted(parts.query), _quoted(parts.fragment))
    )


def _quoted(text: str) -> str:
    return quote(_PERCENT.sub("%25", text), safe="%/:@!$&'()*+,;=?~-._")
