"""Which roles are reminded of which pages, and at which stage.

A page reaches a stage 30, 14 and 7 days before its due day. Once it is overdue, a new stage begins every
7 days. Only the current stage counts: a reminder that was missed is not sent late.

Who owns a translation whose original has changed hears of it once for each state of the original.

If registers/owners.yml names an escalation, its role hears of a page once it has been overdue for that many
days, and every 7 days after that.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, TypeAlias

from handbook.content.fingerprints import sha256
from handbook.content.pages import Page
from handbook.content.translation.in_words import what_changed
from handbook.content.translation.text_parts import text_parts
from handbook.due_dates import ReviewSchedule, ReviewState
from handbook.model import Handbook
from handbook.registers.all_registers import Registers

STAGES: Final = (7, 14, 30)
OVERDUE: Final = "overdue"
ESCALATED: Final = "escalated"
UNDATED: Final = "no date"
TRANSLATION: Final = "translation"
_REPEAT_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Stage:
    """How close a page is to its due day, and the day on which that stage began, if anybody knows.

    `state` tells apart what a stage of the same name and day is about: the text of an original.
    """

    name: str
    since: datetime.date | None
    state: str = ""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A page that needs a review. `due` is None if no review is known.

    `behind` says what has changed in the original if the page is a translation to be brought up to date
    instead; otherwise it is empty. `review` is the path of the open review that the page is in, or None.
    `owner` is whom the recipient has to ask, if the page was escalated; otherwise it is None, because the
    recipient is responsible.
    """

    path: str
    title: str
    due: datetime.date | None
    stage: Stage
    review: str | None
    owner: "Recipient | None" = None
    behind: str = ""


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

    @property
    def own(self) -> tuple[Reminder, ...]:
        """Return those about reviews of pages that the recipient is responsible for."""
        return tuple(each for each in self.reminders if each.owner is None and not each.behind)

    @property
    def translations(self) -> tuple[Reminder, ...]:
        """Return those about translations whose originals have changed."""
        return tuple(reminder for reminder in self.reminders if reminder.behind)

    @property
    def escalated(self) -> tuple[Reminder, ...]:
        """Return those about pages of others."""
        return tuple(reminder for reminder in self.reminders if reminder.owner)


_Addressed: TypeAlias = tuple[Recipient, Reminder]


def stage_on(schedule: ReviewSchedule | None, today: datetime.date) -> Stage | None:
    """Return the stage of a page on a day, or None if it is not due within 30 days."""
    if schedule is None:
        return Stage(UNDATED, today - datetime.timedelta(days=today.weekday()))
    if schedule.state(today) is ReviewState.OVERDUE:
        return _repeated(OVERDUE, (today - schedule.due).days - 1, today)
    left = (schedule.due - today).days
    days = next((days for days in STAGES if left <= days), None)
    return Stage(f"{days} days", schedule.due - datetime.timedelta(days=days)) if days else None


def _repeated(name: str, days: int, today: datetime.date) -> Stage:
    """Return a stage that began `days` days ago, and begins again every 7 days."""
    return Stage(name, today - datetime.timedelta(days=days % _REPEAT_DAYS))


def notices(handbook: Handbook) -> list[Notice]:
    """Return the reminders of the handbook's day, by recipient."""
    reviews = handbook.reviews.open_by_page
    addressed = [
        (recipient_of(page.owner, handbook.registers), reminder)
        for page in handbook.own_pages
        for reminder in (*_reminders(page, handbook.today, reviews), *_of_translation(page, handbook))
    ]
    return list(_by_recipient([*addressed, *_escalations(addressed, handbook)]))


def _escalations(addressed: Iterable[_Addressed], handbook: Handbook) -> Iterator[_Addressed]:
    """Yield what the role of the escalation hears about the pages of others."""
    escalation = handbook.registers.owners.escalation
    if escalation is None:
        return
    sponsor = recipient_of(escalation.to, handbook.registers)
    for owner, reminder in addressed:
        overdue = (handbook.today - reminder.due).days - 1 if reminder.due else -1
        if not reminder.behind and overdue >= escalation.after_days and owner.role != sponsor.role:
            stage = _repeated(ESCALATED, overdue - escalation.after_days, handbook.today)
            yield sponsor, replace(reminder, stage=stage, owner=owner)


def _reminders(page: Page, today: datetime.date, reviews: Mapping[str, str]) -> Iterator[Reminder]:
    schedule = page.schedule
    stage = stage_on(schedule, today)
    if stage:
        due = schedule.due if schedule else None
        yield Reminder(page.path, page.title or page.path, due, stage, reviews.get(page.path))


def _of_translation(page: Page, handbook: Handbook) -> Iterator[Reminder]:
    translation = handbook.translation(page)
    if translation and not translation.is_current:
        marks = "".join(part.mark for part in text_parts(translation.original))
        stage = Stage(TRANSLATION, None, sha256(marks.encode())[:12])
        yield Reminder(
            page.path, page.title or page.path, None, stage, None, behind=what_changed(translation)
        )


def _by_recipient(addressed: Iterable[_Addressed]) -> Iterator[Notice]:
    for recipient, group in groupby(sorted(addressed, key=_order), key=lambda pair: pair[0]):
        yield Notice(recipient, tuple(reminder for _, reminder in group))


def _order(pair: _Addressed) -> tuple[str, str, datetime.date, str]:
    recipient, reminder = pair
    return recipient.title, recipient.role, reminder.due or datetime.date.min, reminder.path


def recipient_of(role: str | None, registers: Registers) -> Recipient:
    """Return the recipient for a role: its deputy if it is vacant, the social media team if it is unknown."""
    owners, organization = registers.owners, registers.organization
    owner = owners.find(role) if role else None
    if owner and owner.deputy and not owner.filled:
        role, owner = owner.deputy, owners.find(owner.deputy)
    contact = getattr(organization.contacts, owner.contact if owner else "social_media")
    title = organization.say(owner.title if owner else contact.role, organization.main_language)
    if owner is None:
        return Recipient("", f"{title} (pages without an owner)", contact.email)
    return Recipient(role or "", title, contact.email)
