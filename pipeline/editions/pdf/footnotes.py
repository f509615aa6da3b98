"""Which notes stand at the foot of their page, and which at the end.

A short note stands at the foot of the page that calls it. At the end, under the text, stand

- notes of more than ``LONGEST`` characters, or with a list, code or several paragraphs: WeasyPrint
  never breaks a note over two pages, and what does not fit would be lost;
- notes called in a table, a heading or a caption, which have no foot of their own;
- all notes of a paragraph that has more than ``MOST`` characters of them.

``to_pages`` does this before the layout. If a page turns out to have no room for its notes after
all, ``to_end`` puts every one of them at the end for the second layout.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from pipeline.editions.pdf.pagemap import NUMBER

LONGEST = 420
MOST = 1_200

INLINE = frozenset(
    """a abbr b bdi bdo br cite code del dfn em i ins kbd mark q s samp small span strong sub
    sup time u var wbr""".split()
)
"""What a note at the foot may hold, and formulas in its lines."""
WITHOUT_FOOT = frozenset("table figure figcaption h1 h2 h3 h4 h5 h6 dt summary caption pre".split())
HOSTS = frozenset(("p", "li", "dd", "blockquote", "div"))
"""Blocks whose notes are counted together."""


def to_pages(root: ET.Element) -> None:
    """Move the notes that can stand at the foot to the places of their first calls."""
    section = _section(root)
    if section is None:
        return
    items = {f"#{item.get('id')}": item for item in section.iter("li") if item.get("id")}
    for number, item in enumerate(items.values(), start=1):
        item.set("value", str(number))
    shelf = next(section.iter("ol"))
    parents = {child: parent for parent in root.iter() for child in parent}
    for calls in _by_host(root, parents, items):
        notes = [items[call.get("href", "")] for call in calls]
        if sum(map(_length, notes)) <= MOST:
            for call, note in zip(calls, notes, strict=True):
                if _is_short(note):
                    shelf.remove(note)
                    _put_after(parents[call], parents, _at_foot(call, note))
    if len(shelf) == 0:
        section.set("class", "notes none")


def to_end(root: ET.Element) -> None:
    """Put every note at the end, in the order of their numbers."""
    section = _section(root)
    if section is None:
        return
    shelf = next(section.iter("ol"))
    parents = {child: parent for parent in root.iter() for child in parent}
    for note in [span for span in root.iter("span") if span.get("class") == "footnote"]:
        _take_out(note, parents[note])
        shelf.append(_as_item(note))
    shelf[:] = sorted(shelf, key=lambda item: int(item.get("value", "0")))
    section.set("class", "notes")


def at_foot(root: ET.Element) -> list[ET.Element]:
    """The notes that stand at the foot of a page."""
    return [span for span in root.iter("span") if span.get("class") == "footnote"]


def _section(root: ET.Element) -> ET.Element | None:
    found = (e for e in root.iter("section") if "notes" in e.get("class", "").split())
    return next(found, None)


def _by_host(
    root: ET.Element, parents: dict[ET.Element, ET.Element], items: dict[str, ET.Element]
) -> list[list[ET.Element]]:
    """The first calls of the notes, by the block that they stand in; those in what has no foot
    left out."""
    hosts: dict[ET.Element, list[ET.Element]] = {}
    seen: set[str] = set()
    for call in root.iter("a"):
        note = call.get("href", "")
        if call.get("role") != "doc-noteref" or note not in items or note in seen:
            continue
        seen.add(note)
        above = list(_ancestors(call, parents))
        if not WITHOUT_FOOT.isdisjoint(str(element.tag) for element in above):
            continue
        host = next((element for element in above if element.tag in HOSTS), root)
        hosts.setdefault(host, []).append(call)
    return list(hosts.values())


def _ancestors(element: ET.Element, parents: dict[ET.Element, ET.Element]) -> list[ET.Element]:
    found = []
    while element in parents:
        element = parents[element]
        found.append(element)
    return found


def _length(note: ET.Element) -> int:
    return len("".join(note.itertext()))


def _is_short(note: ET.Element) -> bool:
    paragraphs = [child for child in note if child.tag == "p"]
    if len(paragraphs) != 1 or len(note) != 1 or (note.text or "").strip():
        return False
    inside = [element for element in paragraphs[0].iter() if element is not paragraphs[0]]
    return _length(note) <= LONGEST and all(map(_runs_on, inside))


def _runs_on(element: ET.Element) -> bool:
    return element.tag in INLINE or (element.tag == "img" and element.get("class") == "math")


def _at_foot(call: ET.Element, note: ET.Element) -> ET.Element:
    """The note as a span that floats to the foot: its number, which leads back, and its text."""
    (paragraph,) = note
    made = ET.Element("span", {"class": "footnote", "id": note.get("id", "")})
    back = [a for a in paragraph if a.get("role") == "doc-backlink"]
    label = ET.SubElement(made, "a", {**back[0].attrib, "class": "note-number"} if back else {})
    label.text = note.get("value")
    words = ET.SubElement(made, "span", {"class": "note-text", **_place(paragraph)})
    words.text = paragraph.text
    words.extend(child for child in paragraph if child not in back)
    _strip_end(words)
    return made


def _place(element: ET.Element) -> dict[str, str]:
    """The attribute that says which place of the body the element is."""
    return {key: text for key, text in element.attrib.items() if key == NUMBER}


def _strip_end(words: ET.Element) -> None:
    """Take off the blank that stood before the arrow back."""
    if len(words):
        words[-1].tail = (words[-1].tail or "").rstrip("\u00a0 \n")
    else:
        words.text = (words.text or "").rstrip("\u00a0 \n")


def _as_item(note: ET.Element) -> ET.Element:
    label, words = note
    item = ET.Element("li", {"id": note.get("id", ""), "value": label.text or ""})
    paragraph = ET.SubElement(item, "p", _place(words))
    paragraph.text = words.text
    paragraph.extend(words)
    if "href" in label.attrib:
        if len(paragraph):
            paragraph[-1].tail = (paragraph[-1].tail or "") + "\u00a0"
        else:
            paragraph.text = (paragraph.text or "") + "\u00a0"
        back = ET.SubElement(paragraph, "a", {**label.attrib, "class": "backlink"})
        back.text = "↑"
    return item


def _put_after(
    element: ET.Element, parents: dict[ET.Element, ET.Element], made: ET.Element
) -> None:
    parent = parents[element]
    made.tail, element.tail = element.tail, None
    parent.insert(list(parent).index(element) + 1, made)
    parents[made] = parent


def _take_out(element: ET.Element, parent: ET.Element) -> None:
    """Remove the element and leave what stands behind it."""
    place = list(parent).index(element)
    if place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    element.tail = None
    parent.remove(element)
