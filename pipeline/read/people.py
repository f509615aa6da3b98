"""People: names taken apart as posts write them, and the form to sort them by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipeline.model import Person
from pipeline.read.keys import folded
from pipeline.read.marks import tidy

PARTICLES = frozenset(
    "af al av bin da das de dei del della den der di do dos du el ibn la las le los 't ten ter "
    "van vom von y zu zum zur".split()
)
SUFFIXES = frozenset("jr sr ii iii iv phd md dr esq msc mba".split())
ORGANISATIONS = frozenset(
    "agency association bureau center centre committee community company consortium cooperative "
    "council department dernek derneği editors foundation gmbh group inc initiative institut "
    "institute laboratory limited llc ltd ministry network office organisation organization press "
    "project service services society staff team universitesi university universität "
    "üniversitesi vakfı verein workshop".split()
)
"""A name with one of these words belongs to no single person."""

AND = re.compile(r"\s*;\s*|,?\s+(?:and|und|ve|et|y|e|en|with|&)\s+", re.IGNORECASE)
FAMILY_FIRST = (
    ("\u1100", "\u11ff"),
    ("\u3040", "\u30ff"),
    ("\u3400", "\u9fff"),
    ("\uac00", "\ud7af"),
)
"""Hangul, kana and Han: such names put the family first already."""

LINKED_HANDLE = re.compile(
    r"(?P<name>[^()\[\]]*?)\s*\(\[(?P<handle>@?[^\[\]]+)\]\((?P<url>[^()\s]+)\)\)"
)
HANDLE = re.compile(r"(?P<name>[^()\[\]]*?)\s*\((?P<handle>@[\w.-]+)\)")
ADDRESS = re.compile(r"(?P<name>[^(<\[]+?)\s*[(<](?P<url>https?://[^()<>\s]+)[)>]")
LINK = re.compile(r"\[(?P<name>[^\[\]]+)\]\((?P<url>[^()\s]+)\)")
MAIL = re.compile(r"(?P<name>[^<(]+?)\s*[<(][^<>()\s]+@[^<>()\s]+[>)]")
FORMS = (LINKED_HANDLE, HANDLE, ADDRESS, LINK)
MOST_SIGNS = 1_000
"""A longer text names nobody."""


def people(value: Any) -> tuple[tuple[Person, ...], bool]:
    """The authors that a key's value names, and whether they hold all that it says.

    Text is split at ``and``, ``und``, ``ve``, ``et``, ``;`` and between full names; an item of a
    list is one person. Maps are pandoc's, Quarto's and CSL's.
    """
    if isinstance(value, list):
        found = [_entry(item) for item in value if item not in (None, "")]
    elif isinstance(value, str) and len(value) <= MOST_SIGNS:
        found = [_entry(part) for part in split_names(value)]
    else:
        found = [_entry(value)]
    persons = tuple(dict.fromkeys(person for person, _ in found if person is not None))
    return persons, all(whole for _, whole in found)


def split_names(text: str) -> list[str]:
    """The names in a text that may hold several; an organisation's name is left whole."""
    if any(form.fullmatch(text.strip()) for form in FORMS) or _is_organisation(text):
        return [text] if ";" not in text else text.split(";")
    names: list[str] = []
    parts = AND.split(text)
    listed = len(parts) > 1 and "," not in parts[-1]  # "Ann, Bob and Cem"
    for part in parts:
        commas = [piece.strip() for piece in part.split(",") if piece.strip()]
        several = listed or len(commas) > 2 or all(" " in piece for piece in commas)
        suffixed = any(_is_suffix(piece) for piece in commas)
        names += commas if several and not suffixed else [part]
    return [name for name in names if name.strip()]


def file_as(name: str) -> str:
    """The form to sort by, as EPUB's file-as: ``van Beethoven, Ludwig``. Particles go with the
    family name; single names, organisations and names that put the family first stay."""
    words = name.split()
    if len(words) < 2 or _is_organisation(name) or _puts_family_first(name):
        return name
    suffix = ""
    if len(words) > 2 and _is_suffix(words[-1]):
        suffix = f", {words.pop()}"
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in PARTICLES:
        start -= 1
    return f"{' '.join(words[start:])}, {' '.join(words[:start])}{suffix}"


