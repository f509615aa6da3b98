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
}
HEIGHT = 44
"""Height in px at which the templates show it."""


def logo(config: Config) -> Asset | None:
    """The image that ``look.logo`` names, scaled by attributes to ``HEIGHT``; None without one.

    Raises ``Fault`` E201 if it is not a picture under the publication root.
    """
    name = config.settings.look.logo
    if name is None:
        return None
    root = config.root.resolve()
    file = (root / name.lstrip("/")).resolve()
    media_type = TYPES.get(file.suffix.lower())
    if not file.is_relative_to(root) or not file.is_file() or media_type is None:
        raise fault(
            "E201",
            f"the logo {name!r} is not a picture under the publication's folder",
            path="galley.toml",
            hint="look.logo names a PNG, JPEG, WebP or GIF file, such as static/logo.png",
        )
    data = file.read_bytes()
    width, height = _size(data, name)
    return Asset(f"logo{file.suffix.lower()}", media_type, data,
                 max(1, round(width * HEIGHT / height)), HEIGHT)  # fmt: skip


def _size(data: bytes, name: str) -> tuple[int, int]:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - few publications have one

    try:
        with Image.open(io.BytesIO(data)) as picture:
            return picture.size
    except (UnidentifiedImageError, OSError, ValueError) as error:
        raise fault(
            "E201",
            f"the logo {name!r} cannot be read as a picture",
            path="galley.toml",
            hint="save it again as PNG",
        ) from error
