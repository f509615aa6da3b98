"""The one place that reads the clock, SOURCE_DATE_EPOCH first (reproducible-builds.org)."""

from __future__ import annotations

import datetime as dt
import os
from zoneinfo import ZoneInfo

from pipeline.diagnostics import fault

EPOCH = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""What stands for the date of a post that has none: the first moment a zip archive can hold."""


def source_date() -> dt.datetime | None:
    """SOURCE_DATE_EPOCH as a moment in UTC, None if it is not set. Raises ``Fault`` S009."""
    text = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not text:
        return None
    try:
        return dt.datetime.fromtimestamp(int(text), dt.UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise fault(
            "S009",
            f"SOURCE_DATE_EPOCH is no number of seconds: {text!r}",
            hint="unset it, or set it to seconds since 1970 such as 1700000000",
        ) from error


def lies_ahead(moment: str | None, now: dt.datetime, zone: ZoneInfo) -> bool:
    """Whether a record's moment (ISO 8601) is after ``now``; a day counts in ``zone``."""
    if moment is None:
        return False
    if len(moment) <= len("2000-01-01"):
        return dt.date.fromisoformat(moment) > now.astimezone(zone).date()
    when = dt.datetime.fromisoformat(moment)
    return (when if when.tzinfo else when.replace(tzinfo=zone)) > now
