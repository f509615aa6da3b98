"""Writes the tree of nodes into the PDF: structure elements, the parent tree, link areas."""

from __future__ import annotations

from typing import Any

from pipeline.editions.pdf.nodes import Area, Mark, Node

OWNERS = {"Scope": "Table", "ColSpan": "Table", "RowSpan": "Table", "ListNumbering": "List",
          "BBox": "Layout"}  # fmt: skip
"""The owner of each attribute (ISO 32000-1, 14.8.5)."""

KEPT_EMPTY = ("Table", "THead", "TBody", "TR", "TH", "TD", "L", "LI", "LBody")
"""An empty cell is a cell; an empty paragraph is nothing."""


HOLDS: dict[str, tuple[str, ...]] = {
    "L": ("L", "LI", "Caption"),
    "LI": ("Lbl", "LBody"),
    "TOC": ("TOC", "TOCI", "Caption"),
    "Table": ("THead", "TBody", "TFoot", "TR", "Caption"),
    "TR": ("TH", "TD"),
}
STANDS_IN: dict[str, tuple[str, ...]] = {
    "LI": ("L",),
    "LBody": ("LI",),
    "Lbl": ("LI", "Note"),
    "TR": ("Table", "THead", "TBody", "TFoot"),
    "TH": ("TR",),
    "TD": ("TR",),
    "THead": ("Table",),
    "TBody": ("Table",),
    "TFoot": ("Table",),
}
"""What may stand in what (ISO 14289-1, 7.2), so far as the elements of a page can break it."""


def write_tree(pdf: Any, root: Node, pages: int) -> None:
    """Add the structure tree to the catalog, as WeasyPrint's own function would."""
    from pydyf import Array, Dictionary

    _prune(root)
    _settle(root)
    tree = Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(tree)
    writer = _Writer(pdf, pages)
    top = writer.write(root, tree.reference)
    tree["K"] = Array([top.reference])
    numbers = Dictionary({"Nums": writer.parent_numbers()})
    pdf.add_object(numbers)
    tree["ParentTree"] = numbers.reference
    tree["ParentTreeNextKey"] = pages + len(writer.links)
    if writer.names:
        tree["IDTree"] = Dictionary({"Names": _named(writer.names)})
    pdf.catalog["StructTreeRoot"] = tree.reference
    pdf.catalog["MarkInfo"] = Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = Dictionary({"DisplayDocTitle": "true"})


def take_out(pdf: Any, spare: list[bytes]) -> None:
    """Take those annotations from their pages; what is left of them is an empty object."""
    gone = frozenset(spare)
    if not gone:
        return
    for item in pdf.objects:
        if getattr(item, "reference", None) in gone and isinstance(item, dict):
            item.clear()
        if isinstance(item, dict) and item.get("Type") == "/Page" and "Annots" in item:
            item["Annots"][:] = [entry for entry in item["Annots"] if entry not in gone]


def _named(names: dict[str, Any]) -> Any:
    """The name tree of elements that have a name."""
    from pydyf import Array, String

    return Array(part for name in sorted(names) for part in (String(name), names[name]))


def _prune(node: Node) -> None:
    """Take out elements that came to hold nothing."""
    for kid in list(node.kids):
        if isinstance(kid, Node):
            _prune(kid)
            if not kid.kids and kid.role not in KEPT_EMPTY:
                node.kids.remove(kid)


def _settle(node: Node) -> None:
    """Where the author's own HTML nests what does not belong together, a plain Div stands."""
    inside = HOLDS.get(node.role)
    if inside and not all(isinstance(kid, Node) and kid.role in inside for kid in node.kids):
        node.role = "Div"
        node.attributes.clear()
    for kid in node.kids:
        if isinstance(kid, Node):
            outside = STANDS_IN.get(kid.role)
            if outside and node.role not in outside:
                kid.role = "Div"
                kid.attributes.clear()
            _settle(kid)


class _Writer:
    def __init__(self, pdf: Any, pages: int) -> None:
        self.pdf = pdf
        self.pages = pages
        self.owners: list[dict[int, Any]] = [{} for _ in range(pages)]
        self.links: list[Any] = []
        self.names: dict[str, Any] = {}

    def write(self, node: Node, parent: Any) -> Any:
        """The node as a structure element, with all that it holds."""
        from pydyf import Array, Dictionary, String

        element = Dictionary({"S": f"/{node.role}", "P": parent})
        self.pdf.add_object(element)
        page = next((kid.page for kid in node.kids if not isinstance(kid, Node)), None)
        if page is not None:
            element["Pg"] = self.pdf.page_references[page]
        for key, value in node.entries.items():
            element[key] = String(value)
        if "ID" in node.entries:
            self.names[node.entries["ID"]] = element.reference
        if node.attributes:
            element["A"] = self._attributes(node)
        kids = [self._kid(kid, node, element, page) for kid in node.kids]
        element["K"] = kids[0] if len(kids) == 1 else Array(kids)
        return element

    def _kid(self, kid: Node | Mark | Area, node: Node, element: Any, page: int | None) -> Any:
        from pydyf import Dictionary

        if isinstance(kid, Node):
            return self.write(kid, element.reference).reference
        if isinstance(kid, Area):
            return self._area(kid, node, element)
        self.owners[kid.page][kid.mcid] = element.reference
        if kid.page == page:
            return kid.mcid
        reference = self.pdf.page_references[kid.page]
        return Dictionary({"Type": "/MCR", "Pg": reference, "MCID": kid.mcid})

    def _area(self, area: Area, node: Node, element: Any) -> Any:
        from pydyf import Dictionary, String

        annotation = area.annotation
        annotation["StructParent"] = self.pages + len(self.links)
        annotation["Contents"] = String(node.text or "link")
        annotation["F"] = 4  # printed with the page
        self.links.append(element.reference)
        page = self.pdf.page_references[area.page]
        return Dictionary({"Type": "/OBJR", "Obj": annotation.reference, "Pg": page})

    def _attributes(self, node: Node) -> Any:
        from pydyf import Array, Dictionary

        owner = OWNERS[next(iter(node.attributes))]
        values = {
            key: Array(value) if isinstance(value, list) else value
            for key, value in node.attributes.items()
        }
        return Dictionary({"O": f"/{owner}", **values})

    def parent_numbers(self) -> Any:
        """The number tree: each page's elements by their marks, then each link's element."""
        from pydyf import Array

        numbers = Array()
        for page, owners in enumerate(self.owners):
            last = max(owners, default=-1)
            row = Array([owners.get(mcid, "null") for mcid in range(last + 1)])
            self.pdf.add_object(row)
            numbers.extend((page, row.reference))
        for number, link in enumerate(self.links, start=self.pages):
            numbers.extend((number, link))
        return numbers
