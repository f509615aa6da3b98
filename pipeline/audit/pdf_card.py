"""What a PDF says of itself: Info, XMP, the catalog's language, and the record it carries."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any

from pipeline.audit.said import Said, collected, flat

INFO = "Title Author Subject Keywords CreationDate ModDate".split()
XMP = (
    "dc:title dc:creator dc:description dc:subject dc:language dc:date dc:rights dc:publisher "
    "dc:identifier xmp:CreateDate xmp:ModifyDate pdf:Keywords pdfuaid:part pdfaid:part "
    "pdfaid:conformance"
).split()
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(?:(\d\d)(\d\d)(\d\d)(Z|[+-]\d\d'?\d\d)?'?)?")


def read(data: bytes) -> Said:
    """The places of a PDF file. Raises ``ValueError`` if it is none."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return Said(collected((*_info(pdf), *_xmp(pdf), *_record(pdf))))
    except (pikepdf.PdfError, json.JSONDecodeError) as error:
        raise ValueError(f"it is no PDF: {error}") from error


def _info(pdf: Any) -> Iterator[tuple[str, Any]]:
    yield "Lang", str(pdf.Root.get("/Lang", ""))
    for key in INFO:
        text = str(pdf.docinfo.get(f"/{key}", ""))
        yield f"Info {key}", moment(text) if key.endswith("Date") else text


def _xmp(pdf: Any) -> Iterator[tuple[str, Any]]:
    with pdf.open_metadata() as xmp:
        for key in XMP:
            value = xmp.get(key)
            if isinstance(value, set):
                value = sorted(value)
            yield f"XMP {key}", value


def _record(pdf: Any) -> Iterator[tuple[str, Any]]:
    """The record that is associated with the file, as one text."""
    for name, spec in pdf.attachments.items():
        if name == "record.json":
            record = json.loads(spec.get_file().read_bytes())
            yield "record.json", canonical(record)


def canonical(record: Any) -> str:
    """The record as text in which equal records are equal."""
    return flat(json.dumps(record, sort_keys=True, ensure_ascii=False))


def moment(text: str) -> str:
    """``D:20241004100814+03'00'`` (ISO 32000-1, 7.9.4) as ISO 8601; another text as it is."""
    parts = _DATE.fullmatch(text)
    if parts is None:
        return text
    year, month, day, hour, minute, second, zone = parts.groups()
    date = f"{year}-{month or '01'}-{day or '01'}"
    if hour is None:
        return date
    digits = (zone or "Z").replace("'", "")
    offset = digits if digits == "Z" else f"{digits[:3]}:{digits[3:]}"
    return f"{date}T{hour}:{minute}:{second}{offset}"
