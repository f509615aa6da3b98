"""Which faces an edition on screen needs, and which characters of each: what goes in, and no more.

The HTML and the EPUB edition ask with the same text, so a run that makes both subsets each face
once. The table below follows the shipped style sheets; a theme that sets an element in another
face gets the reader's own font for the characters that face then lacks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline import fonts, words
from pipeline.convert import tree
from pipeline.convert.typography import typeset
from pipeline.fonts.installed import MATH_FONT
from pipeline.model import Document
from pipeline.read import handout

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Style = tuple[str, int, bool]
"""Role, weight, italic: what :meth:`pipeline.fonts.Library.face` finds a face by."""

ROLES = {
    **dict.fromkeys(("table", "figcaption", "h2", "h3", "h4", "h5", "h6", "summary"), "sans"),
    **dict.fromkeys(("pre", "code", "kbd", "samp"), "mono"),
}
"""Elements that change the family."""
BOLD = frozenset(("b", "strong", "th", "caption", "h2", "h3", "h4", "h5", "h6", "summary", "dt"))
ITALIC = frozenset(("i", "em", "cite", "dfn", "var"))
CLASSES: dict[str, tuple[str, bool]] = {
    "callout-title": ("sans", True),
    "card-title": ("sans", True),
    "notes-title": ("sans", True),
    "image": ("sans", False),
    "number": ("sans", False),
}
"""Classes that change the family, and whether they are bold."""
BOLD_TOKENS = frozenset(("kw", "cf", "im", "al", "er"))
ITALIC_TOKENS = frozenset(("co", "do", "an", "cv", "in", "wa"))
"""Highlighter's classes that ``base/code.css`` sets apart by weight and slope."""

SLANTED = {
    **{ord("A") + n: 0x1D434 + n for n in range(26)},
    **{ord("a") + n: 0x1D44E + n for n in range(26)},
    **{0x391 + n: 0x1D6E2 + n for n in range(25)},
    **{0x3B1 + n: 0x1D6FC + n for n in range(25)},
    ord("h"): 0x210E,
}
"""Letters and their forms in formulas (Unicode's mathematical italic)."""
MATH_FEATURES = ("ssty", "dtls", "flac")
"""Forms for scripts, for letters under accents, and flat accents (OpenType, MATH)."""

ALWAYS: dict[Style, str] = {
    ("serif", 400, False): "0123456789.–…“”‘’",
    ("sans", 400, False): "0123456789 ·–/@:.#()",
}
"""What style sheets and templates add of themselves: list numbers, dashes, separators."""


@dataclass(frozen=True, slots=True)
class WebFace:
    """A face cut down to what is used: ``file_name`` for a package, ``data`` as WOFF2."""

    face: fonts.Face
    file_name: str
    data: bytes


def web_faces(document: Document, body: Element) -> tuple[WebFace, ...]:
    """The faces of a post with the characters that its text and its furniture show in each."""
    used: dict[Style, set[str]] = {style: set(text) for style, text in ALWAYS.items()}
    _collect(body, ("serif", 400, False), used)
    _collect_furniture(document, used)
    _collect_paper(document, body, used)
    library = fonts.library()
    shown: dict[fonts.Face, set[str]] = {}
    for style in sorted(used):
        face = _face(library, style)  # one face may stand in for two styles
        if face is not None:
            shown.setdefault(face, set()).update(used[style] - {"\n", "\t"})
    made = []
    for face, some in shown.items():
        characters = "".join(sorted(some))
        if characters.strip():
            name = f"{face.family} {face.weight}{' italic' * face.italic}".replace(" ", "-")
            made.append(WebFace(face, f"{name.lower()}.woff2", _woff2(face, characters)))
    return (*made, *_of_formulas(body))


@lru_cache(maxsize=64)
def _woff2(face: fonts.Face, characters: str, features: tuple[str, ...] = ()) -> bytes:
    return fonts.woff2(face, characters, features)


def _of_formulas(body: Element) -> tuple[WebFace, ...]:
    """The face for mathematics with the signs of the formulas and the larger forms of each: so
    brackets and roots grow with what they hold, also where the machine has no such face."""
    signs: set[str] = set()
    for formula in body.iter():
        if tree.local(formula) == "math":
            signs.update(*map(_signs, formula.iter()))
    faces = (face for face in fonts.library().fallbacks if face.family == MATH_FONT[0])
    return tuple(
        WebFace(face, "stix-two-math.woff2", _woff2(face, "".join(sorted(signs)), MATH_FEATURES))
        for face in faces
        if signs
    )


