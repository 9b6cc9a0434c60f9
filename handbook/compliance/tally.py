"""How many pages were in order, day by day."""

import datetime
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate, count, pairwise, takewhile
from typing import Final

from handbook.due_dates import ReviewState, due_date
from handbook.registers.last_review import LastReview


class PageState(Enum):
    """The state of a page on a day.

    It is unreviewed if no record backs the date of its review, and before that date. It has changed if its
    text is not the one that was reviewed, and is unknown if nobody can tell.
    """

    IN_ORDER = "in order"
    DUE_SOON = "due soon"
    CHANGED = "changed"
    OVERDUE = "overdue"
    UNREVIEWED = "unreviewed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Version:
    """A text that a page had from the day `begin` to the day before `end`, and what was its last review."""

    begin: datetime.date
    end: datetime.date
    review: LastReview


@dataclass(frozen=True, slots=True)
class Tally:
    """How many pages were in each state at the end of a day."""

    day: datetime.date
    counts: dict[PageState, int]

    @property
    def pages(self) -> int:
        """The number of all pages."""
        return sum(self.counts.values())

    @property
    def share(self) -> float | None:
        """The part of the pages in order, including due soon, from 0 to 1; None without pages."""
        return self._good / self.pages if self.pages else None

    @property
    def percent(self) -> int | None:
        """The share in whole percent, rounded down: it is 100 only if every page is in order."""
        return 100 * self._good // self.pages if self.pages else None

    @property
    def _good(self) -> int:
        return self.counts[PageState.IN_ORDER] + self.counts[PageState.DUE_SOON]


def standing_on(review: LastReview, day: datetime.date) -> PageState:
    """Return a page's state on a given day."""
    schedule = review.schedule
    if not review.is_known:
        return PageState.UNKNOWN
    if schedule is None or schedule.last_reviewed > day:
        return PageState.UNREVIEWED
    state = schedule.state(day)
    if state is ReviewState.OVERDUE or review.text_was_reviewed:
        return PageState[state.name]
    return PageState.CHANGED if review.text_has_changed else PageState.UNKNOWN


def tally(versions: Iterable[Version], days: Sequence[datetime.date]) -> list[Tally]:
    """Count the pages on each of `days`, which are sorted. Each version is looked at once."""
    changes = {standing: [0] * (len(days) + 1) for standing in PageState}
    for version in versions:
        for standing, begin, end in _periods(version):
            changes[standing][bisect_left(days, begin)] += 1
            changes[standing][bisect_left(days, end)] -= 1
    counts = {standing: list(accumulate(row)) for standing, row in changes.items()}
    return [
        Tally(day, {standing: row[number] for standing, row in counts.items()})
        for number, day in enumerate(days)
    ]


def _periods(version: Version) -> Iterator[tuple[PageState, datetime.date, datetime.date]]:
    """Yield the periods in which a version's state is the same: state, first day, day after the last."""
    schedule = version.review.schedule
    if schedule is None:
        yield standing_on(version.review, version.begin), version.begin, version.end
        return
    overdue = min(schedule.due, datetime.date.max - datetime.timedelta(days=1)) + datetime.timedelta(days=1)
    soon = max(schedule.due_soon_from, schedule.last_reviewed)
    cuts = (datetime.date.min, schedule.last_reviewed, soon, overdue, datetime.date.max)
    for first, after in pairwise(cuts):
        begin, end = max(first, version.begin), min(after, version.end)
        if begin < end:
            yield standing_on(version.review, begin), begin, end


_NTH_DAY: Final[Mapping[str, Callable[[datetime.date, int], datetime.date]]] = {
    "day": lambda first, number: first + datetime.timedelta(days=number),
    "week": lambda first, number: first + datetime.timedelta(weeks=number),
    "month": due_date,
    "end of month": lambda first, number: due_date(first.replace(month=1, day=31), first.month - 1 + number),
}


def days_between(first: datetime.date, last: datetime.date, every: str) -> list[datetime.date]:
    """Return the days of a series from `first` to `last`, in order; `last` is always the last of them.

    `every` is `day`, `week`, `month`, or `end of month`. If `first` is after `last`, there are no days.
    """
    series = takewhile(lambda day: day < last, (_NTH_DAY[every](first, number) for number in count()))
    return [*series, last] if first <= last else []


def month_ends(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """Return the last day of each month from that of `first`, and `last` instead of that of its own."""
    return days_between(first, last, "end of month")
