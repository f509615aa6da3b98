"""Metadata: the one record, from what the command line, the post, its path and the house say."""

from __future__ import annotations

import uuid
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.config import Config
from pipeline.model import Diagnostic, Metadata, Person, Source
from pipeline.read import handout, languages, moments, slugs, text_language
from pipeline.read.headings import first_title
from pipeline.read.marks import plain, tidy
from pipeline.read.people import people
from pipeline.read.phantom import mended
from pipeline.read.taking import Taking, line_of

DEFAULT_LANGUAGE = "en"


def record(source: Source, config: Config) -> tuple[Metadata, tuple[Diagnostic, ...]]:
    """The post's record, and what is odd about its front matter.

    Precedence: ``config.overrides`` (the command line), the post, its path, the settings of the
    publication, defaults. ``extra`` keeps each key that the record does not hold whole.
    """
    settings = config.settings
    front, notes = mended(source)
    post = Taking(front, settings, source)
    over = Taking(config.overrides, settings, None)
    said = {
        field: value if (value := over.fields[field]) is not None else post.fields[field]
        for field in post.fields
    }
    stem, suffix_language = _stem(source.path)
    url = said["url"]
    slug = said["slug"] or (slugs.from_url(url) if url else None) or slugs.safe(stem) or "post"
    title, title_notes = _title(said["title"], source, front, slug)
    language, language_notes = text_language.settled(
        said["language"] or suffix_language, _language(source, config), source
    )
    whole = Metadata(
        title=title,
        language=language,
        slug=slug,
        identifier=_identifier(url or source.path),
        subtitle=said["subtitle"],
        authors=said["authors"] or _house_authors(settings.author),
        published=said["published"] or moments.in_file_name(stem),
        modified=said["modified"],
        description=said["description"],
        tags=said["tags"] or (),
        categories=said["categories"] or (),
        series=said["series"],
        url=url,
        image=said["image"],
        rights=said["rights"] or tidy(settings.rights or "") or None,
        publisher=said["publisher"] or tidy(settings.publisher or "") or None,
        draft=bool(said["draft"]) or (said["draft"] is None and "_drafts" in _above(source.path)),
        aliases=said["aliases"] or (),
        editions=said["editions"] or (),
        extra=post.extra(),
    )
    asked = handout.complaints(whole.extra, source)
    return whole, (*notes, *over.found, *post.found, *asked, *title_notes, *language_notes)


def _title(
    said: str | None, source: Source, front: dict[str, Any], slug: str
) -> tuple[str, tuple[Diagnostic, ...]]:
    """The title that was said, else the body's first H1, else words made of the slug."""
    if said:
        given = front.get("title")
        if not isinstance(given, str) or tidy(given) == said == given.strip():
            return said, ()
        if plain(given) != said:  # the command line's
            return said, ()
        return said, (
            Diagnostic(
                "R021",
                "info",
                f"markup, entities or odd spaces were cleaned from the title: {said}",
                source.path,
                line_of(source, "title"),
                "write the title as plain text",
            ),
        )
    line = line_of(source, "title") or (source.front_line if source.front_format else 1)
    heading = first_title(source.body)
    if heading and (title := plain(heading[1])):
        return title, (
            Diagnostic(
                "R020",
                "info",
                f"the front matter has no title; the first heading is it: {title}",
                source.path,
                source.body_line + heading[0],
                "add a  title:  to make it certain",
            ),
        )
    title = tidy(slugs.words(slug)) or "Untitled"
    return title, (
        Diagnostic(
            "R020",
            "warning",
            f"the post has no title; its address or file name gives one: {title}",
            source.path,
            line,
            "add a line such as  title: My post  to the front matter",
        ),
    )


def _house_authors(author: str | tuple[str, ...] | None) -> tuple[Person, ...]:
    if author is None:
        return ()
    return people(author if isinstance(author, str) else list(author))[0]


def _stem(path: str) -> tuple[str, str | None]:
    """The name that the post goes by without the folder's and the language's part, and the
    language (Hugo's ``post.tr.md``); of ``index.md`` it is the folder's name."""
    place = PurePosixPath(path)
    stem, language = languages.in_suffix(place.stem)
    if stem.lower() == "index" and place.parent.name:
        return place.parent.name, language
    return stem, language


def _above(path: str) -> tuple[str, ...]:
    return PurePosixPath(path).parts[:-1]


def _language(source: Source, config: Config) -> str:
    """What the folders say, else the house; else the publication's folder, if it is called
    ``tr`` and no setting speaks against that; else English."""
    house = languages.language_tag(config.settings.language) or DEFAULT_LANGUAGE
    if in_folder := languages.in_folders(_folders(source, config)):
        return in_folder
    if house == DEFAULT_LANGUAGE:
        return languages.of_root(config.root.name) or house
    return house


def _folders(source: Source, config: Config) -> tuple[str, ...]:
    """The folders above the post, from the publication root on if it lies under that."""
    try:
        return Path(source.file).absolute().relative_to(config.root).parts[:-1]
    except ValueError:
        return _above(source.path)


def _identifier(name: str) -> str:
    """The record's ``urn:uuid`` (RFC 4122, version 5, in the namespace of URLs)."""
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn
