"""``galley build``."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from pipeline import press
from pipeline.commands.report import report
from pipeline.diagnostics import Fault
from pipeline.press import Noted, Order, Summary


def run(arguments: Namespace) -> int:
    """Build and report; the exit code is that of the summary, 2 if the run was impossible."""
    order = Order(
        paths=tuple(Path(path) for path in arguments.path or ["source"]),
        out=Path(arguments.out),
        editions=tuple(name for text in arguments.edition for name in text.split(",") if name),
        jobs=arguments.jobs,
        drafts=arguments.drafts,
        strict=arguments.strict,
        debug=arguments.debug,
        assignments=tuple(arguments.set),
    )
    told = report(arguments.format, order.out, arguments.quiet)
    summary: Summary | None = None
    try:
        summary = press.build(order, told.event)
    except Fault as error:
        for note in error.diagnostics:
            told.event(Noted(note))
        summary = Summary(exit_code=2)
    finally:
        told.close(summary)
    return summary.exit_code
