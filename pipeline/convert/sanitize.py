"""What an author's markup may become: one allow-list, applied by nh3 to all that pandoc wrote.

Nothing that runs, loads or positions passes: no ``style``, no ``on…``, no SVG, no forms but the
checkbox of a task list (which :mod:`pipeline.convert.lists` turns into a box without a form).
"""

from __future__ import annotations

import re

TAGS = frozenset(
    """a abbr aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div
    dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd label li mark ol p pre q
    rp rt ruby s samp section small span strong sub summary sup table tbody td tfoot th thead
    time tr u ul var wbr""".split()
)
"""HTML elements that stay elements."""

# MathML Core's presentation elements as pandoc writes them; never annotation-xml, maction, href.
MATH_TAGS = frozenset(
    """math annotation merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts
    mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover
    semantics none menclose""".split()
)

_GLOBAL = {"class", "dir", "id", "lang", "title"}
ATTRIBUTES: dict[str, set[str]] = {
    "*": _GLOBAL,
    "a": {"href", "role"},
    "bdo": {"dir"},
    "blockquote": {"cite"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height", "data-width"},
    "input": {"type", "checked"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "section": {"role"},
    "col": {"span"},
    "colgroup": {"span"},
    "td": {"colspan", "rowspan", "data-align"},
    "th": {"colspan", "rowspan", "scope", "data-align"},
    "time": {"datetime"},
    "math": {"display", "xmlns"},
    "annotation": {"encoding"},
    "mfrac": {"linethickness", "bevelled"},
    "mi": {"mathvariant"},
    "mn": {"mathvariant"},
    "mo": {
        "accent", "fence", "form", "largeop", "lspace", "maxsize", "minsize", "movablelimits",
        "rspace", "separator", "stretchy", "symmetric",
    },
    "mover": {"accent"},
    "munder": {"accentunder"},
    "munderover": {"accent", "accentunder"},
    "mpadded": {"depth", "height", "lspace", "voffset", "width"},
    "mspace": {"depth", "height", "width"},
    "mstyle": {"displaystyle", "mathvariant", "scriptlevel"},
    "mtable": {"columnalign", "columnspacing", "displaystyle", "rowspacing"},
    "mtd": {"columnalign", "columnspan", "rowspan"},
    "mtext": {"mathvariant"},
    "menclose": {"notation"},
}  # fmt: skip
"""Attributes by element; what is not here goes, whatever its value."""

SCHEMES = {"http", "https", "mailto", "tel", "ftp", "ref"}
"""Addresses a link may have. ``ref:`` is what the ``ref`` shortcode becomes; the links' stage
resolves each of them, so none leaves the room."""

_CLASS = re.compile(r"[A-Za-z][\w-]{0,39}")


def _attribute(element: str, name: str, value: str) -> str | None:
    if name == "class":
        kept = [word for word in value.split() if _CLASS.fullmatch(word)]
        return " ".join(kept) or None
    if name == "id":
        return value if value and not re.search(r"[\s\"'<>&]", value) else None
    if name == "xmlns":
        return value if value == "http://www.w3.org/1998/Math/MathML" else None
    if name in ("dir",):
        return value if value in ("ltr", "rtl", "auto") else None
    if name == "lang":
        return value if re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", value) else None
    return value


def clean(html: str, *, marked: bool = False) -> str:
    """``html`` with the allowed elements and attributes only, well-formed, comments dropped.

    The text of every other element stays, but for ``script`` and ``style``. ``marked`` lets the
    marks of block shortcodes through.
    """
    import nh3

    attributes = {**ATTRIBUTES, "div": {"data-galley"}} if marked else ATTRIBUTES
    return nh3.clean(
        html,
        tags=set(TAGS | MATH_TAGS),
        clean_content_tags={"script", "style"},
        attributes=attributes,
        attribute_filter=_attribute,
        strip_comments=True,
        link_rel=None,
        url_schemes=SCHEMES,
    )
