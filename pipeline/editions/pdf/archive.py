"""What PDF/A asks of pages: colours that have a meaning, told by an output intent, and pictures
that show the dots they have.

The profile is the International Color Consortium's sRGB2014, which may be used and passed on by
anyone; it comes with WeasyPrint.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

CONDITION = "sRGB IEC61966-2.1"
REGISTRY = "http://www.color.org"


def write_output_intent(pdf: Any) -> None:
    """Say that the file's RGB is sRGB (ISO 19005-3, 6.2.3; IEC 61966-2-1)."""
    from pydyf import Array, Dictionary, Stream, String

    profile = Stream([_srgb()], {"N": 3, "Alternate": "/DeviceRGB"}, compress=True)
    pdf.add_object(profile)
    intent = Dictionary(
        {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFA1",
            "OutputConditionIdentifier": String(CONDITION),
            "RegistryName": String(REGISTRY),
            "Info": String(CONDITION),
            "DestOutputProfile": profile.reference,
        }
    )
    pdf.catalog["OutputIntents"] = Array([intent])


def keep_dots(pdf: Any) -> None:
    """No picture is smoothed by the reader's program (ISO 19005-3, 6.2.8)."""
    for item in pdf.objects:
        extra = getattr(item, "extra", {})
        if extra.get("Interpolate") == "true":
            extra["Interpolate"] = "false"


@lru_cache(maxsize=1)
def _srgb() -> bytes:
    from importlib.resources import files

    return files("weasyprint.pdf").joinpath("sRGB2014.icc").read_bytes()
