"""``galley normalize``."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from pipeline import config, normalize, read
from pipeline.commands.report import told
from pipeline.diagnostics import fault


def run(arguments: Namespace) -> int:
    """Print the normalized post (UTF-8) on standard output, diagnostics on standard error.

    Raises ``Fault``: S… for a FILE that is none and for decisions of no use, R… for a FILE that
    cannot be read.
    """
    file = Path(arguments.file)
    if not file.is_file():
        what = "is a folder" if file.is_dir() else "does not exist"
        raise fault("S001", f"{file} {what}", hint="normalize takes one Markdown file")
    settings = config.load(config.publication_root(file))
    normalize.check_decisions(settings)
    source = read.load(file, file.name, settings.settings.limits)
    source = replace(source, family=read.Neighbours().family(file))
    manuscript = normalize.manuscript(source, settings)
    told(tuple(dict.fromkeys((*source.diagnostics, *manuscript.diagnostics))))
    sys.stdout.buffer.write(normalize.text(manuscript).encode())
    sys.stdout.buffer.flush()
    return 0
