"""The tag tree (ISO 32000-1, 14.7 and 14.8; PDF/UA-1, ISO 14289-1), one element an element.

WeasyPrint's own makes one tag a page for what breaks over pages, and lists, links and headers
that PDF/UA refuses. This one walks the boxes of the pages in order and gives each element of the
page's tree one structure element, however many boxes it has; what repeats on every page (running
heads, folios, repeated table heads) is an artifact. It takes the place of a private function of
WeasyPrint 70, so the version is pinned and a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pipeline.editions.pdf.nodes import Area, Mark, Node
from pipeline.editions.pdf.treewriter import take_out, write_tree

ROLES: dict[str, str] = {
    "section": "Sect", "article": "Art", "nav": "Sect", "aside": "Sect", "div": "Div",
    "header": "Div", "p": "P", "pre": "P", "code": "Code", "blockquote": "BlockQuote", "ul": "L",
    "ol": "L", "dl": "L", "table": "Table", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot",
    "tr": "TR", "th": "TH", "td": "TD", "caption": "Caption", "a": "Link", "details": "Sect",
    "summary": "P", "figcaption": "P", "img": "Figure",
}  # fmt: skip
"""Structure type by element. What is not here adds nothing: its content is its parent's."""

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@contextmanager
def in_place_of_weasyprints() -> Iterator[None]:
    """Let WeasyPrint call :func:`add_tags` while it writes."""
    import weasyprint.pdf as writer

    theirs = writer.add_tags
    writer.add_tags = add_tags
    try:
        yield
    finally:
        writer.add_tags = theirs


def add_tags(pdf: Any, document: Any, pdf_version: Any, page_streams: Any) -> None:
    """WeasyPrint's hook: build the tree of the document's pages and write it into the PDF."""
    builder = Builder()
    for number, (page, stream) in enumerate(zip(document.pages, page_streams, strict=True)):
        builder.add_page(page, number, stream)
    write_tree(pdf, builder.root, len(document.pages))
    take_out(pdf, builder.spare)


