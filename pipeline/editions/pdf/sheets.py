"""The sheet that pages are set on: its size, its margins, and the size of the type on it.

A line of 70 characters needs 130 mm at 10.5 pt. Where a paper has no margins of its own here, the
text gets that measure, or what the paper has between narrow margins. On a narrow sheet the type is
smaller, so that a line still has 64 characters: between 60 and 72 the eye finds the next line. Who
says margins has the last word on that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import msgspec

from pipeline.config import Config
from pipeline.variants import Margins, Options, size_of

TYPE_SIZE = 10.5
"""Size in pt of running text in the style sheets; all their other measures go with it."""
MEASURE = 130.0
"""Width of the text in mm at that size."""
CHARACTERS = 70
"""Characters that such a line has."""
FEWEST_CHARACTERS = 64
SMALLEST_TYPE = 8.5
"""Size in pt below which no type is made smaller for the sake of the line."""
POCKET_CHARACTERS, POCKET_TYPE, POCKET_MEASURE = 60.5, 8.0, 88.0
"""On paper for the pocket, where that size gives less than 60 characters: how many there have to
be, the size below which no type is made, and the measure in mm for which margins give way."""
NARROWEST = 14.0
"""The least side margin in mm that is chosen without being asked for."""
POCKET_SIDE = 1 / 11
"""The least part of its width that a side margin of such paper has."""
EDGE = 18.0
"""Margin in mm that a table leaves where it reaches out of the measure of the text."""
LEAST_OUTDENT = 6.0
"""Reach in mm on either side for which that is worth while."""
WRITING = 0.3
"""The part of the paper's width that a margin for notes has."""
MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet and its margins, all in mm; ``first_top`` is the top margin of the first page,
    ``picture`` the greatest height of a picture, ``outdent`` how far a wide table may reach into
    either side margin.

    ``scale`` says how much larger than in the style sheets the type is. The other measures are
    those of the paper divided by it: what is set on such a sheet is enlarged as a whole, to the
    size of the real one.
    """

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    first_top: float
    picture: float
    outdent: float = 0.0
    scale: float = 1.0
    small_type: bool = True

    @property
    def measure(self) -> float:
        """Width of the text, in pt."""
        return (self.width - self.left - self.right) * MM

    @property
    def outdented_measure(self) -> float:
        """Width, in pt, of what reaches into both side margins; 0 where these have no room."""
        return self.measure + 2 * self.outdent * MM if self.outdent else 0.0

    @property
    def turned_measure(self) -> float:
        """Width, in pt, of what stands on a page turned by a quarter."""
        return (self.height - self.top - self.bottom) * MM


SIDES = ("width", "height", "top", "right", "bottom", "left", "first_top", "picture", "outdent")
"""The measures of a sheet in mm."""

PAPERS: dict[str, Paper] = {
    "a4": Paper(210, 297, 27, 40, 30, 40, 40, 110),
    "letter": Paper(215.9, 279.4, 25, 43, 28, 43, 36, 100),
    "a5": Paper(148, 210, 18, 16, 20, 16, 24, 80),
}
"""Papers whose margins are set by hand: 64 to 70 characters a line."""


def paper(options: Options, config: Config) -> Paper:
    """The edition's paper, else the one that the settings name, with its margins and its type."""
    wanted = options.paper or config.settings.paper
    size = size_of(wanted)
    if size is None:  # the settings are checked before they come here
        raise ValueError(wanted)
    known = {(sheet.width, sheet.height): sheet for sheet in PAPERS.values()}
    sheet = known.get(size) or _of_size(*size, (options.type_size or TYPE_SIZE) / TYPE_SIZE)
    type_size = options.type_size or (
        TYPE_SIZE if options.margins else _fitting(sheet.width - sheet.left - sheet.right)
    )
    sheet = _with_margins(sheet, options.margins)
    if options.notes == "margin":
        sheet = replace(sheet, right=max(sheet.right, WRITING * sheet.width))
    else:
        sheet = replace(sheet, outdent=_outdent(sheet))
    sheet = replace(sheet, small_type=options.small_type is not False)
    return enlarged(sheet, type_size / TYPE_SIZE)


def _outdent(sheet: Paper) -> float:
    """How far in mm a table may reach into either side margin: as far into both, since sheets
    printed on both sides have them mirrored."""
    reach = min(sheet.left, sheet.right) - EDGE
    return reach if reach >= LEAST_OUTDENT else 0.0


def _fitting(measure: float) -> float:
    """The type size in pt, in quarters, at which a line of ``measure`` mm has enough characters;
    not above the style sheets', and not below what can be read."""
    size = TYPE_SIZE * CHARACTERS / MEASURE * measure
    if size / POCKET_CHARACTERS < SMALLEST_TYPE:
        return max(POCKET_TYPE, int(size / POCKET_CHARACTERS * 4) / 4)
    return min(TYPE_SIZE, max(SMALLEST_TYPE, int(size / FEWEST_CHARACTERS * 4) / 4))


def _of_size(width: float, height: float, scale: float) -> Paper:
    """A sheet with margins by rule: a measure for the type, head and foot as on A4."""
    least = min(NARROWEST, max(width * POCKET_SIDE, (width - POCKET_MEASURE) / 2))
    side = max(least, (width - MEASURE * scale) / 2)
    a4 = PAPERS["a4"]
    part = height / a4.height
    top, foot = (max(NARROWEST, edge * part) for edge in (a4.top, a4.bottom))
    first, picture = max(top, a4.first_top * part), a4.picture * part
    return Paper(width, height, top, side, foot, side, first, picture)


def _with_margins(sheet: Paper, margins: Margins | None) -> Paper:
    """The sheet with the margins that were asked for; a top alone is the first page's too."""
    if margins is None:
        return sheet
    asked = {side: mm for side, mm in msgspec.structs.asdict(margins).items() if mm is not None}
    if "top" in asked:
        asked.setdefault("first_top", asked["top"])
    return replace(sheet, **asked)


def enlarged(sheet: Paper, scale: float) -> Paper:
    """The sheet for type that is ``scale`` times as large as on it now."""
    if scale == 1:
        return sheet
    sides = {name: getattr(sheet, name) / scale for name in SIDES}
    return replace(sheet, **sides, scale=sheet.scale * scale)
