"""What stands on a cover: the template ``epub/cover.toml`` read into values."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import msgspec

from pipeline import templating, words
from pipeline.diagnostics import fault
from pipeline.variants import COLOUR

if TYPE_CHECKING:
    from jinja2 import Environment

    from pipeline.config import Settings
    from pipeline.model import Metadata

TEMPLATE = "cover.toml.j2"
FACES = frozenset(("serif-display", "serif", "sans", "mono"))


class Piece(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words, or a ``rule`` (width, height) instead. All measures are in px; ``sizes`` are tried in
    turn and ``least`` is the smallest that is good; ``shade`` is the share of the ink, 0 to 1."""

    text: str = ""
    face: str = "sans"
    weight: int = 400
    italic: bool = False
    sizes: tuple[int, ...] = (48,)
    least: int = 0
    lines: int = 99
    shade: float = 1.0
    space: int = 0
    rule: tuple[int, int] | None = None
    spare: bool = False


class Plan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A cover: colours as ``#rrggbb``, the margin, heights for the post's picture, and the pieces
    from the top down and above the foot."""

    ground: str
    ink: str | None = None
    margin: int = 90
    picture: tuple[int, ...] = (640,)
    top: tuple[Piece, ...] = ()
    foot: tuple[Piece, ...] = ()


def made(environment: Environment, record: Metadata, settings: Settings) -> Plan:
    """The plan of a post's cover. Raises ``Fault`` E001 and E302 for a template's mistakes."""
    context = {
        "record": record,
        "settings": settings,
        "words": words.catalogue(record.language),
        "accent": settings.look.accent,
    }
    return read(templating.render(templating.load(environment, TEMPLATE), context))


def read(text: str) -> Plan:
    """The plan that a template made. Raises ``Fault`` E302 for what is none."""
    try:
        plan = msgspec.convert(tomllib.loads(text), Plan)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise _wrong(str(error)) from error
    for colour in filter(None, (plan.ground, plan.ink)):
        if not COLOUR.fullmatch(colour):
            raise _wrong(f"{colour!r} is no colour such as #7a2e1d")
    if not 0 <= plan.margin <= 300 or not all(0 < height < 1600 for height in plan.picture):
        raise _wrong("margin is 0 to 300, heights of the picture are 1 to 1599")
    for piece in (*plan.top, *plan.foot):
        if piece.face not in FACES:
            raise _wrong(f"face {piece.face!r}: it is one of {', '.join(sorted(FACES))}")
        if not piece.sizes or not all(8 <= size <= 600 for size in piece.sizes) or piece.lines < 1:
            raise _wrong("sizes are 8 to 600, and lines 1 or more")
    return plan


def _wrong(message: str) -> Exception:
    return fault(
        "E302", f"the template of the cover makes no plan: {message}", path=TEMPLATE,
        hint="mend the template, or remove it to use the one that Galley ships",
    )  # fmt: skip
