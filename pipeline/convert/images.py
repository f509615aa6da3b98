"""Finding local images and taking them in: only regular files under the publication root.

Nothing is fetched. A picture that is not there costs a diagnostic, never the post.
"""

from __future__ import annotations

import hashlib
import re
import stat
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pipeline.convert.ids import slugify
from pipeline.convert.pictures import Picture, Unusable, read
from pipeline.convert.reading import Reading
from pipeline.model import Asset

FILE_BYTES = 60_000_000
"""No picture file is read past this size."""


def is_remote(address: str) -> bool:
    """The address names another machine (or a scheme that is no file)."""
    return address.startswith("//") or re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", address) is not None


LOST = "its caption stays"
"""What a reader is left with of a picture in the text that is missing."""


def take(
    address: str, reading: Reading, *, needle: str | None = None, left: str = LOST
) -> Asset | None:
    """The asset for a local address, or None with a diagnostic that says why, and what is left."""
    path = unquote(urlsplit(address).path if "[" not in address else address)
    where = needle or address
    if not path or "\0" in path:
        return None
    file, outside = _find(path, reading)
    if file is None and outside:
        reading.say(
            "C031",
            f"the image {path} lies outside the publication or is no file",
            needle=where,
            hint="put it beside the post or under static/",
        )
        return None
    if file is None:
        reading.say(
            "C030",
            f"the image {path} is missing",
            needle=where,
            hint=f"put it beside the post or under static/; {left}",
        )
        return None
    return _asset(file, path, where, reading)


def _find(path: str, reading: Reading) -> tuple[Path | None, bool]:
    """The file for a path as posts write it, and whether one was refused on the way."""
    name = path.lstrip("/")
    post, *roots = reading.roots()
    folders = [post, *roots] if not path.startswith("/") else list(roots)
    folders += [
        root / place
        for root in dict.fromkeys((*roots, reading.config.root))
        for place in ("static", "assets")
    ]
    if path.startswith("/"):
        folders.append(post)
    refused = False
    for folder in dict.fromkeys(folders):
        file = folder / name
        reading.tried(file)
        try:
            mode = file.stat().st_mode
        except (OSError, ValueError):
            continue
        if stat.S_ISREG(mode) and reading.is_inside(file):
            return file, False
        refused = True
    return None, refused


def _asset(file: Path, path: str, needle: str, reading: Reading) -> Asset | None:
    key = str(file.resolve())
    if key in reading.assets:
        return reading.assets[key]
    try:
        picture = _load(file, reading.config.settings.limits.image_pixels)
    except Unusable as reason:
        said = {
            "C032": f"the image {path} is too large: {reason}",
            "C033": f"the image {path} cannot be read: {reason}",
            "C034": f"the drawing {path} holds more than shapes: {reason}",
        }[reason.code]
        cure = {
            "C032": "scale it down, or raise limits.image_pixels",
            "C033": "save it again as JPEG, PNG, GIF or WebP",
            "C034": "save it as PNG",
        }[reason.code]
        reading.say(reason.code, said, needle=needle, hint=cure)
        return None
    if picture.stilled:
        reading.say(
            "C037", f"the image {path} moves: its first frame stands in its place", needle=needle,
            hint="paper cannot move; if the first frame shows too little, use a picture that tells",
            severity="info",
        )  # fmt: skip
    asset = Asset(
        _name(file, picture, reading),
        picture.media_type,
        picture.data,
        picture.width,
        picture.height,
    )
    reading.assets[key] = asset
    return asset


def _load(file: Path, pixels: int) -> Picture:
    try:
        if file.stat().st_size > FILE_BYTES:
            raise Unusable("C032", f"{file.stat().st_size} bytes")
        data = file.read_bytes()
    except OSError as error:
        raise Unusable("C033", error.strerror or "no permission") from error
    if file.suffix.lower() == ".svg":
        from pipeline.convert.svg import read as read_drawing

        return read_drawing(data)
    return read(data, pixels)


def _name(file: Path, picture: Picture, reading: Reading) -> str:
    """A readable ASCII file name, unique in the document."""
    stem = slugify(file.stem).encode("ascii", "ignore").decode().strip("-") or "image"
    name = stem + picture.ending
    if any(asset.name == name for asset in reading.assets.values()):
        digest = hashlib.sha256(picture.data).hexdigest()[:8]
        name = f"{stem}-{digest}{picture.ending}"
        count = 1
        while any(asset.name == name for asset in reading.assets.values()):
            count += 1
            name = f"{stem}-{digest}-{count}{picture.ending}"
    return name
