"""Counts the layouts that WeasyPrint really makes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from pipeline.editions.pdf.quick_import import import_weasyprint


@contextmanager
def counted() -> Iterator[list[int]]:
    """The pages of each layout that is made in the meantime, in order."""
    import_weasyprint()
    from weasyprint import HTML

    made: list[int] = []
    true = HTML.render

    def render(html: Any, *arguments: Any, **named: Any) -> Any:
        document = true(html, *arguments, **named)
        made.append(len(document.pages))
        return document

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(HTML, "render", render)
        yield made
