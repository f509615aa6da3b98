"""How a validator is run over many files at once: its start costs more than a post.

Our drivers take plain names on standard input, a line each, and answer with a line a finding and
one line ``name TAB done`` that closes each file, so that a crash is not taken for silence.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Verdicts = dict[Path, tuple[str, ...]]
"""Every path that was asked about, with its findings: an empty tuple is a pass."""

MOST_SECONDS = 1800


class Folder:
    """Links with plain names to the files: a Java under LANG=C cannot open ``künye.pdf``."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self.paths = tuple(dict.fromkeys(paths))
        if not self.paths:
            raise ValueError("no files to validate: a check of nothing would pass")
        self._holder = tempfile.TemporaryDirectory(prefix="galley-validate-")
        self.path = Path(self._holder.name)
        self.names = {f"{n:05}{path.suffix}": path for n, path in enumerate(self.paths)}
        for name, path in self.names.items():
            (self.path / name).symlink_to(path.resolve(strict=True))

    def __enter__(self) -> Folder:
        return self

    def __exit__(self, *_: object) -> None:
        self._holder.cleanup()


def by_lines(
    command: list[str], paths: Iterable[Path], variables: Mapping[str, str] | None = None
) -> Verdicts:
    """Run one of our drivers over the files and read its lines.

    Raises ``ValueError`` without files, ``RuntimeError`` if the driver fails or leaves one out.
    """
    with Folder(paths) as folder:
        names = "\n".join(folder.names) + "\n"
        lines = run(command, folder.path, names, variables).splitlines()
        verdicts: Verdicts = dict.fromkeys(folder.paths, ())
        closed = set()
        for line in lines:
            name, severity, *rest = line.split("\t")
            if severity == "done":
                closed.add(name)
                if rest == ["0"] and not verdicts[folder.names[name]]:
                    verdicts[folder.names[name]] += ("nothing was checked",)
            else:
                verdicts[folder.names[name]] += (" ".join((severity, *rest)),)
        unclosed = sorted(folder.names.keys() - closed)
        if unclosed:
            raise RuntimeError(f"{command[0]} did not come to the end of {unclosed[0]}")
        return verdicts


def run(
    command: list[str],
    folder: Path,
    text: str = "",
    variables: Mapping[str, str] | None = None,
    passing: tuple[int, ...] = (0,),
) -> str:
    """The standard output of a command. Raises ``RuntimeError`` with what it said if it fails
    (ends with a code that is not among ``passing``) or takes longer than ``MOST_SECONDS``.

    The output goes to a file: Node ends without emptying a pipe that is full.
    """
    with tempfile.TemporaryFile() as output:
        try:
            done = subprocess.run(
                command,
                cwd=folder,
                env=os.environ | dict(variables or {}),
                input=text.encode(),
                stdout=output,
                stderr=subprocess.PIPE,
                timeout=MOST_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise RuntimeError(f"{command[0]} failed: {error}") from error
        if done.returncode not in passing:
            said = done.stderr.decode(errors="replace")[-2000:]
            raise RuntimeError(f"{command[0]} failed: {said}")
        output.seek(0)
        return output.read().decode()


def as_json(said: str, name: str) -> Any:
    """What a validator said in JSON. Raises ``RuntimeError`` if it is none."""
    try:
        return json.loads(said)
    except ValueError as error:
        raise RuntimeError(f"{name} said something that is no JSON: {said[:200]}") from error
