"""The nodes of a tag tree in the making: elements, marked content, areas of links."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(eq=False, slots=True)
class Mark:
    """A piece of marked content: its page's index and its number on that page."""

    page: int
    mcid: int


@dataclass(eq=False, slots=True)
class Area:
    """The annotation of a link, on one page."""

    page: int
    annotation: Any


@dataclass(eq=False, slots=True)
class Node:
    """A structure element in the making. ``page`` is where it begins."""

    role: str
    page: int
    parent: Node | None = None
    kids: list[Node | Mark | Area] = field(default_factory=list)
    entries: dict[str, Any] = field(default_factory=dict)
    attributes: dict[str, Any] = field(default_factory=dict)
    text: str | None = None
    """What the annotation of a link says of itself."""

    def add(self, role: str, page: int) -> Node:
        """A new child at the end."""
        child = Node(role, page, self)
        self.kids.append(child)
        return child