class Builder:
    """Walks the boxes of the pages and grows the tree of nodes."""

    def __init__(self) -> None:
        from weasyprint.formatting_structure import boxes
        from weasyprint.layout.absolute import AbsolutePlaceholder

        self.boxes = boxes
        self.placeholder = AbsolutePlaceholder
        self.root = Node("Document", 0)
        self.places: dict[tuple[int, str], Node] = {}
        self.elements: list[Any] = []  # held, so that their ids stay theirs
        self.calls: dict[str, Node] = {}  # the References that call notes, by the note's id
        self.level = 0
        self.page = 0
        self.height = 0.0
        self.tags: dict[Any, dict[str, Any]] = {}
        self.artifacts: dict[int, str] = {}  # number to where it stands
        self.spare: list[bytes] = []  # annotations that another one covers

    def add_page(self, page: Any, number: int, stream: Any) -> None:
        """Add a page's boxes; what stands in its margins becomes an artifact of its stream."""
        self.page, self.height = number, page.height
        self.tags, self.artifacts = stream._tags, {}
        for box in page._page_box.children:
            if isinstance(box, self.boxes.MarginBox):
                self._drop(box, "Header" if box.at_keyword.startswith("@top") else "Footer")
            else:
                self._walk(box, self.root, None)
        self.artifacts.update((tag["mcid"], "") for tag in self.tags.values())
        _make_artifacts(stream, self.artifacts)

    def _drop(self, box: Any, kind: str = "") -> None:
        """Everything under the box is an artifact."""
        if isinstance(box, self.placeholder):
            box = box._box
        tag = self.tags.pop(box, None)
        if tag is not None:
            self.artifacts[tag["mcid"]] = kind
        for child in getattr(box, "children", ()):
            self._drop(child, kind)

    def _walk(self, box: Any, node: Node, link: Node | None) -> None:
        if isinstance(box, self.placeholder):
            box = box._box
        if box.element is not None and not isinstance(box, self.boxes.LineBox):
            if box.element.get("aria-hidden") == "true":
                self._drop(box)
                return
            before = node
            node = self._node(box, node)
            if node.role == "THead" and node.page < self.page:
                self._drop(box)
                return
            link = self._link(box, node, link if node is before else None, link)
        tag = self.tags.pop(box, None)
        if tag is not None:
            node.kids.append(Mark(self.page, tag["mcid"]))
            self._frame(box, node)
        for child in getattr(box, "children", ()):
            self._walk(child, node, link)

    def _link(self, box: Any, node: Node, same: Node | None, outer: Node | None) -> Node | None:
        """Tie the box's annotation to its Link; a box inside a link has one too many."""
        annotation = getattr(box, "link_annotation", None)
        if annotation is None:
            return outer
        inside = same if same is not None else outer
        owner = _nearest(node, "Link")
        if owner is None or inside is owner:
            self.spare.append(annotation.reference)
            return inside
        owner.kids.append(Area(self.page, annotation))
        return owner

    def _node(self, box: Any, parent: Node) -> Node:
        """The node that takes the box's content: the element's own, made at its first box."""
        tag = str(box.element_tag)
        key = (id(box.element), tag)
        place = self.places.get(key)
        if place is None:
            place = self._new(box, tag, parent)
            if box.style["text_transform"] == "uppercase" and place is not parent:
                # capitals are the page's, not the text's
                place.entries["ActualText"] = " ".join("".join(box.element.itertext()).split())
            self.places[key] = place
            self.elements.append(box.element)
        return place

    def _new(self, box: Any, tag: str, parent: Node) -> Node:
        if tag.endswith("::marker") or tag == "li::before":
            return self._label(parent)
        if "::" in tag or tag in ("html", "body"):
            return parent
        element = box.element
        if element.get("class") == "footnote":
            return self._footnote(element, parent)
        if tag in ("li", "dt", "dd"):
            return self._item(tag, element, parent)
        if tag == "figure":
            return self._figure(element, parent)
        return self._plain(tag, element, parent)

    def _label(self, parent: Node) -> Node:
        """The number or dash of a list's item, before what it labels."""
        item = _nearest(parent, "LI")
        if item is None:
            return parent
        label = Node("Lbl", self.page, item)
        item.kids.insert(0, label)
        return label

    def _plain(self, tag: str, element: Any, parent: Node) -> Node:
        role = self._role(tag, element, parent)
        if tag == "img" and parent.role == "Figure":
            return parent
        if role is None:
            return self._inline(element, parent)
        if role == "Link":
            parent = self._host_of_link(element, parent)
        node = self._element(parent, role, element)
        if role in ("Figure", "Formula"):
            node.entries["Alt"] = element.get("alt") or " "
        elif role == "Link":
            node.text = " ".join("".join(element.itertext()).split()) or _alt(element)
        elif role in ("TH", "TD"):
            _cell(node, element)
        elif role == "L":
            node.attributes["ListNumbering"] = _numbering(tag, element)
        return node

    def _role(self, tag: str, element: Any, parent: Node) -> str | None:
        """The structure type of the element where it stands; None for what has none."""
        if tag in HEADINGS:
            self.level = min(int(tag[1]), self.level + 1)
            return f"H{self.level}"
        if tag == "ol" and (element.get("role") == "doc-toc" or parent.role == "TOCI"):
            return "TOC"
        if tag == "img":
            return "Formula" if "math" in element.get("class", "").split() else "Figure"
        if tag == "figcaption" and parent.role == "Figure":
            return "Caption"
        if tag == "a" and element.get("href") is None:
            return None
        return ROLES.get(tag)

    def _host_of_link(self, element: Any, parent: Node) -> Node:
        """A link inside the text is a Reference, the number of a note a label."""
        if parent.role == "TOCI":
            return parent.add("Reference", self.page)
        if element.get("role") == "doc-noteref":
            made = parent.add("Reference", self.page)
            self.calls.setdefault(element.get("href", "").removeprefix("#"), made)
            return made
        if element.get("class") == "note-number":
            return parent.add("Lbl", self.page)
        return parent

    def _inline(self, element: Any, parent: Node) -> Node:
        """An element without a type of its own needs a Span only for what it says of its text."""
        says = {
            "ActualText": element.get("data-actual"),
            "E": element.get("title") if element.tag == "abbr" else None,
            "Lang": element.get("lang") if element.tag != "html" else None,
        }
        says = {key: value for key, value in says.items() if value}
        if not says:
            return parent
        node = parent.add("Span", self.page)
        node.entries.update(says)
        return node

    def _element(self, parent: Node, role: str, element: Any) -> Node:
        node = parent.add(role, self.page)
        if element.get("lang"):
            node.entries["Lang"] = element.get("lang")
        return node

    def _item(self, tag: str, element: Any, parent: Node) -> Node:
        """LI with Lbl and LBody; of a definition list the terms are labels."""
        if parent.role == "TOC":
            return self._element(parent, "TOCI", element)
        if tag == "li":
            body = self._element(self._element(parent, "LI", element), "LBody", element)
            return self._note(body, element) if _has_call(self.calls, element) else body
        last = parent.kids[-1] if parent.kids else None
        bare = tag == "dd" and isinstance(last, Node) and not _has(last, "LBody")
        item = last if bare and isinstance(last, Node) else parent.add("LI", self.page)
        return self._element(item, "Lbl" if tag == "dt" else "LBody", element)

    def _footnote(self, element: Any, parent: Node) -> Node:
        """A note from a page's foot is read where it is called."""
        call = self.calls.get(element.get("id", ""))
        if call is None or call.parent is None:
            return self._note(parent, element)
        note = self._note(call.parent, element)
        kids = call.parent.kids
        kids.insert(kids.index(call) + 1, kids.pop())
        return note

    def _note(self, parent: Node, element: Any) -> Node:
        """A Note has a name of its own (ISO 14289-1, 7.9)."""
        node = self._element(parent, "Note", element)
        node.entries["ID"] = element.get("id", "")
        return node

    def _figure(self, element: Any, parent: Node) -> Node:
        pictures = list(element.iter("img"))
        if not pictures:
            return self._element(parent, "Div", element)
        node = self._element(parent, "Figure", element)
        texts = [picture.get("alt", "").strip() for picture in pictures]
        caption = " ".join("".join(t.itertext()) for t in element.iter("figcaption"))
        node.entries["Alt"] = "; ".join(filter(None, texts)) or " ".join(caption.split()) or " "
        return node

    def _frame(self, box: Any, node: Node) -> None:
        """Where a picture stands, in pt from the foot of the page."""
        if node.role not in ("Figure", "Formula") or not hasattr(box, "replacement"):
            return
        left, top = box.content_box_x() * 0.75, box.content_box_y() * 0.75
        right, bottom = left + box.width * 0.75, top + box.height * 0.75
        full = self.height * 0.75
        node.attributes["BBox"] = [left, full - bottom, right, full - top]


