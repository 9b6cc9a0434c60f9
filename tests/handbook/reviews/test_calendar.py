"""Calendars show texts as they were written, and nothing in one adds a line."""

import datetime

import pytest
from icalendar import Calendar

from handbook.reviews.calendar import DueDay, as_calendar

STAMP = datetime.datetime(2026, 11, 20, tzinfo=datetime.UTC)


def _summary(text: str) -> str:
    due = DueDay("docs/a.md", datetime.date(2026, 11, 30), text, text, "people-lead", None)
    (event,) = Calendar.from_ical(as_calendar(text, [due], STAMP)).events
    return str(event["summary"])


@pytest.mark.parametrize(
    "text",
    ["Crise\u00a0: que faire\u202f?", "act 👩\u200d👩\u200d👧 now", "می\u200cشود", "क्\u200dष", "מדיניות"],
)
def test_an_event_shows_a_title_as_it_was_written(text: str) -> None:
    assert _summary(text) == text


@pytest.mark.parametrize("text", ["a\r\nBEGIN:VALARM", "a\x1b[31m", "a\u202egnp", "a\u2028b"])
def test_an_event_shows_control_characters_as_escapes(text: str) -> None:
    assert _summary(text).isprintable()
