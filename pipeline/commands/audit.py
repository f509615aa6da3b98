"""``galley audit``: the finished editions read again, compared with the record, and judged."""

from __future__ import annotations

import hashlib
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from pipeline.audit import standards
from pipeline.audit.agreement import compare
from pipeline.audit.places import KINDS
from pipeline.audit.said import Said
from pipeline.audit.standards import Ruling
from pipeline.commands import audit_report as form
from pipeline.commands.audit_report import Audited, Edition, Finding
from pipeline.commands.report import say
from pipeline.diagnostics import fault
from pipeline.press import ledger, recalling
from pipeline.press.ledger import Output, Standing


def run(arguments: Namespace) -> int:
    """Report on standard output: 0 if every post passes; 1 if some does not, or under
    ``--strict`` a validator is missing or has a finding of little weight.

    Raises ``Fault`` S016 where nothing was built.
    """
    out = Path(arguments.build)
    standing = [post for _, post in sorted(ledger.load(out).items()) if post.editions]
    if not standing:
        raise fault(
            "S016", f"nothing has been built in {out}", hint="build first: galley build, or make"
        )
    read: dict[Path, Said] = {}
    found = [_of_post(post, out, tuple(arguments.set), read) for post in standing]
    rulings: tuple[Ruling, ...] = ()
    if not arguments.record_only:
        rulings = tuple(standards.judge({path: said.places for path, said in read.items()}))
    audited = tuple(_judged(post, rulings, out) for post in found)
    broken = any(ruling.broke for ruling in rulings)
    slight = any(ruling.absent for ruling in rulings) or any(post.findings for post in audited)
    passed = all(post.passed for post in audited) and not broken
    passed = passed and not (arguments.strict and slight)
    if arguments.format == "json":
        say(form.json(audited, rulings, passed), sys.stdout)
    else:
        for line in form.text(audited, rulings, out):
            say(line, sys.stdout)
    return int(not passed)


def _of_post(
    post: Standing, out: Path, assignments: tuple[str, ...], read: dict[Path, Said]
) -> Audited:
    """What its files and its source say otherwise than the record; ``read`` takes what was
    read, for the validators."""
    findings: list[Finding] = []
    editions = []
    for name, output in sorted(post.editions.items()):
        path = out / output.path
        places = 0
        try:
            data = path.read_bytes()
            findings += _as_built(name, output, data)
            kind = KINDS[path.suffix[1:]]
            read[path] = kind.read(data)
            places = len(kind.places) + len(read[path].content)
            for one in compare(kind, read[path], post.record or {}):
                findings.append(
                    Finding("A001", output.path, one.message, name, one.field, one.place,
                            one.said, one.expected)
                )  # fmt: skip
        except OSError as error:
            findings.append(
                Finding("A003", output.path, f"it cannot be read: {error.strerror}", name)
            )
        except ValueError as error:
            findings.append(Finding("A002", output.path, str(error), name))
        editions.append(Edition(name, output.path, places))
    findings += _source(post, out, assignments)
    return Audited(post.source, tuple(editions), tuple(findings))


def _as_built(name: str, output: Output, data: bytes) -> Iterator[Finding]:
    if hashlib.sha256(data).hexdigest() != output.sha256:
        yield Finding("A003", output.path, "it is not the file that was built", name)


def _source(post: Standing, out: Path, assignments: tuple[str, ...]) -> Iterator[Finding]:
    for key, (stands, now) in recalling.changed(post, out, assignments).items():
        if not key:
            yield Finding("A004", post.source, f"the source cannot be read: {now}")
            continue
        said, expected = form.shown(stands), form.shown(now)
        message = f"the editions have {key} {said}, the source {expected}"
        yield Finding("A004", post.source, message, None, key, "source", (said,), (expected,))


def _judged(post: Audited, rulings: tuple[Ruling, ...], out: Path) -> Audited:
    """The post with what the validators say of its files."""
    findings = list(post.findings)
    editions = []
    for edition in post.editions:
        path = out / edition.path
        verdicts: dict[str, str] = {}
        for ruling in rulings:
            lines = ruling.verdicts.get(path)
            if lines is None:
                continue
            verdicts[ruling.name] = "findings" if lines else "passed"
            findings += [
                Finding("A005", edition.path, f"{ruling.name}: {line}", edition.name, "standard",
                        ruling.name)
                for line in lines
            ]  # fmt: skip
        editions.append(Edition(edition.name, edition.path, edition.places, verdicts))
    return Audited(post.source, tuple(editions), tuple(findings))
