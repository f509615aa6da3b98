"""A picture's bytes made fit to be mailed: checked, at most 1800 px, no metadata needed to show.

JPEG, PNG, GIF, WebP pass byte for byte when they are small enough and upright; larger ones are
scaled down and written anew, the same way each time.
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST = 1800
"""Pixels on the long side: 300 dpi over the measure of an A4 page."""

TYPES = {"JPEG": ("image/jpeg", ".jpg"), "PNG": ("image/png", ".png"),
         "GIF": ("image/gif", ".gif"), "WEBP": ("image/webp", ".webp")}  # fmt: skip
_QUALITY = 85
_ORIENTATION = 0x0112  # Exif tag


@dataclass(frozen=True, slots=True)
class Picture:
    """An image ready to embed; ``ending`` is the file name's. ``stilled``: it moved, and is its
    first frame now."""

    data: bytes
    media_type: str
    ending: str
    width: int
    height: int
    stilled: bool = False


class Unusable(Exception):  # noqa: N818 - not an error of the program: what the file is
    """The file is no picture that can be shown; ``code`` is the diagnostic's."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def read(data: bytes, pixels: int) -> Picture:
    """The picture in ``data``; raises ``Unusable`` (C032: more than ``pixels``; C033: broken)."""
    from PIL import Image as Images

    guard = Images.MAX_IMAGE_PIXELS
    Images.MAX_IMAGE_PIXELS = None  # the limit is the publication's, and looked at first
    try:
        with Images.open(io.BytesIO(data), formats=tuple(TYPES)) as image:
            width, height = image.size
            if width * height > pixels:
                raise Unusable("C032", f"{width} × {height} pixels")
            form = image.format or ""
            turned = image.getexif().get(_ORIENTATION, 1) != 1 if form == "JPEG" else False
            many = getattr(image, "n_frames", 1) > 1
            if max(width, height) <= LONGEST and not turned and not many and image.mode != "CMYK":
                if form == "JPEG":
                    image.draft("L", (64, 64))  # proves the data whole at an eighth of the cost
                image.load()
                return Picture(data, *TYPES[form], width, height)
            return replace(_anew(image, form), stilled=many)
    except Unusable:
        raise
    except (OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
        raise Unusable("C033", "it is cut off or no picture") from error
    finally:
        Images.MAX_IMAGE_PIXELS = guard


def _anew(image: Image, form: str) -> Picture:
    from PIL import ImageOps

    image.seek(0)
    upright = ImageOps.exif_transpose(image)
    photo = form == "JPEG"
    mode = "RGB" if photo else "RGBA" if upright.has_transparency_data else "RGB"
    picture = upright.convert(mode)
    picture.thumbnail((LONGEST, LONGEST))
    out = io.BytesIO()
    flat = photo or (form == "WEBP" and mode == "RGB")
    if flat:
        picture.save(out, "JPEG", quality=_QUALITY, optimize=True)
    else:
        picture.save(out, "PNG", optimize=True)
    media_type, ending = TYPES["JPEG" if flat else "PNG"]
    return Picture(out.getvalue(), media_type, ending, *picture.size)
