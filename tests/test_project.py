"""The project's own files agree with one another: codes, versions, licences, what is tracked."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from pipeline.diagnostics import CODES
from tests.conftest import TOP

TOP_LEVEL = frozenset(
    "pipeline templates source build tests docs Makefile pyproject.toml requirements.lock "
    "requirements-dev.lock README.md CHANGELOG.md CONTRIBUTING.md LICENSE LICENSES .ci "
    ".gitignore .gitattributes".split()
)

CODE = re.compile(r"[SRDCEAPF]\d{3}")

PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))


def tracked() -> list[Path]:
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=TOP, capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip("not a git checkout")
    return [TOP / name for name in done.stdout.split("\0") if name and (TOP / name).is_file()]


def texts() -> dict[Path, str]:
    found = {}
    for path in tracked():
        data = path.read_bytes()
        if b"\0" not in data:
            found[path] = data.decode("utf-8", errors="replace")
    return found


def codes_in_use() -> dict[str, str]:
    """Each code that stands in the code as a literal, with one place where it does."""
    found: dict[str, str] = {}
    for path in sorted((TOP / "pipeline").rglob("*.py")):
        if path.name == "diagnostics.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and CODE.fullmatch(node.value)
            ):
                found[node.value] = f"{path.relative_to(TOP)}:{node.lineno}"
    return found


def test_every_code_in_use_is_in_the_table() -> None:
    assert {c: place for c, place in codes_in_use().items() if c not in CODES} == {}


def test_every_code_of_the_table_is_in_use() -> None:
    assert sorted(CODES.keys() - codes_in_use().keys()) == []


def test_every_code_is_explained_to_the_reader() -> None:
    page = (TOP / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
    assert [code for code in CODES if code not in page] == []


def pins(lock: str) -> dict[str, str]:
    text = (TOP / lock).read_text(encoding="utf-8")
    return {
        canonicalize_name(name): version
        for name, version in re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE)
    }


def requirements(group: str) -> list[Requirement]:
    if group == "runtime":
        return [Requirement(text) for text in PROJECT["project"]["dependencies"]]
    return [Requirement(text) for text in PROJECT["dependency-groups"][group]]


@pytest.mark.parametrize(
    ("group", "lock"),
    [
        ("runtime", "requirements.lock"),
        ("build", "requirements.lock"),
        ("dev", "requirements-dev.lock"),
        ("runtime", "requirements-dev.lock"),
    ],
)
def test_the_lock_has_each_requirement_at_or_above_its_floor(group: str, lock: str) -> None:
    locked = pins(lock)
    for requirement in requirements(group):
        version = locked.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is not in {lock}: make lock"
        assert version in requirement.specifier, f"{requirement} but {lock} has {version}"


def test_the_two_locks_agree() -> None:
    runtime, dev = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {name: dev.get(name) for name in runtime} == runtime


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_pin_has_hashes_and_no_address(lock: str) -> None:
    text = (TOP / lock).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert "//" not in text
    assert "index" not in text


def test_the_build_requirements_are_the_build_group() -> None:
    assert sorted(PROJECT["build-system"]["requires"]) == sorted(
        PROJECT["dependency-groups"]["build"]
    )


def test_the_top_level_is_fixed() -> None:
    assert {path.relative_to(TOP).parts[0] for path in tracked()} <= TOP_LEVEL


def test_set_up_and_tools_name_no_address() -> None:
    """What packages are fetched from is the machine's configuration, never the project's."""
    files = [
        *(TOP / name for name in ("Makefile", ".ci/run")),
        *(TOP / "pipeline" / name for name in ("bootstrap.py", "system.py")),
        *(TOP / "pipeline/audit/judges" / name for name in ("bring.py", "packages.py")),
    ]
    for path in files:
        assert not re.search(r"https?://", path.read_text(encoding="utf-8")), path


def test_no_tracked_file_names_a_place_of_one_machine() -> None:
    of_one_machine = re.compile(r"(?<![\w.~/-])/(?:home|root|work|Users)/\w")
    strays = [
        f"{path.relative_to(TOP)}: {line.strip()[:80]}"
        for path, text in texts().items()
        for line in text.splitlines()
        if of_one_machine.search(line) and path != Path(__file__)
    ]
    assert not strays


def test_nothing_that_is_built_is_tracked() -> None:
    built = [path for path in tracked() if path.relative_to(TOP).parts[0] == "build"]
    assert [path.name for path in built] in ([], [".gitkeep"])


def test_the_licences_are_here_and_named() -> None:
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in (TOP / "LICENSE").read_text(encoding="utf-8")
    cc0 = (TOP / "LICENSES" / "CC0-1.0.txt").read_text(encoding="utf-8")
    assert "CC0 1.0 Universal" in cc0
    readme = (TOP / "README.md").read_text(encoding="utf-8")
    for name in ("AGPL-3.0-or-later", "CC0-1.0"):
        assert name in PROJECT["project"]["license"]
        assert name in readme
