"""The language that a post's text is written in, where no reader could doubt it.

A language gives itself away by its small words: every tenth to third word of any text is one of a
few dozen. Counting them costs a millisecond and no library (those that there are weigh 100 MB,
take a second to wake, or are not made for every machine), and gives a verdict only where one
language has many of its own and no other comes near. Scripts that one language alone is written
in need no counting.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from pipeline.model import Diagnostic, Source
from pipeline.read.keys import KEYS
from pipeline.read.taking import line_of

SMALL_WORDS = {
    "ar": "في من على أن إلى عن هذا هذه التي الذي مع ما لا كان كما أو ثم قد بين كل",
    "bg": "и на за да се от са че като при към по не е ще или но това която",
    "cs": "a se na že je to do jako ale jsou pro jsem si nebo které který být této při už",
    "da": "og at det er til som på med ikke en den af har der vi kan et blev men",
    "de": "der die und das ist nicht mit ein eine den von zu auf für sich auch dem des wird sind "
    "werden oder aber wie",
    "en": "the of and to that is for with are this it on by as from or be can you your an not",
    "es": "de la que el los las en por con una para del se es al como más pero sus este",
    "fa": "و در به از که این را با برای است آن یک می شود های",
    "fi": "ja on ei että se joka ovat mutta kun myös tai kuin sekä olla voi niin ole",
    "fr": "de la le les et des est un une dans que pour qui sur pas du au avec sont cette ce vous",
    "hu": "a az és hogy nem is egy de meg ez csak vagy már van mint azt ha volt",
    "id": "yang dan di untuk dengan dari ini pada dalam adalah itu tidak akan atau oleh juga",
    "it": "di che il la e per un una non con del della sono gli le nel più anche questo alla",
    "nl": "de het een en van in dat is op te voor met niet zijn aan ook die of naar wordt",
    "nb": "og det er til som på med ikke en den av har vi kan et ble men fra seg",
    "pl": "i w na z się nie do że to jest jak o po dla są przez ale od lub jego",
    "pt": "de a o que e do da em um uma para com não os no se na por mais as dos como ao",
    "ro": "de și în a la cu pe nu este un o care din să pentru sau mai sunt prin",
    "ru": "и в не на что с по это как для из или к за от но его при может также",
    "sv": "och att det är en som på för med av till den har inte ett om vi kan men från",
    "tr": "ve bir bu için ile olarak da de olan gibi daha çok en veya ise her ne kadar sonra nasıl",
    "uk": "і в не на що з та до це як для від або за у але його при також є",
}  # fmt: skip
"""Small words of languages, the commonest first: closed classes, which every text needs."""

OWN_SCRIPTS = {
    "ja": ("\u3040", "\u30ff"), "ko": ("\uac00", "\ud7af"), "zh": ("\u4e00", "\u9fff"),
    "el": ("\u0370", "\u03ff"), "he": ("\u0590", "\u05ff"), "hi": ("\u0900", "\u097f"),
    "th": ("\u0e00", "\u0e7f"), "ka": ("\u10a0", "\u10ff"), "hy": ("\u0530", "\u058f"),
}  # fmt: skip
"""Letters by which a language is known without words; the first that is there wins, so Japanese
stands before Chinese."""

KIN = {
    "no": "nb", "nn": "nb", "ms": "id", "mr": "hi", "ne": "hi", "sa": "hi", "yi": "he",
    "yue": "zh", "sr": "bg", "mk": "bg", "ur": "fa", "ckb": "fa",
}  # fmt: skip
"""Languages that the tables above would take for another one; said to be these, they are."""

LEAST_WORDS, LEAST_LETTERS = 60, 60
"""Shorter texts may be anything."""
MOST = 16_000
"""Characters that are looked at."""
SHARE, AHEAD, SCRIPT_SHARE = 0.06, 3.0, 0.2
"""What part of all words the winner's own small words are at least, how many times as many as those
of any other language, and what part of all letters its script has."""

NOT_PROSE = re.compile(
    r"^[ \t]*(`{3,}|~{3,}).*?(?:^[ \t]*\1|\Z)|^(?: {4}|\t).*?$|`[^`\n]+`|<pre\b.*?</pre>|<!--.*?-->"
    r"|<[^<>]{1,400}>|\{\{.*?\}\}|\{%.*?%\}|\]\([^()\s]*[^()\n]*\)|\w+://\S+",
    re.MULTILINE | re.DOTALL,
)
"""Code, tags, shortcodes and addresses."""
NOT_LATIN = re.compile(r"[\u0370-\uffff]")
WORD = re.compile(r"[^\W\d_]+")


def settled(said: str | None, guess: str, source: Source) -> tuple[str, tuple[Diagnostic, ...]]:
    """The language of a post, and what is odd about it.

    What the post itself has ``said`` stands, with a warning (R031) if the text is plainly in
    another language. A ``guess`` from its place or the publication gives way to such a text (R030).
    """
    found = of_text(source.body)
    if found is None or may_be(said or guess, found):
        return said or guess, ()
    if said is None:
        return found, (
            Diagnostic(
                "R030", "info", f"the text is in the language {found}, not in {guess} as the "
                "post's place or galley.toml has it: it is set as such", source.path,
                source.body_line, f"if that is wrong, add  lang: {guess}  to the front matter",
            ),
        )  # fmt: skip
    keys = (line_of(source, key) for key in KEYS["language"])
    return said, (
        Diagnostic(
            "R031", "warning", f"the post says that its language is {said}, but its text is in the "
            f"language {found}", source.path, next(filter(None, keys), None),
            f"hyphens, quotes and screen readers follow it: write  lang: {found}",
        ),
    )  # fmt: skip


def may_be(language: str, found: str) -> bool:
    """Whether a text that was ``found`` to be in one language may be in the other one named."""
    primary = language.partition("-")[0].lower()
    return found == KIN.get(primary, primary)


def of_text(markdown: str) -> str | None:
    """The BCP 47 language tag of the text of a post in Markdown; None where there is doubt."""
    prose = NOT_PROSE.sub(" ", markdown[:MOST])
    return _by_script(prose) or _by_words(prose)


def _by_script(prose: str) -> str | None:
    foreign = NOT_LATIN.findall(prose)
    if len(foreign) < LEAST_LETTERS:
        return None
    letters = sum(map(str.isalpha, prose))
    for language, (first, last) in OWN_SCRIPTS.items():
        own = sum(first <= letter <= last for letter in foreign)
        if own >= LEAST_LETTERS and own >= SCRIPT_SHARE * letters:
            return language
    return None


def _by_words(prose: str) -> str | None:
    words = Counter(word.lower() for word in WORD.findall(prose))
    total = words.total()
    if total < LEAST_WORDS:
        return None
    counts = {
        language: sum(words[word] for word in own) for language, own in _telling_words().items()
    }
    (first, most), (_, next_most) = Counter(counts).most_common(2)
    sure = most >= SHARE * total and most >= AHEAD * next_most
    return first if sure else None


@lru_cache(maxsize=1)
def _telling_words() -> dict[str, tuple[str, ...]]:
    """The small words of each language that no other one has."""
    listed = {language: text.split() for language, text in SMALL_WORDS.items()}
    uses = Counter(word for own in listed.values() for word in set(own))
    return {
        language: tuple(word for word in dict.fromkeys(own) if uses[word] == 1)
        for language, own in listed.items()
    }
