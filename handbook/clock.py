"""The one place that reads the clock."""

import datetime
import os
from zoneinfo import ZoneInfo

from handbook.errors import HandbookError


def today(time_zone: str) -> datetime.date:
    """Return the day in the organization's time zone: of SOURCE_DATE_EPOCH where it is set, else now.

    Source: reproducible-builds.org, the specification of SOURCE_DATE_EPOCH (seconds since 1970).
    """
    zone = ZoneInfo(time_zone)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.datetime.now(zone).date()
    try:
        return datetime.datetime.fromtimestamp(int(epoch), zone).date()
    except (ValueError, OverflowError, OSError):
        raise HandbookError(
            f"SOURCE_DATE_EPOCH is '{epoch}'; set it to seconds since 1970, or unset it"
        ) from None
