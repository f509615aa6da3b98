"""Which validator judges which edition: one literal table, and how all of them are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipeline.audit.judges import needs, on_java, on_node
from pipeline.audit.judges.running import Verdicts
from pipeline.audit.said import Texts

Claims = Mapping[str, Texts]
"""The places of a PDF, by which one sees what it claims to be."""


def _always(claims: Claims) -> bool:
    return True


def _claims_ua(claims: Claims) -> bool:
    return claims.get("XMP pdfuaid:part") == ("1",)


def _claims_archive(claims: Claims) -> bool:
    return claims.get("XMP pdfaid:part") == ("3",)


@dataclass(frozen=True, slots=True)
class Standard:
    """A validator. ``name`` is shown, ``tool`` is a key of ``needs.NEEDED``, ``extension`` says
    which files it reads, ``applies`` which of them make the claim that it tests."""

    name: str
    tool: str
    extension: str
    run: Callable[[Iterable[Path]], Verdicts]
    applies: Callable[[Claims], bool] = _always


STANDARDS = (
    Standard("epubcheck", "epubcheck", "epub", on_java.epubcheck),
    Standard("Ace", "ace", "epub", on_node.ace),
    Standard("vnu", "vnu", "html", on_java.vnu),
    Standard("html-validate", "html-validate", "html", on_node.html_validate),
    Standard("axe", "axe", "html", on_node.axe),
    Standard("veraPDF PDF/UA-1", "verapdf", "pdf", partial(on_java.verapdf, profile="ua1"),
             _claims_ua),
    Standard("veraPDF PDF/A-3a", "verapdf", "pdf", partial(on_java.verapdf, profile="3a"),
             _claims_archive),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ruling:
    """What one validator found in the files that it was given. ``absent`` names what keeps it
    from running here, ``broke`` what it said when it fell over; then ``verdicts`` is empty."""

    name: str
    verdicts: Mapping[Path, tuple[str, ...]]
    absent: tuple[str, ...] = ()
    broke: str | None = None


def judge(files: Mapping[Path, Claims]) -> Iterator[Ruling]:
    """Ask every validator that has something to judge. ``files``: paths and what they claim."""
    for standard in STANDARDS:
        chosen = [
            path
            for path, claims in files.items()
            if path.suffix == f".{standard.extension}" and standard.applies(claims)
        ]
        if not chosen:
            continue
        absent = tuple(needs.lacks(standard.tool))
        if absent:
            yield Ruling(standard.name, {}, absent)
            continue
        try:
            yield Ruling(standard.name, standard.run(chosen))
        except RuntimeError as error:
            yield Ruling(standard.name, {}, broke=" ".join(str(error).split())[:300])
