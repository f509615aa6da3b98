"""``galley clean``."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from pipeline import press
from pipeline.commands.report import printable, say


def run(arguments: Namespace) -> int:
    """Remove what the manifest lists, and the proof. Raises ``Fault`` P010."""
    gone = press.clean(Path(arguments.out))
    say(
        f"{gone} file{'' if gone == 1 else 's'} removed from {printable(arguments.out)}",
        sys.stdout,
    )
    return 0
