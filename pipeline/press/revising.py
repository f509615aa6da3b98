"""A post's own file with its repairs made: the same bytes but for the lines that a repair changed.

Front matter, byte order mark and line ends stay as they are in the file. Repairs are made again on
what they made until nothing is left to do, so that a second run finds nothing; and the revised
file must give the same record, or the repairs that could change the title are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from pipeline import normalize, read
from pipeline.config import Config, publication_root
from pipeline.diagnostics import fault
from pipeline.model import Manuscript, Repair, Source
from pipeline.press import stages
from pipeline.press.orders import Post

PASSES = 4
"""So often a body is gone over; the rules promise that one pass is enough for all of them, and a
choice of them may need two."""

Allows = Callable[[Repair], bool]
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_DROPS = frozenset(rule.code for rule in normalize.RULES if rule.may_drop_title)


@dataclass(frozen=True, slots=True)
class Revision:
    """A file before and after. ``before`` and ``after`` are its lines with their line ends;
    ``same`` pairs the indices of lines that are one and the same, in order."""

    post: Post
    before: tuple[str, ...]
    after: tuple[str, ...]
    same: tuple[tuple[int, int], ...]
    repairs: tuple[Repair, ...]

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return self.before != self.after


def revise(post: Post, config: Config, allows: Allows) -> Revision:
    """The file of ``post`` with the repairs that settings and decisions make and ``allows`` does
    not forbid. Raises ``Fault`` R… for a post that cannot be read."""
    stages.keep_inside(post, publication_root(post.file.parent))  # also one named on its own
    source = stages.load(post)
    before = _lines_of(post)
    text = "".join(before).replace("\r\n", "\n").replace("\r", "\n")
    if not text.endswith(source.body):
        raise fault(
            "F002", "the post changed while it was read", path=post.path, hint="run fix again"
        )
    mended, origins, repairs = _settled(source, config, allows)
    if repairs and not _same_record(source, mended, config):
        settled = _settled(source, config, lambda r: allows(r) and not _may_change_the_title(r))
        mended, origins, repairs = _completed(source, settled, config, allows)
    if not repairs or not _same_record(source, mended, config):
        return Revision(post, before, before, (), ())
    return _revision(post, source, before, mended, origins, repairs)


def _may_change_the_title(repair: Repair) -> bool:
    return repair.code in _DROPS or any(line.startswith("# ") for line in repair.after)


def _lines_of(post: Post) -> tuple[str, ...]:
    """The file's lines as they are; a byte order mark is the first sign of the first."""
    return tuple(_LINE.findall(post.file.read_bytes().decode()))


def _settled(
    source: Source, config: Config, allows: Allows
) -> tuple[str, tuple[int, ...], tuple[Repair, ...]]:
    """The body when nothing is left to do, the line of ``source`` that each of its lines came
    from, and all repairs."""
    made = normalize.manuscript(source, config, allows)
    body, origins, repairs = made.body, made.lines, made.repairs
    for _ in range(PASSES):
        made = _again(source, body, config, allows)
        if not made.repairs:
            break
        origins = tuple(origins[line - source.body_line] for line in made.lines)
        body, repairs = made.body, (*repairs, *made.repairs)
    return body, origins, repairs


def _completed(
    source: Source,
    settled: tuple[str, tuple[int, ...], tuple[Repair, ...]],
    config: Config,
    allows: Allows,
) -> tuple[str, tuple[int, ...], tuple[Repair, ...]]:
    """What is settled, and of what was left out for the title's sake that which no longer changes
    it, now that the rest is done."""
    body, origins, repairs = settled
    more, lines, others = _settled(replace(source, body=body), config, allows)
    if not others or not _same_record(source, more, config):
        return settled
    return more, tuple(origins[line - source.body_line] for line in lines), (*repairs, *others)


def _again(source: Source, body: str, config: Config, allows: Allows) -> Manuscript:
    return normalize.manuscript(replace(source, body=body), config, allows)


def _same_record(source: Source, body: str, config: Config) -> bool:
    """Whether the post says the same of itself: a title may come from its first heading."""
    before, after = source, replace(source, body=body)
    return read.record(before, config)[0] == read.record(after, config)[0]


def _revision(
    post: Post,
    source: Source,
    before: tuple[str, ...],
    body: str,
    origins: tuple[int, ...],
    repairs: tuple[Repair, ...],
) -> Revision:
    """The new file put together from the old lines and those of the new body."""
    head = source.body_line - 1
    old = source.body.split("\n")
    opening = before[head].removesuffix(_ended(before[head], old[0])) if head < len(before) else ""
    usual = _usual_end(before)
    after = list(before[:head])
    same = [(number, number) for number in range(head)]
    texts = body.removesuffix("\n").split("\n") if origins else []
    last = -1
    for number, (text, origin) in enumerate(zip(texts, origins, strict=True)):
        place = origin - 1
        end = _end(before[place]) or usual
        if number == len(texts) - 1 and not body.endswith("\n"):
            end = ""
        if not text and end == "\n" and after and after[-1].endswith("\r"):
            end = "\r"  # else the two would be one line end
        whole = (opening if number == 0 else "") + text + end
        if place > last and whole == before[place]:
            same.append((place, len(after)))
            last = place
        after.append(whole)
    return Revision(post, before, tuple(after), tuple(same), repairs)


def _ended(line: str, text: str) -> str:
    """``text`` with the end of ``line``: what of the line is body (JSON front matter may end on
    the line on which the body begins)."""
    return text + _end(line)


def _usual_end(lines: tuple[str, ...]) -> str:
    """The end of the first line, or a line feed."""
    return (_end(lines[0]) if lines else "") or "\n"


def _end(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]
