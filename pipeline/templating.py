"""The Jinja environment of an edition, and where its templates are looked for.

A template is taken from the first place that has it, so a publication or a theme overrides one
file and leaves the rest. To extend the file it overrides, a template says
``{% extends "galley/<name>" %}``: ``galley/`` is always the one that Galley ships.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import words
from pipeline.config import Config
from pipeline.convert.typography import typeset
from pipeline.diagnostics import fault

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment, Template

BASE = "base"
"""The folder of what editions share."""


@lru_cache(maxsize=1)
def shipped() -> Path:
    """The folder of the templates that Galley ships: in a checkout, or inside the wheel."""
    package = Path(__file__).resolve().parent
    inside = package / "_templates"
    return inside if inside.is_dir() else package.parent / "templates"


def places(config: Config) -> tuple[Path, ...]:
    """Template folders, first wins: the publication's, its theme's, the shipped theme's, ours.

    Raises ``Fault`` S008 if the theme that ``galley.toml`` names is nowhere.
    """
    own = config.root / "templates"
    found = [own] if own.resolve() != shipped() else []
    return (*found, *theme_folders(config), shipped())


def theme_folders(config: Config) -> tuple[Path, ...]:
    """The folders of the theme, first wins: the publication's, the shipped one; none without one.

    Raises ``Fault`` S008 if the theme that ``galley.toml`` names is nowhere.
    """
    name, own = config.settings.theme, config.root / "templates"
    if name is None:
        return ()
    themes = [folder / "themes" / name for folder in (own, shipped())]
    found = [folder for folder in themes if folder.is_dir()]
    if not found or Path(name).name != name:
        known = sorted({p.name for folder in themes for p in folder.parent.glob("*") if p.is_dir()})
        raise fault(
            "S008",
            f"there is no theme called {name!r}",
            path="galley.toml",
            hint="themes: " + (", ".join(known) or "none; put one into templates/themes/"),
        )
    return tuple(found)


def environment(folders: Sequence[str], config: Config) -> Environment:
    """The Jinja environment of an edition: strict undefined, autoescape on for every file.

    ``folders`` are those of the edition, of what it is made from and of its engine, first wins;
    ``base`` comes after them.
    """
    from jinja2 import (
        ChoiceLoader,
        Environment,
        FileSystemLoader,
        PrefixLoader,
        StrictUndefined,
    )

    names = (*folders, BASE)
    paths = [place / name for name in names for place in places(config)]
    ours = [shipped() / name for name in names]
    made = Environment(
        loader=ChoiceLoader(
            [FileSystemLoader(paths), PrefixLoader({"galley": FileSystemLoader(ours)})]
        ),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,
        bytecode_cache=_compiled(),
    )
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
    made.filters["date"] = words.format_date
    made.filters["iso"] = words.iso
    made.filters["names"] = words.join_names
    made.filters["typeset"] = typeset if config.settings.text.typography else _as_it_is
    return made


def _compiled() -> BytecodeCache | None:
    """Where compiled templates are kept between runs (some 60 ms of each cold one), by name and
    content; None if the cache folder cannot be written."""
    from jinja2.bccache import Bucket, FileSystemBytecodeCache

    from pipeline.fonts.cache import cache_folder

    class Kept(FileSystemBytecodeCache):
        def dump_bytecode(self, bucket: Bucket) -> None:
            with suppress(OSError):  # a full disk costs the next run its 60 ms, not this one
                super().dump_bytecode(bucket)

    folder = cache_folder() / "templates"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return Kept(str(folder)) if os.access(folder, os.W_OK) else None


def _as_it_is(text: str, language: str) -> str:
    return text


def render(template: Template, context: dict[str, Any]) -> str:
    """The template's text. Raises ``Fault`` E001 for what a template's author can get wrong."""
    from jinja2 import TemplateError

    try:
        return template.render(context)
    except TemplateError as error:
        raise template_fault(error, template.name) from error


def load(made: Environment, name: str) -> Template:
    """The template called ``name``. Raises ``Fault`` E001 if it is nowhere or does not parse."""
    from jinja2 import TemplateError

    try:
        return made.get_template(name)
    except TemplateError as error:
        raise template_fault(error, name) from error


def template_fault(error: Exception, name: str | None) -> Exception:
    """What is wrong with a template, as a fault that names the template and the line."""
    return fault(
        "E001",
        f"template {getattr(error, 'name', None) or name}: {getattr(error, 'message', error)}",
        path=name,
        line=getattr(error, "lineno", None),
        hint="mend the template, or remove it to use the one that Galley ships",
    )


def template_files(config: Config) -> tuple[Path, ...]:
    """Every file that may take part in an edition, sorted: a change to one means building anew."""
    found = []
    for place in places(config):
        for folder, _, names in os.walk(place):
            found += [Path(folder) / name for name in names if not name.startswith(".")]
    return tuple(sorted(set(found)))
