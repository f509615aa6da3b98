"""Local pictures: where they are found, what is refused, and what becomes of them."""

from __future__ import annotations

import io
import os
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from pipeline import convert, normalize, read
from pipeline.config import load
from pipeline.model import Document, Picture
from tests.converting import codes, config, document, manuscript


def picture(width: int = 40, height: int = 30, form: str = "PNG", mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height), "teal").save(out, form)
    return out.getvalue()


def put(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def show(root: Path, address: str, **limits: int) -> Document:
    return document(f"![Alt]({address})\n", root=root, settings={"limits": limits})


@pytest.mark.parametrize(
    ("place", "address"),
    [
        ("a.png", "a.png"),
        ("a.png", "./a.png"),
        ("pictures/a.png", "pictures/a.png"),
        ("static/images/a.png", "/images/a.png"),
        ("static/images/a.png", "images/a.png"),
        ("assets/a.png", "/a.png"),
        ("a b ü.png", "a%20b%20%C3%BC.png"),
        ("a.png", "a.png?w=300#x"),
    ],
)
def test_is_found(tmp_path: Path, place: str, address: str) -> None:
    put(tmp_path / place, picture())
    made = show(tmp_path, address)
    (asset,) = made.assets
    assert (asset.width, asset.height, asset.media_type) == (40, 30, "image/png")
    assert made.body == (
        f'<figure class="image"><img src="images/{asset.name}" alt="Alt" width="40" height="30"/>'
        "</figure>\n"
    )
    assert asset.name.isascii()
    assert str(tmp_path / place) in made.inputs
    assert "image" in made.features


def test_beside_the_post_wins_over_static(tmp_path: Path) -> None:
    put(tmp_path / "posts" / "a.png", picture(1, 1))
    put(tmp_path / "static" / "a.png", picture(2, 2))
    post = manuscript("![x](a.png)", tmp_path / "posts" / "post.md", "posts/post.md")
    assert convert.document((post,), config(tmp_path)).assets[0].width == 1


def test_one_file_is_one_asset_and_names_do_not_collide(tmp_path: Path) -> None:
    put(tmp_path / "a.png", picture(1, 1))
    put(tmp_path / "b" / "a.png", picture(2, 2))
    made = document("![x](a.png) ![y](a.png) ![z](b/a.png)\n\nand ![x](./a.png)\n", root=tmp_path)
    assert len(made.assets) == 2
    assert len({asset.name for asset in made.assets}) == 2


def test_missing_leaves_its_words_and_a_line(tmp_path: Path) -> None:
    made = document("one\n\n![Alt](gone.png)\n", root=tmp_path)
    assert '<figure class="image missing"><figcaption>Alt</figcaption></figure>' in made.body
    (said,) = made.diagnostics
    assert (said.code, said.line, said.severity) == ("C030", 7, "warning")
    assert str(tmp_path / "gone.png") in made.inputs


@pytest.mark.parametrize(
    "address",
    [
        "../secret.png",
        "/../secret.png",
        "%2e%2e/secret.png",
        "link.png",
        "folder",
        "pipe.png",
        "..%2Fsecret.png",
    ],
)
def test_nothing_outside_and_no_special_file(tmp_path: Path, address: str) -> None:
    root = tmp_path / "root"
    put(tmp_path / "secret.png", picture())
    (root / "folder").mkdir(parents=True)
    os.symlink(tmp_path / "secret.png", root / "link.png")
    os.mkfifo(root / "pipe.png")
    made = show(root, address)
    assert made.assets == ()
    assert codes(made) in (["C031"], ["C030"])


def test_device_files_are_refused(tmp_path: Path) -> None:
    os.symlink("/dev/zero", tmp_path / "zero.png")
    assert codes(show(tmp_path, "zero.png")) == ["C031"]


def test_a_link_within_the_publication_is_fine(tmp_path: Path) -> None:
    put(tmp_path / "static" / "a.png", picture())
    os.symlink(tmp_path / "static" / "a.png", tmp_path / "b.png")
    assert len(show(tmp_path, "b.png").assets) == 1


def test_too_many_pixels_are_not_decoded(tmp_path: Path) -> None:
    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    check = struct.pack(">I", zlib.crc32(b"IHDR" + header))
    chunks = struct.pack(">I", 13) + b"IHDR" + header + check + b"\x00\x00\x00\x00IDAT"
    put(tmp_path / "bomb.png", b"\x89PNG\r\n\x1a\n" + chunks)
    put(tmp_path / "big.png", picture(200, 200))
    assert codes(show(tmp_path, "bomb.png")) == ["C032"]
    assert codes(show(tmp_path, "big.png", image_pixels=10_000)) == ["C032"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture",
        picture()[:60],
        picture(form="JPEG")[:200],
        b"RIFF\x00\x00\x00\x00WEBP",
        b"GIF89a",
        b"%!PS-Adobe-3.0",
    ],
)
def test_broken_pictures_are_named(tmp_path: Path, data: bytes) -> None:
    put(tmp_path / "a.png", data)
    assert codes(show(tmp_path, "a.png")) == ["C033"]


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_small_picture_passes_byte_for_byte(tmp_path: Path, form: str) -> None:
    put(tmp_path / "a", picture(form=form))
    (asset,) = show(tmp_path, "a").assets
    assert asset.data == picture(form=form)
    assert asset.media_type == f"image/{form.lower()}"


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_large_one_is_scaled_the_same_way_each_time(tmp_path: Path, form: str) -> None:
    put(tmp_path / "a", picture(4000, 1000, form))
    (asset,) = show(tmp_path, "a").assets
    assert (asset.width, asset.height) == (1800, 450)
    assert show(tmp_path, "a").assets[0].data == asset.data