def _nearest(node: Node | None, role: str) -> Node | None:
    while node is not None and node.role != role:
        node = node.parent
    return node


def _has(node: Node, role: str) -> bool:
    return any(isinstance(kid, Node) and kid.role == role for kid in node.kids)


def _has_call(calls: dict[str, Node], element: Any) -> bool:
    return element.get("id") in calls


def _alt(element: Any) -> str:
    return " ".join(picture.get("alt", "") for picture in element.iter("img"))


NUMBERINGS = {"a": "/LowerAlpha", "A": "/UpperAlpha", "i": "/LowerRoman", "I": "/UpperRoman"}
"""The numbering of an ``ol`` by its ``type`` (ISO 32000-1, table 347)."""


def _numbering(tag: str, element: Any) -> str:
    return NUMBERINGS.get(element.get("type", ""), "/Decimal") if tag == "ol" else "/None"


def _cell(node: Node, element: Any) -> None:
    for name, key in (("colspan", "ColSpan"), ("rowspan", "RowSpan")):
        span = element.get(name, "1")
        if span.isdigit() and int(span) > 1:
            node.attributes[key] = int(span)
    if node.role == "TH":
        row = element.get("scope") in ("row", "rowgroup")
        node.attributes["Scope"] = "/Row" if row else "/Column"


def _make_artifacts(stream: Any, mcids: dict[int, str]) -> None:
    """Turn marked content of those numbers into artifacts (ISO 32000-1, 14.8.2.2), in the page's
    stream: ``Header`` and ``Footer``, or what merely repeats."""
    if not mcids:
        return
    from pydyf import Dictionary

    operators = stream.stream
    for place, operator in enumerate(operators):
        if operator == b"BDC":
            properties = operators[place - 1]
            if isinstance(properties, dict) and properties.get("MCID") in mcids:
                operators[place - 2] = "/Artifact"
                kind = mcids[properties["MCID"]]
                said = {"Type": "/Pagination", **({"Subtype": f"/{kind}"} if kind else {})}
                operators[place - 1] = Dictionary(said)
