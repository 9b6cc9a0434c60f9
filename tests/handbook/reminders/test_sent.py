"""What is remembered of the reminders that were sent."""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.due_dates import ReviewSchedule
from handbook.errors import HandbookError
from handbook.reminders.notices import Notice, Recipient, Reminder, stage_on
from handbook.reminders.sent import SentReminders, load_sent, save_sent

DUE = datetime.date(2027, 2, 20)
SCHEDULE = ReviewSchedule(datetime.date(2026, 8, 20), DUE)


def _after(days: int) -> datetime.date:
    return DUE + datetime.timedelta(days=days)


def _notices_on(day: datetime.date) -> list[Notice]:
    stage = stage_on(SCHEDULE, day)
    reminders = (Reminder("docs/a.md", "A", DUE, stage, None),) if stage else ()
    return [Notice(Recipient("lead", "Lead", "lead@example.org"), reminders)]


def _run(days: Sequence[int]) -> list[tuple[int, str]]:
    """Run on each of these days; return the days on which something was sent, and the stages."""
    sent, log = SentReminders(), []
    for day in days:
        current = _notices_on(_after(day))
        sent = sent.about(current)
        for notice in sent.unsent(current):
            log += [(day, reminder.stage.name) for reminder in notice.reminders]
            sent = sent.after(notice)
    return log


def test_who_runs_it_daily_sends_each_stage_once_on_its_first_day() -> None:
    expected = [(-30, "30 days"), (-14, "14 days"), (-7, "7 days")]
    expected += [(day, "overdue") for day in (1, 8, 15)]
    assert _run(range(-60, 20)) == expected


@given(st.lists(st.integers(-60, 60), min_size=1).map(sorted))
def test_whichever_days_are_missed_or_repeated_each_stage_is_sent_at_most_once(
    days: list[int],
) -> None:
    stages = [stage_on(SCHEDULE, _after(day)) for day, _ in _run(days)]
    assert len(set(stages)) == len(stages)
    last = stage_on(SCHEDULE, _after(days[-1]))
    assert stages[-1:] == ([last] if last else [])


def test_a_new_due_day_and_a_new_address_are_sent_anew() -> None:
    (notice,) = _notices_on(_after(-3))
    sent = SentReminders().after(notice)
    later = replace(notice.reminders[0], due=_after(30))
    moved = replace(notice, recipient=replace(notice.recipient, email="new@example.org"))
    assert sent.unsent([notice]) == []
    assert sent.unsent([replace(notice, reminders=(later,))])
    assert sent.unsent([moved]) == [moved]
    assert sent.about([replace(notice, reminders=(later,))]).sent == ()


def test_what_was_sent_is_read_back(tmp_path: Path) -> None:
    (notice,) = _notices_on(_after(-3))
    undated = replace(notice.reminders[0], path="docs/\udcff.md", due=None)
    sent = SentReminders().after(notice).after(replace(notice, reminders=(undated,)))
    file = tmp_path / "there" / "sent.json"
    assert load_sent(file) == SentReminders()
    for _ in range(2):
        save_sent(file, sent)
        assert load_sent(file) == sent


@pytest.mark.parametrize("content", ["", "[]", '{"sent": [{}]}', '{"sent": 1}', '{"more": []}', "\xff"])
def test_a_file_that_says_something_else_is_an_error_and_is_kept(tmp_path: Path, content: str) -> None:
    file = tmp_path / "sent.json"
    file.write_text(content, encoding="latin-1")
    with pytest.raises(HandbookError, match=r"sent\.json .*backup"):
        load_sent(file)
    assert file.read_text(encoding="latin-1") == content
