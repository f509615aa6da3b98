"""What kind of post this is: marks of a WordPress export weigh for lost titles, their absence
against. A lone short line is a title in the one family and mostly is not in the other."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.model import Family
from pipeline.normalize.tree import Tree

_BLOCK_MARK = re.compile(r"<!-- /?wp:|class=\"wp-block-|\\?\[/?caption\b")
_FOLDERS: dict[Family, str] = {
    "": "",
    "exported": ", in a folder of exports",
    "bold": ", in a folder of posts with bold titles",
    "kept": ", in a folder of posts with headings",
}
_LOOSE = re.compile(r"\* {1,3}\S")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Counts of what an export from WordPress leaves behind, taken from the post itself.

    ``wide``: runs of two and more blank lines. ``loose``: ``* `` items with a blank line
    between them. ``glued``: lines that follow a loose item with no blank line, not indented.
    ``marks``: comments and classes of the block editor. ``gaps``: runs of blank lines, one and
    more. ``folder`` is what most other posts of the folder are.
    """

    wide: int
    loose: int
    glued: int
    marks: int
    gaps: int
    folder: Family = ""

    @property
    def certain(self) -> bool:
        """Whether the post is an export beyond doubt."""
        wide = self.wide * 2 >= max(self.gaps, 6)
        return bool(self.marks) or wide or (self.loose >= 2 and self.glued > 0)

    @property
    def exported(self) -> bool:
        """Whether the post has the shape of one; loose ``* `` lists alone some authors like."""
        return self.certain or self.loose >= 2

    @property
    def trust(self) -> float:
        """What a line that has a title's form and place is worth as a title in this post: the
        share of such lines that were titles in labelled posts of the kind."""
        if self.certain:
            return 0.97
        if self.exported:
            return {"exported": 0.95, "kept": 0.75}.get(self.folder, 0.86)
        return 0.6 if self.folder == "exported" else 0.3

    def told(self) -> str:
        """The evidence in words, for a repair's reason. How many neighbours there are is not
        told: one more must not change what is said of this post."""
        counts = (
            (self.marks, "marks of the block editor"),
            (self.wide, "runs of blank lines"),
            (self.loose, "loose * items"),
            (self.glued, "lines glued to an item"),
        )
        found = [f"{count} {what}" for count, what in counts if count]
        own = ("an export: " + ", ".join(found)) if self.exported else "native Markdown"
        return own + _FOLDERS[self.folder]


def weigh(tree: Tree, folder: Family = "") -> Evidence:
    """Count the marks; ``folder`` is what most other posts of the folder are. Verbatim lines tell
    nothing, save for the block editor's comments."""
    wide = loose = glued = marks = gaps = blanks = 0
    after_loose = False
    for number, line in enumerate(tree.lines, 1):
        if number in tree.verbatim:
            marks += bool(_BLOCK_MARK.search(line))
            blanks, after_loose = 0, False
            continue
        if not line.strip():
            blanks += 1
            continue
        gaps += blanks >= 1
        wide += blanks >= 2
        item = bool(_LOOSE.match(line))
        loose += item and after_loose and blanks > 0
        glued += after_loose and not blanks and not item and not line[0].isspace()
        blanks, after_loose = 0, item
    return Evidence(wide, loose, glued, marks, gaps, folder)
