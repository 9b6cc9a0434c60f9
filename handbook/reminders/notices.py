"""Which roles are reminded of which pages, and at which stage.

A page reaches a stage 30, 14 and 7 days before its due day. Once it is overdue, a new stage begins every
7 days. Only the current stage counts: a reminder that was missed is not sent late.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final, TypeAlias

from handbook.content.pages import Page
from handbook.due_dates import ReviewSchedule, ReviewState
from handbook.model import Handbook
from handbook.registers.all_registers import Registers

STAGES: Final = (7, 14, 30)
OVERDUE: Final = "overdue"
UNDATED: Final = "no date"
_REPEAT_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Stage:
    """How close a page is to its due day, and the day on which that stage began."""

    name: str
    since: datetime.date


@dataclass(frozen=True, slots=True)
class Reminder:
    """A page that needs a review. `due` is None if no review is known.

    `review` is the path of the open review that the page is in, or None.
    """

    path: str
    title: str
    due: datetime.date | None
    stage: Stage
    review: str | None


@dataclass(frozen=True, slots=True)
class Recipient:
    """The role that is responsible for pages, and its mail address; without an owner, the role is empty."""

    role: str
    title: str
    email: str


@dataclass(frozen=True, slots=True)
class Notice:
    """The reminders for one recipient, most urgent first."""

    recipient: Recipient
    reminders: tuple[Reminder, ...]


_Addressed: TypeAlias = tuple[Recipient, Reminder]


def stage_on(schedule: ReviewSchedule | None, today: datetime.date) -> Stage | None:
    """Return the stage of a page on a day, or None if it is not due within 30 days."""
    if schedule is None:
        return Stage(UNDATED, today - datetime.timedelta(days=today.weekday()))
    if schedule.state(today) is ReviewState.OVERDUE:
        late = (today - schedule.due).days - 1
        return Stage(OVERDUE, today - datetime.timedelta(days=late % _REPEAT_DAYS))
    left = (schedule.due - today).days
    days = next((days for days in STAGES if left <= days), None)
    return Stage(f"{days} days", schedule.due - datetime.timedelta(days=days)) if days else None


def notices(handbook: Handbook) -> list[Notice]:
    """Return the reminders of the handbook's day, by recipient."""
    reviews = handbook.reviews.open_by_page
    addressed = (
        (_recipient(page.owner, handbook.registers), reminder)
        for page in handbook.pages
        for reminder in _reminders(page, handbook.today, reviews)
    )
    return list(_by_recipient(addressed))


def _reminders(page: Page, today: datetime.date, reviews: Mapping[str, str]) -> Iterator[Reminder]:
    schedule = page.schedule
    stage = stage_on(schedule, today)
    if stage:
        due = schedule.due if schedule else None
        yield Reminder(page.path, page.title or page.path, due, stage, reviews.get(page.path))


def _by_recipient(addressed: Iterable[_Addressed]) -> Iterator[Notice]:
    for recipient, group in groupby(sorted(addressed, key=_order), key=lambda pair: pair[0]):
        yield Notice(recipient, tuple(reminder for _, reminder in group))


def _order(pair: _Addressed) -> tuple[str, str, datetime.date, str]:
    recipient, reminder = pair
    return recipient.title, recipient.role, reminder.due or datetime.date.min, reminder.path


def _recipient(role: str | None, registers: Registers) -> Recipient:
    """Return the recipient for a role: its deputy if it is vacant, the social media team if it is unknown."""
    owners, organization = registers.owners, registers.organization
    owner = owners.find(role) if role else None
    if owner and owner.deputy and not owner.filled:
        role, owner = owner.deputy, owners.find(owner.deputy)
    contact = getattr(organization.contacts, owner.contact if owner else "social_media")
    title = organization.say(owner.title if owner else contact.role, organization.languages[0])
    if owner is None:
        return Recipient("", f"{title} (pages without an owner)", contact.email)
    return Recipient(role or "", title, contact.email)
