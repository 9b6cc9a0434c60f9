"""Remembers which reminders were sent, so that a repeated run sends none twice.

The file is not part of the handbook: it belongs to the machine that sends. It stays small because
reminders about pages that have been reviewed since are dropped.
"""

import datetime
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from handbook.errors import HandbookError
from handbook.files.atomic_write import write_text
from handbook.reminders.notices import Notice, Reminder
from handbook.text.quoting import one_line
from handbook.yaml.record import Record


class SentReminder(Record):
    """The page, due day and stage of a reminder, and the address that it was sent to."""

    page: str
    due: datetime.date | None
    stage: str
    since: datetime.date | None
    to: str


class SentReminders(Record):
    """The content of the file."""

    sent: tuple[SentReminder, ...] = ()

    def unsent(self, notices: Iterable[Notice]) -> list[Notice]:
        """Return the notices with only the reminders that their recipients have not been sent yet."""
        rest = (replace(notice, reminders=tuple(self._unsent(notice))) for notice in notices)
        return [notice for notice in rest if notice.reminders]

    def _unsent(self, notice: Notice) -> Iterable[Reminder]:
        known = set(self.sent)
        pairs = zip(notice.reminders, sent_reminders(notice), strict=True)
        return (reminder for reminder, sent in pairs if sent not in known)

    def after(self, notice: Notice) -> "SentReminders":
        """Return what is remembered once a notice was sent."""
        return SentReminders(sent=(*self.sent, *sent_reminders(notice)))

    def about(self, notices: Iterable[Notice]) -> "SentReminders":
        """Return what is remembered of the pages that are still due on the same day."""
        due = {(sent.page, sent.due) for notice in notices for sent in sent_reminders(notice)}
        return SentReminders(sent=tuple(sent for sent in self.sent if (sent.page, sent.due) in due))


def sent_reminders(notice: Notice) -> list[SentReminder]:
    """Return what to remember of a notice, one record for each page."""
    return [
        SentReminder(
            page=one_line(reminder.path),
            due=reminder.due,
            stage=" ".join(filter(None, (reminder.stage.name, reminder.stage.state))),
            since=reminder.stage.since,
            to=notice.recipient.email,
        )
        for reminder in notice.reminders
    ]


def load_sent(file: Path) -> SentReminders:
    """Read the file; if there is none, nothing has been sent.

    Raises:
        HandbookError: if it cannot be read, or has other content.

    """
    try:
        return SentReminders.model_validate_json(file.read_bytes())
    except FileNotFoundError:
        return SentReminders()
    except OSError as error:
        raise HandbookError(f"{file} cannot be read ({error.strerror}); name another with --sent") from None
    except ValidationError:
        raise HandbookError(
            f"{file} does not say which reminders were sent; restore it from a backup, or delete it to send"
            " everything that is due once more"
        ) from None


def save_sent(file: Path, sent: SentReminders) -> None:
    """Write the file, either completely or not at all.

    Raises:
        HandbookError: if it cannot be written.

    """
    write_text(file, sent.model_dump_json(indent=2) + "\n")