def _signs(element: Element) -> str:
    """What an element of a formula shows: roots draw their own sign, a lone letter is slanted
    (MathML Core, 3.3.3 and 4.2)."""
    if tree.local(element) in ("annotation", "annotation-xml"):
        return ""
    if tree.local(element) in ("msqrt", "mroot"):
        return "√"
    text = "".join((element.text or "").split())
    lone = tree.local(element) == "mi" and len(text) == 1
    return text + text.translate(SLANTED) if lone else text


def _face(library: fonts.Library, style: Style) -> fonts.Face | None:
    """The face of that style; without one the upright of its weight, which a reader slants."""
    role, weight, italic = style
    for wanted in ((role, weight, italic), (role, weight, False), (role, 400, False)):
        try:
            return library.face(*wanted)
        except KeyError:
            continue
    return None


def _collect(element: Element, style: Style, used: dict[Style, set[str]]) -> None:
    """Add the characters under ``element`` to the style that each is set in.

    An explicit stack of elements is not needed: ``limits.html_depth`` bounds the depth.
    """
    name = tree.local(element)
    if name == "math":
        return
    style = _styled(element, name, style)
    characters = used.setdefault(style, set())
    characters.update(element.text or "")
    if "callout-title" in tree.classes(element):
        characters.update(_capitals("".join(map(str, element.itertext()))))
    for child in element:
        _collect(child, style, used)
        characters.update(child.tail or "")


def _styled(element: Element, name: str, style: Style) -> Style:
    role, weight, italic = style
    role = ROLES.get(name, role)
    weight = 600 if name in BOLD else weight
    italic = italic or name in ITALIC
    for word in tree.classes(element):
        if word in CLASSES and name not in ("img", "a"):
            role, bold = CLASSES[word]
            weight = 600 if bold else 400
        elif role == "mono" and name == "span":
            weight = 600 if word in BOLD_TOKENS else weight
            italic = italic or word in ITALIC_TOKENS
    if name in ("pre", "code"):
        weight, italic = (weight if name == "code" else 400), False
    return role, weight, italic


def _collect_furniture(document: Document, used: dict[Style, set[str]]) -> None:
    record = document.record
    texts = words.catalogue(record.language).texts
    people = [text for person in record.authors for text in (person.name, person.handle or "")]
    small = [*texts.values(), *people, *record.tags, *record.categories, record.series or "",
             record.rights or "", record.publisher or "", record.url or ""]  # fmt: skip
    moments = (record.published, record.modified)
    small += [words.format_date(moment, record.language) for moment in moments if moment]
    titles = [section.title for section in document.outline]
    titles += [low.title for section in document.outline for low in section.children]
    _add(used, ("sans", 400, False), *small, *titles, _capitals("".join(texts.values())))
    _add(used, ("sans", 600, False), *people, *texts.values(), *titles,
         _capitals("".join(texts.values())))  # fmt: skip
    title, subtitle = record.title, record.subtitle or ""
    set_title, set_subtitle = (typeset(text, record.language) for text in (title, subtitle))
    _add(used, ("serif-display", 400, False), title, set_title, "·")
    _add(used, ("serif", 400, True), subtitle, set_subtitle)


def _collect_paper(document: Document, body: Element, used: dict[Style, set[str]]) -> None:
    """What a print of the web page has besides: addresses, and the handout's summary and terms."""
    said = handout.of(document.record)
    terms = [term for term, _ in said.terms]
    others = [*said.summary, *(meaning for _, meaning in said.terms)]
    addresses = [link.get("href") or "" for link in body.iter("a")]
    _add(used, ("sans", 600, False), *terms, "0123456789")
    _add(used, ("sans", 400, False), document.record.title, *others, *addresses, "[]…")


def _add(used: dict[Style, set[str]], style: Style, *texts: str) -> None:
    characters = used.setdefault(style, set())
    for text in texts:
        characters.update(text)


def _capitals(text: str) -> str:
    """Capitals as CSS makes them in any language: the Turkish one of ``i`` among them."""
    return text.upper() + ("İ" if "i" in text else "")
