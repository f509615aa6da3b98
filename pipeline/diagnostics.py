"""The catalogue of diagnostic codes, the one error type, and how a diagnostic is printed.

A code's letter names the room that finds it: S set-up and usage, R read, N normalize (the rules'
own codes are in ``normalize.RULES``), D normalize too (the editor's decisions), C convert, E
editions, A audit, P press, F fix. A test holds the table and
the code together, and ``docs/troubleshooting.md`` is made from it.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from pipeline.model import Diagnostic

CODES: dict[str, str] = {
    # S: set-up and usage; the run ends with exit code 2
    "S001": "PATH does not exist",
    "S002": "the folder holds no posts",
    "S003": "no such edition",
    "S004": "galley.toml cannot be read",
    "S005": "galley.toml has an unknown key",
    "S006": "galley.toml has a value of the wrong kind",
    "S007": "--set is not KEY=VALUE, or its key or value is unknown",
    "S008": "galley.toml names a theme that is nowhere",
    "S009": "SOURCE_DATE_EPOCH is no number of seconds",
    "S010": "a system library is missing",
    "S011": "the output folder cannot be written",
    "S012": "something is in the way of a new publication",
    "S013": "two files have names that look the same",
    "S014": "galley.repairs.toml cannot be read",
    "S015": "galley.repairs.toml has an entry that decides nothing",
    "S016": "nothing has been built there",
    "S017": "a theme's options cannot be used",
    # R: read
    "R001": "a post cannot be read",
    "R002": "a post's name stands on something that is no file",
    "R003": "a post is not UTF-8",
    "R004": "a post holds a NUL byte",
    "R005": "a post is too large",
    "R006": "the front matter is too large",
    "R007": "the front matter is never closed",
    "R008": "the front matter is not valid YAML, TOML or JSON",
    "R009": "the front matter is nested too deep",
    "R010": "the front matter uses a YAML alias",
    "R011": "a key stands twice in the front matter",
    "R012": "the front matter is no list of keys and values",
    "R013": "the front matter holds a control character",
    "R014": "a post is a link that leads out of the publication",
    "R015": "the front matter is never opened",
    "R020": "the post has no title of its own",
    "R021": "the title was cleaned",
    "R022": "the value of a key cannot be read",
    "R023": "an apostrophe cut the title in two",
    "R024": "the map handout holds what no handout can use",
    "R025": "a value in the front matter lacks its quotes",
    "R030": "the text is in another language than the post's place says",
    "R031": "the text is in another language than the post says",
    # D: decisions on repairs
    "D001": "a decision matches no repair any more",
    "D002": "a decision names a post that is not there",
    "D003": "a comment to Galley that says nothing it understands",
    "D004": "a comment to Galley that nothing follows",
    # C: convert
    "C001": "pandoc is missing",
    "C002": "pandoc took too long",
    "C003": "pandoc needed too much memory",
    "C004": "pandoc failed",
    "C010": "brackets, quotes or lists are nested too deep",
    "C011": "footnotes call footnotes without end",
    "C012": "too many combining marks in a paragraph",
    "C013": "HTML elements are nested too deep",
    "C014": "a table cell spans too many columns or rows",
    "C020": "an unknown shortcode",
    "C021": "a shortcode that is not closed, or closed without being opened",
    "C022": "a Liquid tag, which only Jekyll can carry out",
    "C030": "an image is missing",
    "C031": "an image lies outside the publication",
    "C032": "an image is too large",
    "C033": "an image cannot be read",
    "C034": "an SVG drawing holds more than shapes",
    "C035": "a remote image is not fetched",
    "C036": "an image written into the post as data",
    "C037": "an image moves",
    "C040": "a link to a heading that is not there",
    "C041": "a link to a post that is not there",
    "C042": "an address that cannot be read",
    "C050": "a formula that cannot be set",
    "C051": "an element that acts on the page was taken out",
    "C052": "a player or frame became a link",
    "C053": "a note that is never called",
    "C054": "a note's label is defined a second time",
    # E: editions
    "E001": "a template has a mistake",
    "E101": "the font cache cannot be written",
    "E102": "the faces cannot be made",
    "E201": "a pdf template does not make well-formed XML",
    "E202": "no face covers a character",
    "E203": "the post is nested too deeply for pages",
    "E204": "the pages cannot be laid out",
    "E205": "the logo is no picture",
    "E206": "WeasyPrint finds no Pango",
    "E207": "WeasyPrint remarks on the page",
    "E208": "the last page holds hardly anything",
    "E230": "fit cannot be kept",
    "E231": "an address is too long for a QR code",
    "E301": "an e-book claims no conformance",
    "E302": "the template of the cover makes no plan",
    # P: press
    "P001": "posts would write the same file",
    "P002": "the slug cannot name a file",
    "P003": "an output or the manifest cannot be written",
    "P004": "internal fault",
    "P005": "the process that made the post died",
    "P006": "the post took too long",
    "P007": "the post needs too much memory",
    "P008": "the post asks for an edition that does not exist",
    "P009": "no base_url",
    "P010": "an output cannot be removed",
    "P011": "a folder has a name that Galley keeps for itself",
    # A: audit
    "A001": "an edition disagrees with the record",
    "A002": "an edition cannot be read",
    "A003": "an edition is missing, or is not the file that was built",
    "A004": "the source says something else now",
    "A005": "a validator finds a fault in an edition",
    "A006": "a validator is missing",
    "A007": "a validator could not finish",
    # F: fix
    "F001": "a post with uncommitted changes is left alone",
    "F002": "a post cannot be written",
}
"""What each code means, in a few words: the heading under which troubleshooting explains it."""


class Fault(Exception):  # noqa: N818 - "error" is a severity here; a fault carries one or more
    """Something that stops the post, or the run, at hand. It carries what to tell the editor."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("; ".join(d.message for d in diagnostics))
        self.diagnostics = diagnostics


def fault(
    code: str,
    message: str,
    *,
    path: str | None = None,
    line: int | None = None,
    hint: str | None = None,
) -> Fault:
    """Make a fault that carries one diagnostic of severity error."""
    return Fault(Diagnostic(code, "error", message, path, line, hint))


def suggestion(key: str, known: list[str]) -> str:
    """The key that was probably meant, or all there are: the hint for one that is unknown."""
    close = get_close_matches(key, known, n=1)
    return f"did you mean {close[0]!r}?" if close else "known keys: " + ", ".join(known)


def as_text(diagnostic: Diagnostic) -> str:
    """``path:line: code severity: message (hint)`` on one line, as compilers print it."""
    place = ""
    if diagnostic.path is not None:
        place = diagnostic.path
        if diagnostic.line is not None:
            place += f":{diagnostic.line}"
        place += ": "
    text = f"{place}{diagnostic.code} {diagnostic.severity}: {diagnostic.message}"
    return f"{text} - {diagnostic.hint}" if diagnostic.hint else text


def as_json(diagnostic: Diagnostic) -> dict[str, Any]:
    """The six keys of the manifest's ``diagnostics``; an absent part is null."""
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "path": diagnostic.path,
        "line": diagnostic.line,
        "hint": diagnostic.hint,
    }
