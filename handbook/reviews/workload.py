"""What each role answers for, when it is due, and how reviews could be spread over weeks."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from handbook.content.pages import Page
from handbook.model import Handbook
from handbook.registers.owners import Owner
from handbook.rules.legal_review import LEGAL_FOLDERS

_WEEK: Final = datetime.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Duty:
    """What a role answers for: its pages, those that are overdue, and those of which no review is shown.

    `next_due` is the first day, from today on, by which one of its pages is to be reviewed, or None.
    `holders` are those of today; if there are none, the register names none.
    """

    role: str
    filled: bool
    deputy: str | None
    covered: bool
    holders: tuple[str, ...]
    pages: tuple[str, ...]
    overdue: tuple[str, ...]
    unreviewed: tuple[str, ...]
    next_due: datetime.date | None


@dataclass(frozen=True, slots=True)
class Week:
    """The pages to be reviewed in the week from a Monday on, those that are due first before the others.

    `first_due` is the first day by which one of them is due.
    """

    monday: datetime.date
    pages: tuple[str, ...]
    first_due: datetime.date


def duties(handbook: Handbook) -> list[Duty]:
    """Return what each role answers for, in the order of the register."""
    due = due_days(handbook)
    return [_duty(role, owner, handbook, due) for role, owner in handbook.registers.owners.owners.items()]


def due_days(handbook: Handbook) -> Mapping[str, datetime.date]:
    """Return the day by which each page is due, by its path; a page without a shown review has none."""
    days = {page.path: _due_day(page, handbook) for page in handbook.own_pages}
    return {path: day for path, day in days.items() if day}


def _due_day(page: Page, handbook: Handbook) -> datetime.date | None:
    schedule = handbook.last_review(page).schedule
    legal = page.legal_review_due if page.path.startswith(LEGAL_FOLDERS) else None
    return min(schedule.due, legal or schedule.due) if schedule else None


def _duty(role: str, owner: Owner, handbook: Handbook, due: Mapping[str, datetime.date]) -> Duty:
    today, owned = handbook.today, [page.path for page in handbook.own_pages if page.owner == role]
    coming = [due[path] for path in owned if path in due and due[path] >= today]
    return Duty(
        role,
        owner.filled,
        owner.deputy,
        handbook.registers.owners.is_covered(role),
        tuple(tenure.holder for tenure in owner.tenures if tenure.includes(today)),
        tuple(owned),
        tuple(path for path in owned if path in due and due[path] < today),
        tuple(path for path in owned if path not in due),
        min(coming, default=None),
    )


def due_by_week(due: Mapping[str, datetime.date], today: datetime.date) -> list[Week]:
    """Return the weeks in which pages are due, from today on."""
    weeks: dict[datetime.date, list[str]] = {}
    for path, day in due.items():
        if day >= today:
            weeks.setdefault(_monday(day), []).append(path)
    return [_week(monday, weeks[monday], due) for monday in sorted(weeks)]


def leveled(due: Mapping[str, datetime.date], today: datetime.date, most: int) -> list[Week]:
    """Return weeks in which to review pages, so that no week has over `most`, unless the first one has to.

    A page is reviewed in the week in which it is due or earlier, never later.
    """
    by_week = {week.monday: list(week.pages) for week in due_by_week(due, today)}
    plan: dict[datetime.date, list[str]] = {}
    waiting: list[str] = []
    monday, first = max(by_week, default=_monday(today)), _monday(today)
    while monday >= first:
        waiting = _latest_first([*waiting, *by_week.get(monday, ())], due)
        taken = len(waiting) if monday == first else most
        plan[monday], waiting = waiting[:taken], waiting[taken:]
        monday -= _WEEK
    return [_week(monday, plan[monday], due) for monday in sorted(plan) if plan[monday]]


def _latest_first(paths: Iterable[str], due: Mapping[str, datetime.date]) -> list[str]:
    return sorted(paths, key=lambda path: (due[path], path), reverse=True)


def _week(monday: datetime.date, paths: Sequence[str], due: Mapping[str, datetime.date]) -> Week:
    ordered = sorted(paths, key=lambda path: (due[path], path))
    return Week(monday, tuple(ordered), due[ordered[0]])


def _monday(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=day.weekday())


def roles_of_one_holder(all_duties: Iterable[Duty]) -> Mapping[str, list[str]]:
    """Return the roles that only one holder holds, by that holder, if there are several."""
    alone: dict[str, list[str]] = {}
    for duty in all_duties:
        if len(set(duty.holders)) == 1:
            alone.setdefault(duty.holders[0], []).append(duty.role)
    return {holder: roles for holder, roles in alone.items() if len(roles) > 1}
