"""When a page is due for review: the one place that knows.

A page is in order through its due day, overdue from the next, and due soon in its last 30 days.
"""

import datetime
import re
from calendar import monthrange
from dataclasses import dataclass
from enum import Enum
from typing import Final

LONGEST_INTERVAL: Final = 6
DUE_SOON_DAYS: Final = 30
_INTERVAL: Final = re.compile(r"(\d+) months?", re.ASCII)


class ReviewState(Enum):
    """Where a page stands in its round of reviews."""

    IN_ORDER = "in order"
    DUE_SOON = "due soon"
    OVERDUE = "overdue"


def parse_interval(text: object) -> int:
    """Read `review_every`, such as `3 months`, as a number of months.

    Raises:
        ValueError: with a sentence, when it is not a text of that form from 1 to 6 months.

    """
    found = _INTERVAL.fullmatch(text) if isinstance(text, str) else None
    if not found:
        raise ValueError("review_every cannot be read; write for example `review_every: 3 months`")
    months = int(found[1]) if len(found[1]) < 4 else 999
    if not 1 <= months <= LONGEST_INTERVAL:
        raise ValueError(f"review_every is {text}; a page is reviewed every 1 to {LONGEST_INTERVAL} months")
    return months


def due_date(last_reviewed: datetime.date, months: int = LONGEST_INTERVAL) -> datetime.date:
    """Return the last day on which a page is in order: calendar months later, at most the month's end.

    31 August and six months give 28 or 29 February.
    """
    years, month = divmod(last_reviewed.month - 1 + months, 12)
    year, month = last_reviewed.year + years, month + 1
    if year > datetime.MAXYEAR:
        return datetime.date.max
    return datetime.date(year, month, min(last_reviewed.day, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class ReviewSchedule:
    """When a page was reviewed and when it is due again."""

    last_reviewed: datetime.date
    due: datetime.date

    def state(self, today: datetime.date) -> ReviewState:
        """Return where the page stands on the day `today`."""
        if today > self.due:
            return ReviewState.OVERDUE
        return ReviewState.DUE_SOON if today >= self.due_soon_from else ReviewState.IN_ORDER

    @property
    def due_soon_from(self) -> datetime.date:
        """Return the first of the last days before the page is due."""
        return self.due - datetime.timedelta(days=DUE_SOON_DAYS - 1)
