"""Who is reminded of which page, when, and what is remembered of it."""

import datetime
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.content.pages import Page, PageSource, parse_page
from handbook.due_dates import ReviewSchedule
from handbook.errors import HandbookError
from handbook.model import Handbook
from handbook.registers.owners import Owners
from handbook.registers.review_index import Reviews
from handbook.registers.review_records import ReviewFile, ReviewRecord
from handbook.reminders.letters import as_json, as_markdown, as_text, letter_to, subject_of
from handbook.reminders.mail import address, letter
from handbook.reminders.notices import Notice, Recipient, Reminder, Stage, notices, stage_on
from handbook.reminders.sent import SentReminders, load_sent, save_sent
from handbook.yaml.located import LocatedMapping
from tests.conftest import PAGE, TODAY

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


def _said(day: datetime.date) -> list[Notice]:
    stage = stage_on(SCHEDULE, day)
    found = (Reminder("docs/a.md", "A", DUE, stage, None),) if stage else ()
    return [Notice(Recipient("lead", "Lead", "lead@example.org"), found)]


def _run(days: Sequence[int]) -> list[tuple[int, str]]:
    """Run on each of these days; return on which something was sent, and the stage."""
    sent, told = SentReminders(), []
    for day in days:
        found = _said(_after(day))
        sent = sent.about(found)
        for notice in sent.unsent(found):
            told += [(day, one.stage.name) for one in notice.reminders]
            sent = sent.after(notice)
    return told


def test_who_runs_it_daily_sends_each_stage_once_on_its_first_day() -> None:
    expected = [(-30, "30 days"), (-14, "14 days"), (-7, "7 days")]
    expected += [(day, "overdue") for day in (1, 8, 15)]
    assert _run(range(-60, 20)) == expected


@given(st.lists(st.integers(-60, 60), min_size=1).map(sorted))
def test_whichever_days_are_missed_or_repeated_each_stage_is_sent_at_most_once(
    days: list[int],
) -> None:
    told = _run(days)
    stages = [stage_on(SCHEDULE, _after(day)) for day, _ in told]
    assert len(set(stages)) == len(stages)
    last = stage_on(SCHEDULE, _after(days[-1]))
    assert stages[-1:] == ([last] if last else [])


def test_a_new_due_day_and_a_new_address_are_told_anew() -> None:
    (notice,) = _said(_after(-3))
    sent = SentReminders().after(notice)
    later = replace(notice.reminders[0], due=_after(30))
    moved = replace(notice, recipient=replace(notice.recipient, email="new@example.org"))
    assert sent.unsent([notice]) == []
    assert sent.unsent([replace(notice, reminders=(later,))])
    assert sent.unsent([moved]) == [moved]
    assert sent.about([replace(notice, reminders=(later,))]).sent == ()


def _page(path: str, owner: str, reviewed: str) -> Page:
    text = PAGE.replace("platform-lead", owner).replace("2026-10-14", reviewed)
    return parse_page(PageSource(path, path, "en"), text.encode())


def _with_owner(handbook: Handbook, role: str, **changes: object) -> Handbook:
    owners = {**handbook.registers.owners.owners}
    owners[role] = owners[role].model_copy(update=changes)
    return replace(handbook, registers=replace(handbook.registers, owners=Owners(owners=owners)))


@pytest.fixture
def due(handbook: Handbook) -> Handbook:
    """Pages that are overdue, due soon, in order, without a date, and without an owner."""
    pages = [
        _page("docs/soon.md", "platform-lead", "2026-05-27"),
        _page("docs/old.md", "platform-lead", "2026-05-01"),
        _page("docs/good.md", "platform-lead", "2026-11-01"),
        _page("docs/law.md", "legal-lead", "[]"),
        _page("docs/lost.md", "nobody", "2026-05-20"),
    ]
    return replace(handbook, pages=pages)


def _by_address(handbook: Handbook) -> list[tuple[str, str, list[str]]]:
    found = notices(handbook)
    return [(one.recipient.title, one.recipient.email, [r.path for r in one.reminders]) for one in found]


def test_pages_are_told_to_who_answers_for_them_the_most_urgent_first(due: Handbook) -> None:
    assert _by_address(due) == [
        ("Legal lead", "legal@example.org", ["docs/law.md"]),
        ("Platform lead", "social@example.org", ["docs/old.md", "docs/soon.md"]),
        ("Social media lead (pages without an owner)", "social@example.org", ["docs/lost.md"]),
    ]


def test_where_nobody_has_the_role_its_deputy_is_told(due: Handbook) -> None:
    vacant = _with_owner(due, "legal-lead", filled=False, deputy="security-lead")
    assert ("Security lead", "security@example.org", ["docs/law.md"]) in _by_address(vacant)


