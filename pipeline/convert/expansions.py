"""Block shortcodes in the tree: the marked divs become the elements that they stand for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.convert import tree
from pipeline.convert.callouts import KINDS
from pipeline.convert.reading import Call, Reading
from pipeline.words import Catalogue

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")


def build(body: Element, calls: tuple[Call, ...], reading: Reading, catalogue: Catalogue) -> None:
    """Make each marked div what its call says; a mark that no call made means nothing."""
    waiting = dict(enumerate(calls))
    for element in list(body.iter()):
        mark = tree.take(element, "data-galley")
        if mark is None or element.tag != "div" or not mark.isdecimal():
            continue
        call = waiting.pop(int(mark[:6]), None)
        if call is not None:
            _make(element, call, reading, catalogue)


def _make(div: Element, call: Call, reading: Reading, catalogue: Catalogue) -> None:
    if call.name == "alert":
        _alert(div, call)
    elif call.name == "pageinfo":
        div.tag = "aside"
        div.set("class", "pageinfo")
    elif call.name == "card":
        _card(div)
    elif call.name == "cardpane":
        div.set("class", "cardpane")
    elif call.name == "details":
        _details(div, call, catalogue)
    elif call.name == "video":
        _video(div, call, catalogue)
    else:
        _figure(div, call, reading)


def _alert(div: Element, call: Call) -> None:
    """A div that the callouts' step knows by its class."""
    named = call.named
    wishes = [named.get(key, "") for key in ("color", "type", "style", "kind", "context", "icon")]
    kind = next((KINDS[w.lower()] for w in (*wishes, *call.args) if w.lower() in KINDS), "note")
    div.set("class", kind)
    titles = [a for a in call.args if a.lower() not in KINDS]
    title = named.get("title") or named.get("text") or (titles[0] if titles else "")
    if title:
        div.set("title", title)


def _card(div: Element) -> None:
    div.set("class", "card")
    for inner in list(div.findall("div")):
        names = tree.classes(inner)
        role = next((n for n in ("card-title", "card-footer") if n in names), None)
        if role is None:
            continue
        for paragraph in inner.findall("p"):
            paragraph.set("class", role)
        tree.unwrap(inner)


def _details(div: Element, call: Call, catalogue: Catalogue) -> None:
    """Open, since print cannot open it."""
    title = call.named.get("summary") or call.named.get("title") or " ".join(call.args)
    div.tag = "details"
    div.set("open", "open")
    summary = tree.make("summary", title or catalogue["details"])
    summary.tail, div.text = div.text, None
    div.insert(0, summary)


def _video(div: Element, call: Call, catalogue: Catalogue) -> None:
    paragraph = div.find("p")
    if paragraph is None:
        return
    paragraph.set("class", "video")
    paragraph.text = catalogue["video"] + ": " + (paragraph.text or "")
    tree.unwrap(div)


def _figure(div: Element, call: Call, reading: Reading) -> None:
    """A figure; what stands in the div is its caption."""
    named = call.named
    source = named.get("src") or (call.args[0] if call.args else "")
    if call.name == "imgproc":
        source = _resource(source, reading)
    caption = tree.make("figcaption")
    for child in list(div):
        if len(caption) or caption.text:
            caption.append(tree.make("br"))
        if child.tag == "p":
            tree.move_content(child, caption)
        else:
            caption.append(child)
        child.tail = None
    words = tree.plain_text(caption)
    image = tree.make("img", src=source, alt=named.get("alt") or words)
    for key in list(div.attrib):
        del div.attrib[key]
    div.tag, div.text = "figure", None
    div.set("class", "image")
    for child in list(div):
        div.remove(child)
    link = named.get("link")
    host = div
    if link and _is_web(link):
        host = tree.make("a", href=link)
        div.append(host)
    host.append(image)
    if words:
        div.append(caption)


def _is_web(link: str) -> bool:
    return link.startswith(("http://", "https://", "/", "#"))


def _resource(pattern: str, reading: Reading) -> str:
    """The first picture beside the post whose name holds ``pattern``, as Docsy looks it up."""
    folder = reading.file.parent
    reading.tried(folder / pattern)
    try:
        names = sorted(
            file.name
            for file in Path(folder).iterdir()
            if pattern and pattern in file.name and file.suffix.lower() in _PICTURES
        )
    except OSError:
        names = []
    return names[0] if names else pattern
