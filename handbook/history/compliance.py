"""How many pages were in order on each of some days."""

import datetime
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate

from handbook.due_dates import ReviewSchedule, due_date


class Standing(Enum):
    """Where a page stands on a day. Without a date of a review, or with one to come, it is unreviewed."""

    IN_ORDER = "in order"
    DUE_SOON = "due soon"
    OVERDUE = "overdue"
    UNREVIEWED = "unreviewed"


@dataclass(frozen=True, slots=True)
class Version:
    """A text that one page had from the day `begin` to the day before `end`."""

    begin: datetime.date
    end: datetime.date
    schedule: ReviewSchedule | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many pages stood where at the end of a day."""

    day: datetime.date
    counts: dict[Standing, int]

    @property
    def pages(self) -> int:
        """Return how many pages there were."""
        return sum(self.counts.values())

    @property
    def share(self) -> float | None:
        """Return the part of the pages in order, due soon included; None where there were no pages."""
        return self._good / self.pages if self.pages else None

    @property
    def percent(self) -> int | None:
        """Return the share in whole percent; 100 only where every page is in order."""
        return 100 * self._good // self.pages if self.pages else None

    @property
    def _good(self) -> int:
        return self.counts[Standing.IN_ORDER] + self.counts[Standing.DUE_SOON]


def standing_on(schedule: ReviewSchedule | None, day: datetime.date) -> Standing:
    """Return where a page with a schedule stands on a day."""
    if schedule is None or schedule.last_reviewed > day:
        return Standing.UNREVIEWED
    return Standing[schedule.state(day).name]


def tally(versions: Iterable[Version], days: Sequence[datetime.date]) -> list[Tally]:
    """Count the pages on each of `days`, which are in order; each version is looked at once."""
    changes = {standing: [0] * (len(days) + 1) for standing in Standing}
    for version in versions:
        for standing, begin, end in _stretches(version):
            changes[standing][bisect_left(days, begin)] += 1
            changes[standing][bisect_left(days, end)] -= 1
    counts = {standing: list(accumulate(row)) for standing, row in changes.items()}
    return [Tally(day, {one: row[number] for one, row in counts.items()}) for number, day in enumerate(days)]


def _stretches(version: Version) -> Iterator[tuple[Standing, datetime.date, datetime.date]]:
    """Cut the life of a version where its standing changes: standing, first day, day after the last."""
    schedule = version.schedule
    if schedule is None:
        yield Standing.UNREVIEWED, version.begin, version.end
        return
    overdue = min(schedule.due, datetime.date.max - datetime.timedelta(days=1)) + datetime.timedelta(days=1)
    soon = max(schedule.due_soon_from, schedule.last_reviewed)
    cuts = (datetime.date.min, schedule.last_reviewed, soon, overdue, datetime.date.max)
    order = (Standing.UNREVIEWED, Standing.IN_ORDER, Standing.DUE_SOON, Standing.OVERDUE)
    for standing, begin, end in zip(order, cuts, cuts[1:], strict=False):
        if max(begin, version.begin) < min(end, version.end):
            yield standing, max(begin, version.begin), min(end, version.end)


def days_between(first: datetime.date, last: datetime.date, every: str) -> list[datetime.date]:
    """Return the days from `first` to `last`, by `day`, `week` or `month`; `last` is always one of them."""
    days = list(_days(first, last, every))
    return days if days[-1] == last else [*days, last]


def _days(first: datetime.date, last: datetime.date, every: str) -> Iterator[datetime.date]:
    day, count = first, 0
    while day <= last:
        yield day
        count += 1
        if every == "month":
            day = due_date(first, count)
        else:
            day += datetime.timedelta(days={"day": 1, "week": 7}[every])


def month_ends(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """Return the last day of each month from the one of `first`, and `last` in place of that of its own."""
    months = range(first.year * 12 + first.month, last.year * 12 + last.month)
    begins = (datetime.date(*_year_and_month(month)) for month in months)
    return [day - datetime.timedelta(days=1) for day in begins] + ([last] if first <= last else [])


def _year_and_month(months: int) -> tuple[int, int, int]:
    """Return the first day of the month with that number, counted from 0 in the year 0."""
    return months // 12, months % 12 + 1, 1
