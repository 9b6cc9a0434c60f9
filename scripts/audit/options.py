"""What several subcommands of `handbook audit` share."""

import datetime

from handbook.errors import HandbookError


def refuse_days(first: datetime.date, last: datetime.date, today: datetime.date) -> None:
    """Raise a HandbookError if the days are in the wrong order, or one is still to come."""
    if last > today:
        raise HandbookError(f"{last} is still to come; name {today} or an earlier day in --to")
    if first > last:
        raise HandbookError(f"{first} is after {last}; give the earlier day in --from")
