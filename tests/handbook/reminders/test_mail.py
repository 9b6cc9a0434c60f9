"""The message, whose headers nobody can forge."""

import pytest

from handbook.errors import HandbookError
from handbook.reminders.letters import letter_to, subject_of
from handbook.reminders.mail import address, letter
from handbook.reminders.notices import Notice, Recipient, Reminder, Stage
from tests.conftest import TODAY


def test_no_name_or_title_can_add_a_header() -> None:
    hostile = "Lead\r\nBcc: all@example.org"
    reminder = Reminder("docs/a.md", hostile, TODAY, Stage("7 days", TODAY), None)
    notice = Notice(Recipient("lead", hostile, "lead@example.org"), (reminder,))
    message = letter(
        address(hostile, "handbook@example.org"),
        address(hostile, notice.recipient.email),
        subject_of(notice, hostile),
        letter_to(notice, TODAY, None),
    )
    head = message.as_bytes().partition(b"\n\n")[0]
    assert b"\nBcc:" not in head
    assert [to.addr_spec for to in message["To"].addresses] == ["lead@example.org"]


@pytest.mark.parametrize(
    "email", ["a,b@example.org", "a@@example.org", "<a@example.org", "a@example.org\r\nX: y"]
)
def test_an_invalid_address_is_an_error(email: str) -> None:
    with pytest.raises(HandbookError, match=r"mail address.*organization\.yml"):
        address("Lead", email)
