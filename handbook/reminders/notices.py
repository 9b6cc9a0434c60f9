"""Who is to be reminded of which page, and at which stage.

A page passes through the stages 30, 14 and 7 days before its due day, and overdue, which begins anew
every 7 days. Only the stage of the day counts: what was missed is not made up for, it has passed.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from handbook.content.pages import Page
from handbook.due_dates import ReviewSchedule, ReviewState
from handbook.model import Handbook
from handbook.registers.all_registers import Registers

STAGES: Final = (7, 14, 30)
OVERDUE: Final = "overdue"
UNDATED: Final = "no date"
_AGAIN: Final = 7


@dataclass(frozen=True, slots=True)
class Stage:
    """How near a page is to its due day, and the day on which that stage began."""

    name: str
    since: datetime.date


@dataclass(frozen=True, slots=True)
class Reminder:
    """A page that is to be reviewed; without a known review it has no due day.

    `review` is the file of the open review that it is in, if there is one.
    """

    path: str
    title: str
    due: datetime.date | None
    stage: Stage
    review: str | None


@dataclass(frozen=True, slots=True)
class Recipient:
    """The role that answers for a page, and where it is written to."""

    role: str
    title: str
    email: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What one role is reminded of, the most urgent first."""

    recipient: Recipient
    reminders: tuple[Reminder, ...]


def stage_on(schedule: ReviewSchedule | None, today: datetime.date) -> Stage | None:
    """Return the stage of a page on a day, or None where it is not due within 30 days."""
    if schedule is None:
        return Stage(UNDATED, today - datetime.timedelta(days=today.weekday()))
    if schedule.state(today) is ReviewState.OVERDUE:
        late = (today - schedule.due).days - 1
        return Stage(OVERDUE, today - datetime.timedelta(days=late % _AGAIN))
    left = (schedule.due - today).days
    days = next((days for days in STAGES if left <= days), None)
    return Stage(f"{days} days", schedule.due - datetime.timedelta(days=days)) if days else None


def notices(handbook: Handbook) -> list[Notice]:
    """Return what is due on the handbook's day, by the role that answers for it."""
    reviews = handbook.reviews.open_by_page
    found = [
        (_recipient(page.owner, handbook.registers), reminder)
        for page in handbook.pages
        for reminder in _reminders(page, handbook.today, reviews)
    ]
    return list(_by_recipient(found))


def _reminders(page: Page, today: datetime.date, reviews: Mapping[str, str]) -> Iterator[Reminder]:
    """Yield what there is to say of a page, if anything."""
    schedule = page.schedule
    stage = stage_on(schedule, today)
    if stage:
        due = schedule.due if schedule else None
        yield Reminder(page.path, page.title or page.path, due, stage, reviews.get(page.path))


def _by_recipient(found: list[tuple[Recipient, Reminder]]) -> Iterator[Notice]:
    found.sort(key=lambda one: (one[0].title, one[0].role, one[1].due or datetime.date.min, one[1].path))
    for recipient, group in groupby(found, key=lambda one: one[0]):
        yield Notice(recipient, tuple(reminder for _, reminder in group))


def _recipient(role: str | None, registers: Registers) -> Recipient:
    """Return who answers for a role: its deputy where nobody has it, the social media team for no role."""
    owners, organization = registers.owners, registers.organization
    owner = owners.find(role) if role else None
    if owner and owner.deputy and not owner.filled:
        role, owner = owner.deputy, owners.find(owner.deputy)
    contact = getattr(organization.contacts, owner.contact if owner else "social_media")
    title = organization.say(owner.title if owner else contact.role, organization.languages[0])
    if owner is None:
        return Recipient("", f"{title} (pages without an owner)", contact.email)
    return Recipient(role or "", title, contact.email)
