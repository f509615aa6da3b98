"""Images in the tree: figures, pictures in a line, and what stands for those that are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.convert import images, tree
from pipeline.convert.reading import Reading
from pipeline.words import Catalogue

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def build(body: Element, reading: Reading, catalogue: Catalogue) -> bool:
    """Settle every image of the tree in place; True if one is shown."""
    shown = False
    for image in list(body.iter("img")):
        figure = _figure(image)
        source = (image.get("src") or "").strip()
        if images.is_remote(source):
            _remote(image, source, figure, reading, catalogue)
            continue
        asset = images.take(source, reading)
        if asset is None:
            _missing(image, figure, catalogue)
            continue
        shown = True
        title = image.get("title")
        alt = " ".join((image.get("alt") or "").split())
        image.attrib.clear()
        for key, value in (
            ("src", f"images/{asset.name}"),
            ("alt", alt),
            ("width", str(asset.width)),
            ("height", str(asset.height)),
        ):
            image.set(key, value)
        if figure is not None and title and figure.find("figcaption") is None:
            figure.append(tree.make("figcaption", title))
    for figure in list(body.iter("figure")):
        _tidy(figure)
    return shown


def _figure(image: Element) -> Element | None:
    """The figure around the image: the author's, or one made of a paragraph that is all image."""
    for up in image.iterancestors("figure"):
        return up
    block = image
    host = image.getparent()
    if (
        host is not None
        and host.tag == "a"
        and len(host) == 1
        and tree.is_blank(host.text)
        and tree.is_blank(image.tail)
    ):
        block, host = host, host.getparent()
    if host is None or host.tag != "p" or not _all_images(host):
        return None
    figure = tree.make("figure", class_="image")
    if len(host) == 1:
        for key in ("id", "lang", "dir"):
            if host.get(key):
                figure.set(key, str(host.get(key)))
        tree.replace(host, figure)
    else:
        host.addprevious(figure)
    figure.append(block)
    block.tail = None
    if image.get("id") and not figure.get("id"):
        figure.set("id", str(image.get("id")))
    if host.getparent() is not None and tree.is_empty(host):
        tree.remove(host)
    return figure


def _all_images(paragraph: Element) -> bool:
    """Nothing but images (linked or not), breaks and white space."""
    if not tree.is_blank(paragraph.text):
        return False
    for child in paragraph:
        linked = child.tag == "a" and len(child) == 1 and child[0].tag == "img" \
            and tree.is_blank(child.text) and tree.is_blank(child[0].tail)  # fmt: skip
        if not (child.tag in ("img", "br") or linked) or not tree.is_blank(child.tail):
            return False
    return True


def _words_for(image: Element, figure: Element | None) -> str:
    caption = figure.find("figcaption") if figure is not None else None
    if caption is not None and tree.plain_text(caption):
        return ""
    alt, title = image.get("alt"), image.get("title")
    words = (title or alt) if figure is not None else (alt or title)
    return " ".join((words or "").split())


def _missing(image: Element, figure: Element | None, catalogue: Catalogue) -> None:
    words = _words_for(image, figure)
    if figure is None:
        stand_in = tree.make("span", words or catalogue["image_missing"], class_="image missing")
        tree.replace(image, stand_in)
        return
    host = image.getparent()
    tree.remove(host if host is not None and host.tag == "a" else image)
    if any(True for _ in figure.iter("img")):
        return
    figure.set("class", "image missing")
    if figure.find("figcaption") is None:
        figure.append(tree.make("figcaption", words or catalogue["image_missing"]))


def _remote(
    image: Element, source: str, figure: Element | None, reading: Reading, catalogue: Catalogue
) -> None:
    """Alt text and address in place of the picture."""
    if source.lower().startswith("data:"):
        reading.say(
            "C036",
            "an image written into the post as data is not taken over",
            needle=source[:40],
            hint="save it as a file beside the post",
        )
        _missing(image, figure, catalogue)
        return
    reading.say(
        "C035",
        f"the image {source} lies on another machine and is not fetched",
        needle=source,
        severity="info",
        hint="save it beside the post or under static/",
    )
    words = _words_for(image, figure) or catalogue["image_remote"]
    span = tree.make("span", words + " (", class_="image remote")
    address = "https:" + source if source.startswith("//") else source
    host = image.getparent()
    target: Element = image
    if host is not None and host.tag == "a" and len(host) == 1:
        target = host
    link = tree.make("a", address, href=address)
    link.tail = ")"
    span.append(link)
    tree.replace(target, span)
    if figure is not None:
        if figure.find("figcaption") is None:
            figure.tag = "p"
            tree.take(figure, "class")
        else:
            figure.set("class", "image remote")


def _tidy(figure: Element) -> None:
    """One class name for figures of images; the class names of other systems go."""
    names = tree.classes(figure)
    pictured = any(True for _ in figure.iter("img"))
    if pictured:
        figure.set("class", "image")
    elif "image" not in names:
        tree.take(figure, "class")
