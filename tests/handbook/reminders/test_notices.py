"""Who is reminded of which page, and at which stage."""

import datetime
from dataclasses import replace

import pytest

from handbook.due_dates import ReviewSchedule
from handbook.model import Handbook
from handbook.registers.owners import Escalation, Owners
from handbook.reminders.notices import Stage, notices, stage_on

DUE = datetime.date(2027, 2, 20)
SCHEDULE = ReviewSchedule(datetime.date(2026, 8, 20), DUE)


def _after(days: int) -> datetime.date:
    return DUE + datetime.timedelta(days=days)


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (-31, None),
        (-30, ("30 days", -30)),
        (-15, ("30 days", -30)),
        (-14, ("14 days", -14)),
        (-8, ("14 days", -14)),
        (-7, ("7 days", -7)),
        (0, ("7 days", -7)),
        (1, ("overdue", 1)),
        (7, ("overdue", 1)),
        (8, ("overdue", 8)),
        (365, ("overdue", 365)),
        (370, ("overdue", 365)),
    ],
)
def test_a_page_passes_through_its_stages(day: int, stage: tuple[str, int] | None) -> None:
    expected = Stage(stage[0], _after(stage[1])) if stage else None
    assert stage_on(SCHEDULE, _after(day)) == expected


def test_a_page_without_a_date_is_named_every_week() -> None:
    monday = datetime.date(2026, 11, 16)
    week = {stage_on(None, monday + datetime.timedelta(days=number)) for number in range(7)}
    assert week == {Stage("no date", monday)}


def _with_owner(handbook: Handbook, role: str, **changes: object) -> Handbook:
    owners = {**handbook.registers.owners.owners}
    owners[role] = owners[role].model_copy(update=changes)
    return replace(handbook, registers=replace(handbook.registers, owners=Owners(owners=owners)))


def _by_address(handbook: Handbook) -> list[tuple[str, str, list[str]]]:
    return [
        (notice.recipient.title, notice.recipient.email, [reminder.path for reminder in notice.reminders])
        for notice in notices(handbook)
    ]


def test_each_responsible_role_is_reminded_of_its_pages_the_most_urgent_first(due: Handbook) -> None:
    assert _by_address(due) == [
        ("Legal lead", "legal@example.org", ["docs/law.md"]),
        ("Platform lead", "social@example.org", ["docs/old.md", "docs/soon.md"]),
        ("Social media lead (pages without an owner)", "social@example.org", ["docs/lost.md"]),
    ]


def test_the_deputy_of_a_vacant_role_is_reminded(due: Handbook) -> None:
    vacant = _with_owner(due, "legal-lead", filled=False, deputy="security-lead")
    assert ("Security lead", "security@example.org", ["docs/law.md"]) in _by_address(vacant)


def _escalating(handbook: Handbook, after_days: int, to: str = "executive-sponsor") -> Handbook:
    owners = handbook.registers.owners.model_copy(
        update={"escalation": Escalation(to=to, after_days=after_days)}
    )
    return replace(handbook, registers=replace(handbook.registers, owners=owners))


# docs/old.md is overdue since 2 November: 18 days before the day of these tests.
@pytest.mark.parametrize(
    ("after_days", "since"), [(11, "2026-11-20"), (14, "2026-11-16"), (18, "2026-11-20"), (19, None)]
)
def test_the_sponsor_hears_of_a_page_that_is_long_overdue(
    due: Handbook, after_days: int, since: str | None
) -> None:
    told = [notice for notice in notices(_escalating(due, after_days)) if notice.escalated]
    assert [(notice.recipient.role, str(notice.escalated[0].stage.since)) for notice in told] == (
        [("executive-sponsor", since)] if since else []
    )
    for notice in told:
        (reminder,) = notice.reminders
        assert (reminder.path, reminder.stage.name) == ("docs/old.md", "escalated")
        assert reminder.owner
        assert reminder.owner.role == "platform-lead"


def test_nobody_is_escalated_to_oneself_or_without_the_setting(due: Handbook) -> None:
    for handbook in (_escalating(due, 1, "platform-lead"), due):
        assert not [notice for notice in notices(handbook) if notice.escalated]


def test_an_escalation_needs_a_role_of_the_register(due: Handbook) -> None:
    owners = due.registers.owners
    unknown = owners.model_copy(update={"escalation": Escalation(to="executive-sponsr")})
    assert [(path, "executive-sponsor" in sentence) for path, sentence in unknown.problems()] == [
        (("escalation", "to"), True)
    ]
