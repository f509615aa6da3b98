"""The quick import of WeasyPrint: the same pages as the plain one, which serves when in doubt."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CODE = """
import hashlib, sys
from pathlib import Path
from pipeline.config import Config, Settings
from pipeline.editions import EDITIONS, Desk, render
from tests.sample_document import sample
import datetime as dt
desk = Desk(Config(Path("/nowhere"), Settings()), dt.datetime(1980, 1, 1, tzinfo=dt.timezone.utc))
data = render(sample(), EDITIONS["pdf"], desk).data
print(hashlib.sha256(data).hexdigest(), "pycparser" in sys.modules)
"""


def rendered(cache: Path, **variables: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", CODE],
        env=os.environ | {"PYTHONPATH": os.getcwd(), "GALLEY_CACHE": str(cache)} | variables,
        capture_output=True,
        check=True,
        timeout=120,
    )
    assert not done.stderr
    return done.stdout.decode().split()


def test_the_second_run_parses_no_declarations_and_makes_the_same_bytes(tmp_path: Path) -> None:
    plain = rendered(tmp_path, GALLEY_PLAIN_IMPORT="1")
    first, second = rendered(tmp_path), rendered(tmp_path)
    assert plain[0] == first[0] == second[0]
    assert (first[1], second[1]) == ("True", "False")


def test_kept_declarations_that_are_broken_are_not_used(tmp_path: Path) -> None:
    first = rendered(tmp_path)
    kept = next(tmp_path.glob("declarations-*.py"))
    kept.write_text("ffi = 1 /", encoding="utf-8")
    assert rendered(tmp_path)[0] == first[0]
    assert "1 /" not in kept.read_text(encoding="utf-8")
