"""The only module that reads the clock."""

import datetime
import os
from typing import Final
from zoneinfo import ZoneInfo

from handbook.errors import HandbookError
from handbook.text.quoting import short_commit

_TAKE_OUT: Final = "ask whoever looks after the repository to take it out of the branch"


def now(zone: datetime.tzinfo = datetime.UTC) -> datetime.datetime:
    """Return the moment of SOURCE_DATE_EPOCH if it is set, else the present moment.

    Source: reproducible-builds.org, the specification of SOURCE_DATE_EPOCH (seconds since 1970).
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.datetime.now(zone)
    try:
        return datetime.datetime.fromtimestamp(int(epoch), zone)
    except (ValueError, OverflowError, OSError):
        raise HandbookError(
            f"SOURCE_DATE_EPOCH is '{epoch}'; set it to seconds since 1970, or unset it"
        ) from None


def today(time_zone: str) -> datetime.date:
    """Return the present day in a time zone, such as `America/New_York`."""
    return now(ZoneInfo(time_zone)).date()


def time_of_commit(name: str, written: str) -> int:
    """Read the time of a commit as git writes it, in seconds since the start of 1970, UTC.

    Raises:
        HandbookError: if git writes nothing, because it cannot read the time either.

    """
    if not written.strip():
        raise HandbookError(f"commit {short_commit(name)} has no date that git can read; {_TAKE_OUT}")
    return int(written)


def day_of_commit(name: str, seconds: int, zone: datetime.tzinfo) -> datetime.date:
    """Return the day of a commit that was made `seconds` after the start of 1970, UTC.

    Raises:
        HandbookError: if no calendar has that day.

    """
    try:
        return datetime.datetime.fromtimestamp(seconds, zone).date()
    except (ValueError, OverflowError, OSError):
        raise HandbookError(
            f"commit {short_commit(name)} has a date that no calendar has; {_TAKE_OUT}"
        ) from None
