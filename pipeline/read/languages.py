"""Languages: which BCP 47 tag a key, a folder or a file's suffix means."""

from __future__ import annotations

import re

ISO_639_1 = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy "
    "da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu "
    "hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb "
    "lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om "
    "or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv "
    "sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh "
    "zu".split()
)
ANYWHERE = frozenset(
    "ar bg ca cs da de el en es et fa fi fr he hu ja ko lt lv nl pl pt ro ru sk sl sr sv th tr uk "
    "vi zh".split()
)
"""Folder names that mean a language at any depth; others (``it``, ``hr``, ``os``) only on top."""

CONTAINERS = frozenset(
    "archive articles blog content docs i18n lang language languages pages post posts _posts site "
    "source sources src translations _i18n".split()
)
"""Folders that stand above those of the languages."""

DOUBTFUL = frozenset({"io", "ml", "os", "ps", "sc", "ts"})
"""``deno.ts.md`` is about a file, not in Tsonga, and ``os/`` holds no Ossetic."""

NAMES = {
    "english": "en", "turkish": "tr", "türkçe": "tr", "turkce": "tr", "german": "de",
    "deutsch": "de", "french": "fr", "français": "fr", "spanish": "es", "español": "es",
    "italian": "it", "italiano": "it", "portuguese": "pt", "português": "pt", "dutch": "nl",
    "nederlands": "nl", "arabic": "ar", "japanese": "ja", "日本語": "ja", "chinese": "zh",
    "中文": "zh", "russian": "ru", "русский": "ru",
}  # fmt: skip
THREE = {
    "ara": "ar", "deu": "de", "eng": "en", "fra": "fr", "ger": "de", "ita": "it", "jpn": "ja",
    "nld": "nl", "por": "pt", "rus": "ru", "spa": "es", "tur": "tr", "zho": "zh",
}  # fmt: skip

TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?P<rest>(?:-[a-z0-9]{5,8}|-\d[a-z0-9]{3})*)"
)
FOLDER = re.compile(r"([a-z]{2})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}))?")


def language_tag(text: str) -> str | None:
    """The tag in its usual spelling (``tr_TR`` is ``tr-TR``, ``Turkish`` is ``tr``), or None."""
    text = text.strip().lower()
    text = NAMES.get(text, text).partition(".")[0].partition("@")[0].replace("_", "-")
    found = TAG.fullmatch(text)
    if not found:
        return None
    language = THREE.get(found["language"], found["language"])
    if len(language) == 2 and language not in ISO_639_1:
        return None
    script = f"-{found['script'].title()}" if found["script"] else ""
    region = f"-{found['region'].upper()}" if found["region"] else ""
    return language + script + region + found["rest"]


def in_folders(folders: tuple[str, ...]) -> str | None:
    """The language that a folder above the post names, the outermost first."""
    on_top = True
    for folder in folders:
        tag = _folder_tag(folder)
        if tag and (on_top or tag.partition("-")[0] in ANYWHERE):
            return tag
        on_top = on_top and folder.lower() in CONTAINERS
    return None


def of_root(name: str) -> str | None:
    """The language that the publication's own folder names (``galley build posts/tr``)."""
    return _folder_tag(name) if name.lower().partition("-")[0] in ANYWHERE else None


def in_suffix(stem: str) -> tuple[str, str | None]:
    """A file's stem without its language, and the language (``post.tr`` is ``post``, ``tr``)."""
    before, dot, last = stem.rpartition(".")
    tag = _folder_tag(last) if dot and before else None
    if tag is None:
        return stem, None
    return before, tag


def _folder_tag(name: str) -> str | None:
    if not FOLDER.fullmatch(name.lower()) or name.lower() in DOUBTFUL:
        return None
    return language_tag(name)
