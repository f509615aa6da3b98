"""``python -m pipeline`` is ``galley``."""

from __future__ import annotations

from pipeline.cli import entry

entry()
