"""Reviews are spread over weeks, and none is later than due."""

import datetime

from handbook.reviews.workload import Week, due_by_week, leveled

TODAY = datetime.date(2026, 11, 20)  # a Friday


def _due(*days: str) -> dict[str, datetime.date]:
    return {f"docs/{number:02}.md": datetime.date.fromisoformat(day) for number, day in enumerate(days)}


def _sizes(weeks: list[Week]) -> dict[str, int]:
    return {week.monday.isoformat(): len(week.pages) for week in weeks}


def test_pages_are_counted_by_the_week_in_which_they_are_due() -> None:
    weeks = due_by_week(_due("2026-11-19", "2026-11-20", "2026-11-23", "2026-11-29"), TODAY)
    assert _sizes(weeks) == {"2026-11-16": 1, "2026-11-23": 2}


def test_forty_pages_of_one_week_fill_the_weeks_before_it() -> None:
    due = _due(*["2027-05-20"] * 40)
    weeks = leveled(due, TODAY, 10)
    assert _sizes(weeks) == dict.fromkeys(("2027-04-26", "2027-05-03", "2027-05-10", "2027-05-17"), 10)
    assert all(due[path] >= week.monday for week in weeks for path in week.pages)


def test_what_no_earlier_week_can_hold_is_in_this_one() -> None:
    weeks = leveled(_due(*["2026-11-25"] * 5), TODAY, 2)
    assert _sizes(weeks) == {"2026-11-16": 3, "2026-11-23": 2}


def test_a_level_plan_is_left_as_it_is() -> None:
    due = _due("2026-12-01", "2026-12-09")
    assert leveled(due, TODAY, 1) == due_by_week(due, TODAY)