def _is_organisation(name: str) -> bool:
    return not ORGANISATIONS.isdisjoint(re.findall(r"\w+", name.lower()))


def _puts_family_first(name: str) -> bool:
    return any(first <= sign <= last for sign in name for first, last in FAMILY_FIRST)


def _is_suffix(word: str) -> bool:
    return word.replace(".", "").lower() in SUFFIXES


def _entry(value: Any) -> tuple[Person | None, bool]:
    if isinstance(value, Mapping):
        return _from_map(value)
    if isinstance(value, (list, bool)) or value is None or len(str(value)) > MOST_SIGNS:
        return None, False
    return _from_text(str(value))


def _from_text(text: str) -> tuple[Person | None, bool]:
    text = text.strip()
    for form in FORMS:
        if found := form.fullmatch(text):
            parts = found.groupdict()
            handle = (parts.get("handle") or "").removeprefix("@") or None
            return _named(parts["name"] or handle or "", handle=handle, url=parts.get("url")), True
    if found := MAIL.fullmatch(text):
        return _named(found["name"]), False
    return _named(text), True


def _named(
    text: str, *, handle: str | None = None, url: str | None = None, sort: str | None = None
) -> Person | None:
    """A person of this name; ``Family, Given`` is turned round and kept as the sorting form."""
    name = tidy(text).strip(" ,;")
    if not name:
        return None
    family, comma, given = (part.strip() for part in name.partition(","))
    if comma and given and "," not in given and not _is_organisation(name):
        if _is_suffix(given):
            name = f"{family} {given}"
        else:
            name, sort = f"{given} {family}", sort or f"{family}, {given}"
    return Person(name, sort or file_as(name), tidy(handle or "") or None, tidy(url or "") or None)


def _from_map(value: Mapping[str, Any]) -> tuple[Person | None, bool]:
    """A map with a name; its parts that no person has (affiliation, orcid …) make it not whole."""
    parts = {folded(str(key)): entry for key, entry in value.items()}
    name = parts.pop("name", None)
    whole = True
    if isinstance(name, Mapping):
        inner = {folded(str(key)): entry for key, entry in name.items()}
        named, whole = _from_parts(inner)
        whole = whole and not inner
    elif isinstance(name, str) and name.strip():
        named = Person(tidy(name), file_as(tidy(name)))
    else:
        named, whole = _from_parts(parts)
    if named is None or not named.name:
        return None, False
    handle, url, sort = (_text(parts, keys) for keys in (("handle",), URLS, SORTS))
    handle = handle.removeprefix("@") if handle else None
    person = Person(named.name, sort or named.file_as, handle, url)
    return person, whole and not any(entry not in (None, "", []) for entry in parts.values())


URLS = ("url", "homepage", "website", "link")
SORTS = ("fileas", "sort")


def _from_parts(parts: dict[str, Any]) -> tuple[Person | None, bool]:
    """A name given as family and given, as CSL and Quarto have it; what is used is taken out."""
    literal = _text(parts, ("literal",))
    if literal:
        return Person(literal, literal), True
    given = _text(parts, ("given", "givenname", "first", "firstname"))
    family = _text(parts, ("family", "familyname", "last", "lastname", "surname"))
    particle = _text(parts, ("nondroppingparticle", "droppingparticle", "particle"))
    suffix = _text(parts, ("suffix",))
    if particle and family:
        family = f"{particle} {family}"
    if not family:
        return (Person(given, file_as(given)), True) if given else (None, False)
    name = " ".join(filter(None, (given, family, suffix)))
    return Person(name, ", ".join(filter(None, (family, given, suffix)))), True


def _text(parts: dict[str, Any], names: tuple[str, ...]) -> str | None:
    """The first of the parts that is text; it is taken out."""
    for name in names:
        if isinstance(parts.get(name), (str, int)):
            return tidy(str(parts.pop(name))) or None
    return None
