"""Names for single editions, beside the record's one name for the post."""

from __future__ import annotations

import uuid

from pipeline.model import Document


def of_edition(document: Document, name: str) -> str:
    """``urn:uuid:…`` of one edition: version 5 (RFC 9562) of the post's address, else of its
    source path, with ``#pdf`` or another edition's name behind it."""
    address = document.record.url or document.source_path
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{address}#{name}").urn
