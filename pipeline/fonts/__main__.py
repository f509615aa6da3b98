"""``python -m pipeline.fonts`` makes the faces beforehand, so that no build has to."""

from __future__ import annotations

import sys

from pipeline.diagnostics import Fault, as_text
from pipeline.fonts.library import library


def main() -> int:
    """Make or find the faces; 0 when they are there, 2 when they cannot be made."""
    try:
        found = library()
    except Fault as problem:
        for diagnostic in problem.diagnostics:
            sys.stderr.write(as_text(diagnostic) + "\n")
        return 2
    for diagnostic in found.diagnostics:
        sys.stderr.write(as_text(diagnostic) + "\n")
    sys.stdout.write(f"{len(found.faces)} faces ready\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
