"""What a theme says besides its files: options of editions, in its ``theme.toml``.

``[pdf]`` stands for every edition made from pdf, ``[handout]`` for the handout alone. What an
edition says of itself, in Galley's table, in ``galley.toml`` or in a post, wins over the theme.
"""

from __future__ import annotations

import os
import tomllib
from functools import lru_cache
from pathlib import Path

import msgspec

from pipeline import templating, variants
from pipeline.config import Config
from pipeline.diagnostics import fault
from pipeline.editions.entries import Edition
from pipeline.variants import Options

FILE = "theme.toml"


def of_theme(config: Config, edition: Edition) -> Options:
    """The options that the theme of these settings has for the edition: those of its own name over
    those of its bases and its engine. Raises ``Fault`` S017 for a file that cannot be used."""
    found = Options()
    for folder in templating.theme_folders(config):
        if (folder / FILE).is_file():
            said = _read(folder / FILE, os.path.relpath(folder / FILE, config.root))
            for name in reversed(edition.folders):
                found = variants.merged(found, said.get(name, Options()))
            break
    return found


@lru_cache(maxsize=8)
def _read(file: Path, shown: str) -> dict[str, Options]:
    try:
        said = msgspec.convert(tomllib.loads(file.read_text("utf-8")), dict[str, Options])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _wrong(shown, str(error), "mend that line; text values stand in quotes") from error
    except msgspec.ValidationError as error:
        raise _wrong(
            shown, str(error), "a table for an edition, with options as in [variants]"
        ) from error
    for name, options in said.items():
        if options.theme is not None:
            raise _wrong(shown, f"{name}.theme: a theme cannot name another", "leave it out")
        if found := variants.complaint(options):
            raise _wrong(shown, f"{name}.{found[0]}", found[1])
    return said


def _wrong(shown: str, message: str, hint: str) -> Exception:
    return fault("S017", f"{FILE} cannot be used: {message}", path=shown, hint=hint)
