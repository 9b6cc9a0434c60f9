"""How many pages were in order on each day."""

import datetime
import xml.etree.ElementTree as ET
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.compliance.formats import FORMATS, SMALL, SMALL_AND_DARK, as_svg
from handbook.compliance.tally import PageState, Tally, Version, days_between, month_ends, tally
from handbook.due_dates import ReviewSchedule, ReviewState, due_date
from handbook.registers.last_review import UNKNOWN_REVIEW, LastReview

FIRST = datetime.date(2026, 1, 1)
DAYS = st.integers(0, 500).map(lambda days: FIRST + datetime.timedelta(days=days))
SCHEDULES = st.none() | st.builds(
    lambda day, months: ReviewSchedule(day, due_date(day, months)), DAYS, st.integers(1, 6)
)
REVIEWS = st.just(UNKNOWN_REVIEW) | st.builds(
    LastReview, SCHEDULES, st.none(), st.sampled_from([True, False, None])
)
VERSIONS = st.builds(
    lambda days, review: Version(min(days), max(days), review), st.tuples(DAYS, DAYS), REVIEWS
)
STANDING = {
    ReviewState.IN_ORDER: PageState.IN_ORDER,
    ReviewState.DUE_SOON: PageState.DUE_SOON,
    ReviewState.OVERDUE: PageState.OVERDUE,
}


def _standing(version: Version, day: datetime.date) -> PageState:
    schedule, text_was_reviewed = version.review.schedule, version.review.text_was_reviewed
    if version.review is UNKNOWN_REVIEW:
        return PageState.UNKNOWN
    if schedule is None or schedule.last_reviewed > day:
        return PageState.UNREVIEWED
    if schedule.state(day) is ReviewState.OVERDUE or text_was_reviewed:
        return STANDING[schedule.state(day)]
    return PageState.UNKNOWN if text_was_reviewed is None else PageState.CHANGED


@given(st.lists(VERSIONS, max_size=12), st.lists(DAYS, min_size=1, max_size=12, unique=True).map(sorted))
def test_each_page_stands_where_its_schedule_says_on_the_day(
    versions: list[Version], days: list[datetime.date]
) -> None:
    for count in tally(versions, days):
        in_force = [version for version in versions if version.begin <= count.day < version.end]
        expected = Counter(_standing(version, count.day) for version in in_force)
        assert count.counts == {standing: expected[standing] for standing in PageState}


@pytest.mark.parametrize(
    ("first", "last", "every", "days"),
    [
        ("2026-01-31", "2026-04-15", "month", ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-15"]),
        ("2026-01-01", "2026-01-15", "week", ["2026-01-01", "2026-01-08", "2026-01-15"]),
        ("2026-01-01", "2026-01-03", "day", ["2026-01-01", "2026-01-02", "2026-01-03"]),
        ("2026-01-01", "2026-01-01", "month", ["2026-01-01"]),
        ("2026-01-30", "2026-03-15", "end of month", ["2026-01-31", "2026-02-28", "2026-03-15"]),
        ("2026-01-02", "2026-01-01", "day", []),
    ],
)
def test_days_between_two_days_end_with_the_last(first: str, last: str, every: str, days: list[str]) -> None:
    series = days_between(datetime.date.fromisoformat(first), datetime.date.fromisoformat(last), every)
    assert [day.isoformat() for day in series] == days


def _tallies() -> list[Tally]:
    counts = [
        (0, 0, 0, 0, 0, 0),
        (1, 1, 0, 1, 0, 0),
        (2, 0, 1, 0, 1, 2),
        (3, 0, 0, 0, 0, 0),
        (1, 0, 0, 1999, 0, 0),
        (0, 0, 0, 0, 0, 0),
    ]
    days = days_between(FIRST, FIRST + datetime.timedelta(days=35), "week")
    return [Tally(day, dict(zip(PageState, row, strict=True))) for day, row in zip(days, counts, strict=True)]


def test_a_table_is_for_people() -> None:
    assert FORMATS["text"](_tallies()[:4]).splitlines() == [
        "       day  pages  in order  due soon  changed  overdue  unreviewed  unknown  share",
        "2026-01-01      0         0         0        0        0           0        0      -",
        "2026-01-08      3         1         1        0        1           0        0   66 %",
        "2026-01-15      6         2         0        1        0           1        2   33 %",
        "2026-01-22      3         3         0        0        0           0        0  100 %",
    ]


def test_values_are_separated_by_commas() -> None:
    assert FORMATS["csv"](_tallies()[:2]).splitlines() == [
        "day,pages,in_order,due_soon,changed,overdue,unreviewed,unknown,share",
        "2026-01-01,0,0,0,0,0,0,0,",
        "2026-01-08,3,1,1,0,1,0,0,0.6667",
    ]


def test_a_chart_is_valid_and_says_its_numbers_in_words() -> None:
    picture = ET.fromstring(FORMATS["svg"](_tallies()))  # noqa: S314 - it is our own
    space = "{http://www.w3.org/2000/svg}"
    assert picture.findtext(f"{space}title") == "Pages in order from 2026-01-01 to 2026-02-05"
    assert "- of the pages" in str(picture.findtext(f"{space}desc"))
    (line,) = picture.findall(f"{space}polyline")
    heights = [float(point.split(",")[1]) for point in line.attrib["points"].split()]
    assert heights[2] == 0
    assert heights[3] > heights[0]


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2025-12-31", "2026-02-28", ["2025-12-31", "2026-01-31", "2026-02-28"]),
        ("2024-02-01", "2024-03-01", ["2024-02-29", "2024-03-01"]),
        ("2026-01-05", "2026-01-05", ["2026-01-05"]),
        ("2026-01-06", "2026-01-05", []),
        ("2026-03-06", "2026-01-05", []),
    ],
)
def test_months_end_on_their_last_day_and_the_last_one_on_the_day(
    first: str, last: str, days: list[str]
) -> None:
    series = month_ends(datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))
    assert [day.isoformat() for day in series] == days


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_share_is_whole_percent_and_never_rounded_up(good: int, bad: int) -> None:
    count = Tally(FIRST, dict.fromkeys(PageState, 0) | {PageState.DUE_SOON: good, PageState.OVERDUE: bad})
    if not good + bad:
        assert count.percent is None
        return
    assert count.percent is not None
    assert count.percent * (good + bad) <= 100 * good < (count.percent + 1) * (good + bad)


def test_a_dark_picture_differs_in_its_colors_alone() -> None:
    light, dark = (as_svg(_tallies(), style) for style in (SMALL, SMALL_AND_DARK))
    assert light != dark
    for name in ("background", "grid", "text", "line"):
        light = light.replace(getattr(SMALL, name), getattr(SMALL_AND_DARK, name))
    assert light == dark
