"""What a rule's weight is worth: the share of such repairs that are right.

A rule weighs form, place and family, and gives a number from 0 to 1 that orders its repairs. What
the editor is told is a share: of a hundred repairs at 0.9, ninety are right. :data:`SHARES` turns
the one into the other, for exports and for other posts apart.

How the shares were got: on 40 posts of an archive and 24 of six blogs, on 31 that their author
later mended by hand, and on 20 and 108 further posts of that archive and of 44 blogs, each
proposal of a rule, made or not, was held against the titles found by hand. A share is (right + 3)
/ (all + 4) where weights are from 0.8 on, (right + 1) / (all + 4) below: where little was seen,
little is claimed. What was wrong when a blog was met for the first time counts as wrong, also if
the rule knows better since. Weights of rules that are not here are what they say. A weight of 0.8
and more has a share of 0.8 and more, and the other way about: what is made by default does not
depend on this table.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.model import Repair

LEAST = 0.1
"""The least share at which a repair is proposed: where nine of ten are wrong, the tenth is not
worth what it costs to look at them."""

Steps = tuple[tuple[float, float], ...]
"""Pairs of a weight and the share from that weight on, the greatest first."""

SHARES: dict[tuple[str, bool], Steps] = {
    ("N202", True): ((0.8, 0.98),),
    ("N203", True): ((0.8, 0.98), (0.0, 0.07)),
    ("N203", False): ((0.8, 0.9), (0.0, 0.2)),
    ("N204", True): ((0.8, 0.98), (0.6, 0.5), (0.0, 0.14)),
    ("N204", False): ((0.8, 0.91), (0.5, 0.2), (0.0, 0.06)),
    ("N205", True): ((0.9, 0.97), (0.8, 0.94), (0.5, 0.4), (0.0, 0.1)),
    ("N205", False): ((0.95, 0.96), (0.8, 0.93), (0.65, 0.4), (0.3, 0.16), (0.0, 0.1)),
    ("N207", True): ((0.8, 0.97),),
    ("N208", False): ((0.8, 0.95),),
    ("N208", True): ((0.8, 0.95),),
}
"""By the code of a rule, and whether the post is an export."""


def calibrated(repair: Repair, exported: bool) -> Repair:
    """The repair with its share for a confidence."""
    for least, share in SHARES.get((repair.code, exported), ()):
        if repair.confidence >= least:
            return replace(repair, confidence=share)
    return repair
