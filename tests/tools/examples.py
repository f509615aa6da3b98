"""The examples of a page of documentation: fences that say ``example=NAME path=FILE``."""

from __future__ import annotations

import re
from pathlib import Path

FENCE = re.compile(
    r"^```\w+ example=(?P<name>[\w-]+) path=(?P<path>\S+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


def examples(page: Path) -> dict[str, dict[str, str]]:
    """Example by example the files it is made of: path to content, in the page's order."""
    found: dict[str, dict[str, str]] = {}
    for fence in FENCE.finditer(page.read_text(encoding="utf-8")):
        found.setdefault(fence["name"], {})[fence["path"]] = fence["text"]
    return found