def test_an_animation_shows_its_first_frame_and_cmyk_becomes_rgb(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (8, 8), (90 * n, 0, 0)) for n in range(3)]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    put(tmp_path / "c.jpg", picture(form="JPEG", mode="CMYK"))
    made = document("![a](a.gif) ![c](c.jpg)\n", root=tmp_path)
    still, photo = made.assets
    assert [(d.code, d.severity, d.line) for d in made.diagnostics] == [("C037", "info", 5)]
    assert Image.open(io.BytesIO(still.data)).format == "PNG"
    assert Image.open(io.BytesIO(photo.data)).mode == "RGB"


def test_a_photo_is_turned_as_its_camera_says(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 20)).save(tmp_path / "a.jpg", exif=exif)
    (asset,) = show(tmp_path, "a.jpg").assets
    assert (asset.width, asset.height) == (20, 40)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"{}>{}</svg>'


def test_a_plain_drawing_is_taken(tmp_path: Path) -> None:
    put(tmp_path / "a.svg", SVG.format("", '<path d="M0 0L9 9" fill="red"/>').encode())
    (asset,) = show(tmp_path, "a.svg").assets
    assert (asset.width, asset.height, asset.media_type) == (30, 20, "image/svg+xml")


@pytest.mark.parametrize(
    ("attribute", "content"),
    [
        ("", "<script>alert(1)</script>"),
        (' onload="alert(1)"', ""),
        ("", '<image href="file:///etc/passwd"/>'),
        ("", '<use href="#a"/>'),
        ("", "<style>@import url(x)</style>"),
        ("", '<rect style="fill:url(https://evil.example)"/>'),
        ("", '<rect fill="url(https://evil.example/#a)"/>'),
        ("", "<foreignObject><p>x</p></foreignObject>"),
        ("", '<a href="javascript:alert(1)"><path d=""/></a>'),
        ("", '<animate attributeName="x"/>'),
    ],
)
def test_a_drawing_that_does_more_is_refused(tmp_path: Path, attribute: str, content: str) -> None:
    put(tmp_path / "a.svg", SVG.format(attribute, content).encode())
    assert codes(show(tmp_path, "a.svg")) == ["C034"]


def test_entities_in_a_drawing_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + SVG.format("", "<text>&a;</text>")
    put(tmp_path / "a.svg", bomb.encode())
    assert codes(show(tmp_path, "a.svg")) == ["C034"]


def test_the_records_image_is_the_cover(tmp_path: Path) -> None:
    put(tmp_path / "static" / "cover.jpg", picture(form="JPEG"))
    made = document("text", root=tmp_path, image=Picture("/cover.jpg", "Alt"))
    assert made.cover is not None
    assert made.cover.media_type == "image/jpeg"
    assert made.assets == ()
    lost = document("text", root=tmp_path, image=Picture("/none.jpg"))
    assert lost.cover is None
    assert codes(lost) == ["C030"]


def test_a_missing_picture_of_the_record_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text("---\ntitle: T\nimage: /images/no.png\n---\n\nText.\n")
    settings = load(tmp_path)
    source = read.load(tmp_path / "post.md", "post.md", settings.settings.limits)
    made = convert.document((normalize.manuscript(source, settings),), settings)
    (found,) = made.diagnostics
    assert (found.code, found.line) == ("C030", 3)
    assert "caption" not in (found.hint or "")
