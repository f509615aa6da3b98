"""One post set in type: the same document in whatever size of type, written when it is right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import msgspec

from pipeline.editions.pdf import (
    body,
    glyphs,
    keeping,
    layout,
    options,
    page,
    sheets,
    type_size,
    webaddresses,
)
from pipeline.editions.pdf.handout import Extras, space
from pipeline.editions.pdf.layout import Finisher, Pages
from pipeline.fonts import Library
from pipeline.model import Diagnostic
from pipeline.variants import pages_wanted

if TYPE_CHECKING:
    from pipeline.editions import Desk, Edition


@dataclass(frozen=True, slots=True)
class Setting:
    """All that pages are made of; only the size of the type is left open."""

    extras: Extras
    edition: Edition
    desk: Desk
    faces: Library

    @property
    def path(self) -> str:
        """The post's, for what is said of it."""
        return self.extras.document.source_path

    @property
    def has_feet(self) -> bool:
        """Whether notes may stand at the feet of pages. Where ``fit`` looks for a size they do
        not: there may be room for them in one size and none in the next."""
        told = self.edition.options
        return told.footnotes != "end" and pages_wanted(told.fit, told.duplex) is None

    def pages(
        self, size: float | None = None, *, tighten: bool = True, settle: bool = True
    ) -> Pages:
        """The pages in type of ``size`` pt, else of the size that the edition's options name;
        ``tighten`` and ``settle`` allow a second layout, as :func:`.layout.compose` has it.

        Raises ``Fault`` E001 (template), E102 (fonts), E2… (layout).
        """
        told = self.edition.options
        if size is not None:
            told = msgspec.structs.replace(told, type_size=size)
        paper = sheets.paper(told, self.desk.config)
        printed = body.dress(self.extras.document, paper, feet=self.has_feet)
        edition = replace(self.edition, options=told)
        text, files = page.fill(printed, paper, self.faces, edition, self.desk, self.extras)
        tree = page.parse(text, self.extras.document)
        type_size.enlarge(tree, paper.scale)
        options.hold_together(tree)
        webaddresses.set_apart(tree)
        keeping.titles(tree)
        keeping.last_words(tree)
        problems = glyphs.replace_uncovered(tree, self.faces, self.extras.document)
        made = layout.compose(
            tree, files, self.faces, self.path, paper.scale, tighten=tighten, settle=settle
        )
        return replace(made, diagnostics=(*problems, *made.diagnostics))

    def written(self, pages: Pages, finish: Finisher) -> tuple[bytes, tuple[Diagnostic, ...]]:
        """The file of those pages, with room for notes ruled where the options ask for it."""
        kind = self.edition.options.notes

        def finisher(document: Any, pdf: Any) -> None:
            if kind not in (None, "none"):
                space.rule(kind, document, pdf)
            finish(document, pdf)

        return layout.write(pages, finisher, self.faces, self.path)