def test_the_list_says_how_each_page_stands(due: Handbook) -> None:
    assert as_text(notices(due), TODAY) == (
        "Legal lead, legal@example.org\n"
        "  docs/law.md: has no day of a review (A page)\n\n"
        "Platform lead, social@example.org\n"
        "  docs/old.md: overdue since 2026-11-02 (A page)\n"
        "  docs/soon.md: due in 7 days, 2026-11-27 (A page)\n\n"
        "Social media lead (pages without an owner), social@example.org\n"
        "  docs/lost.md: due today, 2026-11-20 (A page)\n"
    )


def test_markdown_shows_titles_as_they_are() -> None:
    one = Reminder("docs/a_b.md", "A | [b](c) @d\n# E", TODAY, Stage("7 days", TODAY), None)
    shown = as_markdown([Notice(Recipient("lead", "Lead", "lead@example.org"), (one,))], TODAY)
    assert shown.splitlines()[-1] == (
        r"| A \| \[b\]\(c\) \@d\\n\# E | docs/a\_b.md | due today, 2026-11-20 |"
    )


def test_json_holds_a_record_for_each_page(due: Handbook) -> None:
    data = json.loads(as_json(notices(due), TODAY))
    assert data["today"] == "2026-11-20"
    assert data["reminders"][0] == {
        "path": "docs/law.md",
        "title": "A page",
        "owner": "legal-lead",
        "to": "legal@example.org",
        "due": None,
        "days": None,
        "stage": "no date",
        "review": None,
    }
    assert [row["days"] for row in data["reminders"]] == [None, -19, 7, 0]
    assert data["reminders"][3]["owner"] is None


def test_without_anything_due_the_list_says_so(handbook: Handbook) -> None:
    assert as_text([], TODAY) == as_markdown([], TODAY) == "Nothing is due in the next 30 days.\n"
    assert json.loads(as_json([], TODAY))["reminders"] == []


def test_a_letter_names_the_command_for_the_pages_in_no_open_review(due: Handbook) -> None:
    record = ReviewRecord(pages=["docs/old.md"])
    reviews = Reviews([ReviewFile("registers/reviews/x.yml", record, LocatedMapping())])
    (_, notice, _) = notices(replace(due, registers=replace(due.registers, reviews=reviews)))
    text = letter_to(notice, TODAY, None)
    assert "overdue since 2026-11-02, in review\n" in text
    assert "\n  handbook review start docs/soon.md\n" in text
    closed = replace(notice, reminders=notice.reminders[:1])
    assert "\n  handbook review status\n" in letter_to(closed, TODAY, None)


def test_a_letter_about_many_pages_names_none_in_the_command() -> None:
    many = tuple(Reminder(f"docs/{n}.md", "A", TODAY, Stage("7 days", TODAY), None) for n in range(11))
    text = letter_to(Notice(Recipient("lead", "Lead", "lead@example.org"), many), TODAY, None)
    assert "\n  handbook review start\n" in text


def test_no_name_or_title_can_add_a_header() -> None:
    hostile = "Lead\r\nBcc: all@example.org"
    one = Reminder("docs/a.md", hostile, TODAY, Stage("7 days", TODAY), None)
    notice = Notice(Recipient("lead", hostile, "lead@example.org"), (one,))
    message = letter(
        address(hostile, "handbook@example.org"),
        address(hostile, notice.recipient.email),
        subject_of(notice, hostile),
        letter_to(notice, TODAY, None),
    )
    head = message.as_bytes().partition(b"\n\n")[0]
    assert b"\nBcc:" not in head
    assert [one.addr_spec for one in message["To"].addresses] == ["lead@example.org"]


@pytest.mark.parametrize(
    "email", ["a,b@example.org", "a@@example.org", "<a@example.org", "a@example.org\r\nX: y"]
)
def test_an_address_that_is_none_is_a_sentence(email: str) -> None:
    with pytest.raises(HandbookError, match="no mail address that can be written to; correct it"):
        address("Lead", email)


def test_what_was_sent_is_read_back(tmp_path: Path) -> None:
    (notice,) = _said(_after(-3))
    undated = replace(notice.reminders[0], path="docs/\udcff.md", due=None)
    sent = SentReminders().after(notice).after(replace(notice, reminders=(undated,)))
    file = tmp_path / "there" / "sent.json"
    assert load_sent(file) == SentReminders()
    for _ in range(2):
        save_sent(file, sent)
        assert load_sent(file) == sent


@pytest.mark.parametrize("content", ["", "[]", '{"sent": [{}]}', '{"sent": 1}', '{"more": []}', "\xff"])
def test_a_file_that_says_something_else_is_told_and_not_forgotten(tmp_path: Path, content: str) -> None:
    file = tmp_path / "sent.json"
    file.write_text(content, encoding="latin-1")
    with pytest.raises(HandbookError, match="does not say which reminders were sent; take it back"):
        load_sent(file)
    assert file.read_text(encoding="latin-1") == content
