"""The faces: made once into a cache, named after us, cut down to what a page uses."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

from pipeline import fonts
from pipeline.fonts import cache, making, web
from pipeline.fonts.instances import PRESENTING
from pipeline.fonts.library import Library
from pipeline.fonts.library import library as uncached

RESERVED = re.compile(r"source|adobe", re.IGNORECASE)
TURKISH = "ÇçĞğİıÖöŞşÜü"


def names(font: TTFont, numbers: tuple[int, ...]) -> list[str]:
    return [str(record) for record in font["name"].names if record.nameID in numbers]


@pytest.fixture
def fresh() -> Iterator[None]:
    uncached.cache_clear()
    yield
    uncached.cache_clear()


def in_own_process(code: str, **variables: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": os.getcwd()} | variables,
        capture_output=True,
        check=True,
        timeout=120,
    )
    return done.stdout.decode()


@pytest.mark.parametrize("face", fonts.library().faces, ids=lambda face: Path(face.file).stem)
def test_no_face_presents_a_reserved_name_and_each_keeps_copyright_and_licence(
    face: fonts.Face,
) -> None:
    if not face.family.startswith("Galley"):
        pytest.skip("an optional face, which reserves no name")
    for data in (Path(face.file).read_bytes(), fonts.woff2(face, "abc ığş")):
        font = TTFont(BytesIO(data))
        assert not [text for text in names(font, PRESENTING) if RESERVED.search(text)]
        told = any("Reserved Font Name" in text for text in names(font, (0,)))
        assert told or (face.role == "legible" and any("Braille" in t for t in names(font, (0,))))
        assert any("Open Font License" in text for text in names(font, (13,)))


def test_every_face_has_a_postscript_name_of_its_own() -> None:
    found = [names(TTFont(face.file, fontNumber=0), (6,))[0] for face in fonts.library().faces]
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    "role", ["serif", "serif-display", "serif-caption", "sans", "mono", "legible"]
)
def test_our_faces_cover_turkish_greek_cyrillic_and_typographic_signs(role: str) -> None:
    face = fonts.library().face(role)
    assert all(face.covers(letter) for letter in TURKISH + "“”‘’–—…")
    assert fonts.library().covers("Αθήνα, Москва")


def test_what_no_face_covers_is_named_and_what_shows_nothing_is_not() -> None:
    library: Library = fonts.library()
    # U+10330 is Gothic, which no optional face of ours has either.
    assert library.uncovered("a\N{GOTHIC LETTER AHSA}b\N{ZERO WIDTH JOINER}\n\t\xad") == (
        "\N{GOTHIC LETTER AHSA}",
    )


def test_a_subset_holds_the_glyphs_asked_for_and_their_features() -> None:
    face = fonts.library().face("serif")
    plain = TTFont(BytesIO(fonts.woff2(face, "fix 1904")))
    capitals = TTFont(BytesIO(fonts.woff2(face, "fix 1904", features=("smcp",))))
    assert set(plain.getBestCmap()) == set(map(ord, "fix 1904"))
    assert len(capitals.getGlyphOrder()) > len(plain.getGlyphOrder())
    tags = {record.FeatureTag for record in capitals["GSUB"].table.FeatureList.FeatureRecord}
    assert {"liga", "onum", "smcp"} <= tags


def test_a_web_face_is_the_same_bytes_each_time_and_the_same_outlines_as_the_subset() -> None:
    face = fonts.library().face("sans", 600, italic=True)
    data = fonts.woff2(face, "Çatı")
    assert data == fonts.woff2(face, "ıtaÇ")
    packed, plain = TTFont(BytesIO(data)), TTFont(BytesIO(web.subset(face, "Çatı")))
    assert packed.getTableData("glyf") == plain.getTableData("glyf")
    assert sorted(packed.keys()) == sorted(plain.keys())


def test_a_second_process_finds_the_faces_without_harfbuzz_or_fonttools(tmp_path: Path) -> None:
    code = (
        "import sys; from pipeline import fonts; print(len(fonts.library().faces), "
        "sum(name in sys.modules for name in ('uharfbuzz', 'fontTools')))"
    )
    first, second = (in_own_process(code, GALLEY_CACHE=str(tmp_path)).split() for _ in range(2))
    assert first[0] == second[0]
    assert second[1] == "0"


def test_processes_that_start_together_make_one_cache(tmp_path: Path) -> None:
    code = "from pipeline import fonts; print(len(fonts.library().faces))"
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONPATH": os.getcwd(), "GALLEY_CACHE": str(tmp_path)},
            stdout=subprocess.PIPE,
        )
        for _ in range(3)
    ]
    counts = {process.communicate(timeout=120)[0] for process in running}
    assert len(counts) == 1
    assert [process.returncode for process in running] == [0, 0, 0]
    assert len(list(tmp_path.iterdir())) == 1


def test_a_damaged_cache_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh: None
) -> None:
    monkeypatch.setenv("GALLEY_CACHE", str(tmp_path))
    face = Path(uncached().face("mono").file)
    whole = face.read_bytes()
    face.write_bytes(whole[:1000])
    uncached.cache_clear()
    assert Path(uncached().face("mono").file).read_bytes() == whole


def test_a_cache_that_cannot_be_written_costs_a_warning_not_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh: None
) -> None:
    place = tmp_path / "a file"
    place.write_text("no folder")
    monkeypatch.setenv("GALLEY_CACHE", str(place))
    library = uncached()
    assert [diagnostic.code for diagnostic in library.diagnostics] == ["E101"]
    assert Path(library.face("serif").file).is_file()


def test_the_cache_is_named_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GALLEY_CACHE", "/somewhere")
    assert cache.cache_folder() == Path("/somewhere")


def test_licences_hold_the_text_and_the_reserved_name() -> None:
    texts = dict(fonts.licences({"Galley Serif", "Galley Serif Display", "Galley Mono"}))
    assert list(texts) == ["Galley Serif, Galley Serif Display", "Galley Mono"]
    for text in texts.values():
        assert "SIL OPEN FONT LICENSE Version 1.1" in text
        assert "Reserved Font Name" in text


def test_of_a_package_of_static_fonts_each_weight_takes_its_own(tmp_path: Path) -> None:
    names = ("Bold", "Light", "Regular")
    fonts = [tmp_path / f"Face-{name}.ttf" for name in names]
    assert making._of_weight(fonts, 400).stem == "Face-Regular"
    assert making._of_weight(fonts, 600).stem == "Face-Bold"
    assert making._of_weight([tmp_path / "Face[wght].ttf"], 600).stem == "Face[wght]"


def test_bitmap_faces_are_drawn_at_the_size_of_the_text() -> None:
    configuration = Path(fonts.library().fontconfig).read_text(encoding="utf-8")
    assert ElementTree.fromstring(configuration).find("match/edit[@name='size']") is not None
