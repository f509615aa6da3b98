"""The rooms may import those before them and no others, and each engine lives in one room."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import TOP

PIPELINE = TOP / "pipeline"

ORDER = (
    "system collector model diagnostics decisions variants config words read normalize fonts "
    "convert templating editions audit press proof commands verbs cli"
).split()
"""Each room may import those to its left (and itself)."""

NARROWER = {
    "fonts": {"model", "diagnostics", "config"},
    "system": set(),
    "collector": set(),
    "verbs": set(),
    "bootstrap": {"system", "__version__"},
    "__main__": {"cli"},
}
"""Rooms that may import less than the order allows, or that stand outside it."""

ENGINES = {
    "yaml": {"read"},
    "markdown_it": {"normalize"},
    "mdit_py_plugins": {"normalize"},
    "pypandoc": {"convert"},
    "nh3": {"convert"},
    "uharfbuzz": {"fonts"},
    "fontTools": {"fonts"},
    "jinja2": {"templating"},
    "weasyprint": {"editions"},
    "ebooklib": {"editions"},
    "pikepdf": {"audit"},
    "ziamath": {"editions"},
    "segno": {"editions"},
    "pebble": {"press"},
    "babel": {"words"},
    "rich": {"cli", "commands"},
}
"""Where each third-party engine may be imported."""


def modules() -> list[Path]:
    return sorted(PIPELINE.rglob("*.py"))


def room(path: Path) -> str:
    first = path.relative_to(PIPELINE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path, *, types: bool = True) -> Iterator[tuple[str, int]]:
    """Every dotted name that the module imports, wherever in it, with its line.

    ``types=False`` leaves out what only the type checker reads.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for block in [] if types else ast.walk(tree):
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING":
            block.body = [ast.Pass()]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}:{node.lineno}: imports are absolute here"
            assert node.module is not None
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def allowed(name: str) -> set[str]:
    if name in NARROWER:
        return NARROWER[name] | {name}
    return {*ORDER[: ORDER.index(name) + 1], "__version__"}


def test_every_room_has_its_place() -> None:
    rooms = {room(path) for path in modules()} - {"__init__"}
    assert rooms <= {*ORDER, *NARROWER}


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(PIPELINE).as_posix())
def test_a_module_imports_only_rooms_before_its_own(path: Path) -> None:
    if path == PIPELINE / "__init__.py":
        return
    for name, line in imports(path):
        if name.startswith("pipeline."):
            other = name.split(".")[1]
            assert other in allowed(room(path)), f"line {line}: {room(path)} imports {other}"


def test_each_engine_is_imported_in_its_room_only() -> None:
    strays = [
        f"{path.relative_to(TOP)}:{line} imports {name}"
        for path in modules()
        for name, line in imports(path, types=False)
        if room(path) not in ENGINES.get(name.split(".")[0], {room(path)})
    ]
    assert not strays


HEAVY = "weasyprint jinja2 pypandoc ebooklib pikepdf fontTools babel rich ziamath PIL".split()


def test_starting_the_command_loads_no_engine() -> None:
    code = f"import sys, pipeline.cli; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=TOP, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_html_needs_no_weasyprint(tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text("# A post\n\nWith words.\n", encoding="utf-8")
    code = (
        "import sys; sys.modules['weasyprint'] = None\n"
        "from pipeline.cli import main\n"
        "sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "build", "post.md", "-e", "html", "-o", "out"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(TOP), "PATH": "/usr/bin:/bin", "HOME": str(Path.home())},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "out" / "post.html").is_file()
