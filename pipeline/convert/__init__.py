"""From a manuscript to a document: shortcodes, pandoc, sanitizing, then the tree put in order.

::

    Markdown --shortcodes, dollars--> Markdown --pandoc--> HTML --raw, sanitize--> XHTML tree
             --code, tables, tasks, callouts, figures, notes, sections, links, type--> Document

Each step is one module. What an author can cause is a diagnostic, or a ``Fault`` that stops this
post only.
"""

from __future__ import annotations

from pipeline.config import Config
from pipeline.convert import calls as notes_called
from pipeline.convert import dollars, kramdown, limits, pandoc, step_numbers, wide_rows
from pipeline.convert.reading import Call, Reading
from pipeline.model import Document, Manuscript

__all__ = ["document"]


def document(manuscripts: tuple[Manuscript, ...], config: Config) -> Document:
    """The document of one post (of one manuscript, today).

    Raises ``Fault`` (codes C0xx) where the post cannot be converted; everything else that is
    wrong is among the document's diagnostics, after those of the manuscript.
    """
    (manuscript,) = manuscripts
    reading = Reading(manuscript, config)
    limits.check_source(manuscript, config.settings.limits)
    html, calls = _to_html(reading)
    return _to_document(html, calls, reading)


def _to_html(reading: Reading) -> tuple[str, tuple[Call, ...]]:
    """The body as HTML, straight from pandoc, and the block shortcodes marked in it."""
    manuscript = reading.manuscript
    text = manuscript.body
    calls: tuple[Call, ...] = ()
    if any(opening in text for opening in ("{{<", "{{%", "{%")):
        from pipeline.convert import shortcodes

        text, _, calls = shortcodes.expand(text, manuscript.lines, reading)
    text = wide_rows.settle(kramdown.read(text), reading)
    text, reading.note_calls = notes_called.complete(text, reading)
    text = step_numbers.mark(text)
    return pandoc.html(dollars.guard(text), manuscript.source.path), calls


def _to_document(html: str, calls: tuple[Call, ...], reading: Reading) -> Document:
    from pipeline.convert import body as steps

    manuscript = reading.manuscript
    record = manuscript.record
    text, outline, words = steps.build(html, calls, reading)
    cover = steps.cover(reading)
    shown = {asset.name: asset for asset in reading.assets.values()}
    return Document(
        record=record,
        source_path=manuscript.source.path,
        source_file=manuscript.source.file,
        body=text,
        outline=outline,
        assets=tuple(a for name, a in sorted(shown.items()) if f'src="images/{name}"' in text),
        cover=cover,
        features=frozenset(reading.features),
        words=words,
        inputs=reading.inputs,
        diagnostics=(*manuscript.source.diagnostics, *manuscript.diagnostics, *reading.diagnostics),
        source=manuscript.source.data,
    )
