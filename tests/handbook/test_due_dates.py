"""When a page is due."""

import datetime
from calendar import monthrange

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.due_dates import ReviewSchedule, ReviewState, due_date, parse_interval

DAYS = st.dates(datetime.date(1990, 1, 1), datetime.date(2200, 12, 31))
MONTHS = st.integers(1, 6)


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("reviewed", "months", "due"),
    [
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2024-02-29", 6, "2024-08-29"),
        ("2026-10-14", 3, "2027-01-14"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-03-31", 1, "2026-04-30"),
    ],
)
def test_a_page_is_due_calendar_months_later_at_most_at_the_months_end(
    reviewed: str, months: int, due: str
) -> None:
    assert due_date(_day(reviewed), months) == _day(due)


@given(DAYS, MONTHS)
def test_the_due_day_has_the_same_number_or_is_the_last_of_its_month(day: datetime.date, months: int) -> None:
    due = due_date(day, months)
    assert (due.year * 12 + due.month) - (day.year * 12 + day.month) == months
    assert due.day == day.day or (due.day < day.day and due.day == monthrange(due.year, due.month)[1])


@given(DAYS, DAYS, MONTHS)
def test_a_later_review_is_never_due_earlier(day: datetime.date, other: datetime.date, months: int) -> None:
    earlier, later = sorted([day, other])
    assert due_date(earlier, months) <= due_date(later, months)


@given(DAYS, MONTHS)
def test_a_page_is_in_order_on_its_due_day_and_overdue_the_day_after(day: datetime.date, months: int) -> None:
    due = due_date(day, months)
    schedule = ReviewSchedule(day, due)
    assert schedule.state(due) is ReviewState.DUE_SOON
    assert schedule.state(due + datetime.timedelta(days=1)) is ReviewState.OVERDUE
    assert schedule.state(due - datetime.timedelta(days=29)) is ReviewState.DUE_SOON
    assert schedule.state(due - datetime.timedelta(days=30)) is ReviewState.IN_ORDER


@pytest.mark.parametrize("text", ["0 months", "7 months", "3", "3 Months", "٣ months", 3, None])
def test_an_interval_outside_one_to_six_months_is_refused(text: object) -> None:
    with pytest.raises(ValueError, match="review_every"):
        parse_interval(text)


@given(MONTHS)
def test_an_interval_of_one_to_six_months_is_read(months: int) -> None:
    assert parse_interval(f"{months} month{'s' if months > 1 else ''}") == months
