"""Decides when a page is due for review.

A page is in order through its due day, overdue from the next day on, and due soon in its last 30 days.
"""

import datetime
import re
from calendar import monthrange
from dataclasses import dataclass
from enum import Enum
from typing import Final

LONGEST_INTERVAL: Final = 6
DUE_SOON_DAYS: Final = 30
_EXAMPLE: Final = "write for example `review_every: 3 months`"
_INTERVAL: Final = re.compile(r"(\d+) months?", re.ASCII)


class ReviewState(Enum):
    """Whether a page is due for review on some day."""

    IN_ORDER = "in order"
    DUE_SOON = "due soon"
    OVERDUE = "overdue"


def parse_interval(text: object) -> int:
    """Return the number of months in `review_every`, such as `3 months`.

    Raises:
        ValueError: with a sentence, if it is not a text of that form, or not 1 to 6 months.

    """
    interval = _INTERVAL.fullmatch(text) if isinstance(text, str) else None
    if not interval:
        number = re.match(r"(?:every\s)?([1-6])(?:\s*m(?!in)|$)", str(text), re.IGNORECASE)
        advice = f"write `review_every: {number[1]} months`" if number else _EXAMPLE
        raise ValueError(f"review_every cannot be read; {advice}")
    months = int(interval[1]) if len(interval[1]) < 4 else 999
    if not 1 <= months <= LONGEST_INTERVAL:
        raise ValueError(f"review_every is {text}; a page is reviewed every 1 to {LONGEST_INTERVAL} months")
    return months


def due_date(last_reviewed: datetime.date, months: int = LONGEST_INTERVAL) -> datetime.date:
    """Return the last day on which a page is in order: the same day some months later, or the month's last.

    31 August and six months give 28 or 29 February.
    """
    years, month = divmod(last_reviewed.month - 1 + months, 12)
    year, month = last_reviewed.year + years, month + 1
    if year > datetime.MAXYEAR:
        return datetime.date.max
    return datetime.date(year, month, min(last_reviewed.day, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class ReviewSchedule:
    """The day on which a page was reviewed, and the day on which it is due again."""

    last_reviewed: datetime.date
    due: datetime.date

    def state(self, today: datetime.date) -> ReviewState:
        """Return the page's review state on the day `today`."""
        if today > self.due:
            return ReviewState.OVERDUE
        return ReviewState.DUE_SOON if today >= self.due_soon_from else ReviewState.IN_ORDER

    @property
    def due_soon_from(self) -> datetime.date:
        """Return the first day on which the page is due soon."""
        return self.due - datetime.timedelta(days=DUE_SOON_DAYS - 1)
