"""Reading a line as a possible title: what the line itself says for it and against it.

Nothing here knows a language's words. What counts is form: length, capitals, the mark at the end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.normalize.text import plain, split_number, unwrapped, words

LONGEST = 100
"""A title of more characters is a sentence."""
MOST_WORDS = 14
_LONGEST_LINE = 600
"""Markup and addresses included; what is longer is not looked at."""
_END = re.compile(r"[.,;:!…\-–—|&+>\\/。、！：；]$")
_START = re.compile(r"[A-Za-zÀ-ɏͰ-ӿ԰-\u10ff0-9\"“«‘'(¿`]|[^\x00-\u2fff]")
_BREAK = re.compile(r"\w{3}[.!?] +[^\W\d_]|[.!?][\"”»] |; |\t| {3,}")
_TECHNICAL = re.compile(
    r"://|www\.|\{\{|\{%|<[A-Za-z/!]|&lt;|<-|==|[^\s]=[^\s]|\w = \w|\$\w|\$ |~/|^\.?/|"
    r"\s--?[a-z]|\s-[A-Z]\b|\\[nt]|\[\^|"
    r"\]\[|\|\||&&|@\w+\.|\w\(\)?;|^\w+\($"
)
_VALUE = re.compile(r": *[\d$€£<>~+-]")
_SETTING = re.compile(r"[^\s:]+: *`[^`]+`")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_ONLY_LINK = re.compile(r"!?\[[^\]]*\](\([^)]*\)|\[[^\]]*\])?")
_CODE = re.compile(r"`[^`]+`")
_STOPS = (".", "。", "!", "！", "…", ":", "：")
_SHORT = 4
"""Words of fewer letters are written small in titles of many languages."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A line read as a title. ``number`` is the hand-made one before ``text``.

    ``capitals`` is the share of the longer words after the first that begin with a capital; 1
    when there are none. ``bold``: emphasis wraps the whole text.
    """

    number: str
    text: str
    words: int
    capitals: float
    bold: bool
    question: bool
    small: bool
    """It begins with a small letter, as ``pCloud`` does, and most lines that are no titles."""

    caseless: bool
    """Its script has no capitals, so that less can be told."""

    @property
    def form(self) -> float:
        """0.2 to 1: how much the form alone looks like a title's where titles are written with
        capitals."""
        return self.written(small=False)

    def written(self, *, small: bool) -> float:
        """The same where ``small`` letters are how titles are written, or capitals."""
        value = 1.0
        if small and self.capitals < 0.75:
            value -= 0.05
        elif self.capitals < 0.5:
            value -= 0.25 if self.words <= 4 else 0.4
        elif self.capitals < 0.75 and self.words > 4:
            value -= 0.08
        if self.words > 10:
            value -= 0.05
        if self.small:
            value -= 0.1
        if self.caseless:
            value -= 0.2
        if self.question and self.capitals < 0.75:
            value -= 0.05
        return max(value, 0.2)


@lru_cache(maxsize=4096)
def read_title(line: str, sentence: bool = False) -> Reading | None:
    """The line as a title, or None when its form forbids that.

    ``sentence``: where other evidence is strong, a title may be a whole sentence, end in a mark
    that leads on, be longer, and begin with a small letter.
    """
    if len(line) > _LONGEST_LINE:
        return None
    number, rest = split_number(line.strip())
    text = unwrapped(rest)
    if not number:
        number, text = split_number(text)
    said = plain(text)
    count = words(said)
    most = 3 if sentence else 1
    if not count or count > MOST_WORDS * most or len(said) > LONGEST * most:
        return None
    if _forbidden(text, said, sentence):
        return None
    first = next((c for c in said if c.isalnum()), "")
    small = first.islower()
    if small and not any(c.isupper() for c in (said if sentence else said.split()[0])):
        return None
    return Reading(
        number, text, count, _capitals(plain(_CODE.sub(" ", text))), text != rest.strip(),
        said.endswith(("?", "？")), small, first.isalpha() and first.lower() == first.upper(),
    )  # fmt: skip


def _forbidden(text: str, said: str, sentence: bool) -> bool:
    stop = sentence and said.endswith(_STOPS) and (said[-1] != "." or not said.endswith(".."))
    if not stop and _END.search(said) and not said.endswith(("C++", "A+")):
        return True
    if not _START.match(said) or not any(c.isalpha() for c in said):
        return True
    if said.count('"') % 2 or said.count("(") != said.count(")") or "**" in text:
        return True
    if _ONLY_LINK.fullmatch(text) or (text[0] == text[-1] == "`" and text.count("`") == 2):
        return True
    if not sentence and _BREAK.search(said):
        return True
    return bool(_TECHNICAL.search(said) or _VALUE.search(said) or _SETTING.fullmatch(text))


def capitals(markdown: str) -> float | None:
    """The share of the longer words after the first that begin with a capital, in a title that
    has enough of them to tell how titles are written here; else None."""
    said = plain(markdown)
    longer = [w for w in _WORD.findall(said)[1:] if len(w) >= _SHORT]
    return _capitals(said) if len(longer) > 1 and said.upper() != said.lower() else None


def _capitals(said: str) -> float:
    words = [w for w in _WORD.findall(said)[1:] if len(w) >= _SHORT]
    words = [w for w in words if len(w) > _SHORT] or words
    if not words:
        return 1.0
    return sum(any(c.isupper() for c in w) for w in words) / len(words)


def heading(level: int, number: str, text: str) -> str:
    """The line of an ATX heading; a ``#`` at the end of the text is kept from closing it."""
    said = f"{number} {text}".strip()
    if said.endswith("#") and not said.endswith("\\#"):
        said = said[:-1] + "\\#"
    return "#" * level + " " + said
