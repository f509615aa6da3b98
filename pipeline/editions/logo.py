"""The publication's logo (``look.logo``): found under the root, measured, or named as missing."""

from __future__ import annotations

import io

from pipeline.config import Config
from pipeline.diagnostics import fault
from pipeline.model import Asset

TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
}
HEIGHT = 44
"""Height in px at which the templates show it."""


def logo(config: Config) -> Asset | None:
    """The image that ``look.logo`` names, scaled by attributes to ``HEIGHT``; None without one.

    Raises ``Fault`` E205 if it is not a picture under the publication root.
    """
    name = config.settings.look.logo
    if name is None:
        return None
    root = config.root.resolve()
    file = (root / name.lstrip("/")).resolve()
    media_type = TYPES.get(file.suffix.lower())
    if not file.is_relative_to(root) or not file.is_file() or media_type is None:
        raise fault(
            "E205",
            f"the logo {name!r} is not a picture under the publication's folder",
            path="galley.toml",
            hint="look.logo names a PNG, JPEG, WebP, GIF or SVG file, such as static/logo.png",
        )
    data = file.read_bytes()
    try:
        width, height = _drawn_size(data) if file.suffix.lower() == ".svg" else _size(data)
    except (OSError, ValueError, SyntaxError) as error:
        raise fault(
            "E205",
            f"the logo {name!r} cannot be read as a picture",
            path="galley.toml",
            hint="save it again as PNG",
        ) from error
    return Asset(f"logo{file.suffix.lower()}", media_type, data,
                 max(1, round(width * HEIGHT / height)), HEIGHT)  # fmt: skip


def _size(data: bytes) -> tuple[float, float]:
    """Raises ``OSError`` or ``ValueError`` for what is no picture."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as picture:
        return picture.size


def _drawn_size(data: bytes) -> tuple[float, float]:
    """An SVG's proportions, from its ``viewBox`` or its measures. Raises ``SyntaxError`` for
    what is no XML (as lxml does) and ``ValueError`` where neither says."""
    from lxml import etree

    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    box = (root.get("viewBox") or "").replace(",", " ").split()
    width, height = box[2:] if len(box) == 4 else (root.get("width", ""), root.get("height", ""))
    size = float(width.removesuffix("px")), float(height.removesuffix("px"))
    if min(size) <= 0:
        raise ValueError(size)
    return size
