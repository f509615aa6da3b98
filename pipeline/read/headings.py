"""Headings: the first level-one heading of a body, which may have to serve as title."""

from __future__ import annotations

import re

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
ATX = re.compile(r" {0,3}#[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*(?:\{[^{}]*\}[ \t]*)?")
UNDERLINE = re.compile(r" {0,3}=+[ \t]*")


def first_title(body: str) -> tuple[int, str] | None:
    """The first H1 outside code, and how many lines stand above it."""
    fence = ""
    lines = body.split("\n")
    for number, line in enumerate(lines):
        mark = FENCE.fullmatch(line)
        if fence:
            if mark and mark[1].startswith(fence) and not mark[2].strip():
                fence = ""
            continue
        if mark and not (mark[1][0] == "`" and "`" in mark[2]):
            fence = mark[1]
        elif (heading := ATX.fullmatch(line)) and heading[1].strip():
            return number, heading[1]
        elif number and UNDERLINE.fullmatch(line) and _is_paragraph(lines, number - 1):
            return number - 1, lines[number - 1].strip()
    return None


def _is_paragraph(lines: list[str], number: int) -> bool:
    """One line of text alone: an underlined paragraph of several lines is rarely a title."""
    line = lines[number]
    above = lines[number - 1] if number else ""
    indented = line.startswith(("    ", "\t", ">", "|"))
    return bool(line.strip()) and not indented and not above.strip()
