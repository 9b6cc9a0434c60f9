"""Remembers which reminders were sent, so that a repeated run repeats nothing.

The file is no part of the handbook: it belongs to the machine that sends. It is small, since what is
said of a page that has been reviewed since is forgotten.
"""

import datetime
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from handbook.errors import HandbookError
from handbook.files.atomic_write import write_text
from handbook.record import Record
from handbook.reminders.notices import Notice
from handbook.text.quoting import one_line


class SentReminder(Record):
    """That a page was at a stage, for a due day, and who was told."""

    page: str
    due: datetime.date | None
    stage: str
    since: datetime.date
    to: str


class SentReminders(Record):
    """What stands in the file."""

    sent: tuple[SentReminder, ...] = ()

    def unsent(self, notices: Iterable[Notice]) -> list[Notice]:
        """Return the notices with only what their recipient has not been told yet."""
        known = set(self.sent)
        rest = (
            replace(
                notice,
                reminders=tuple(
                    reminder
                    for reminder, said in zip(notice.reminders, said_in(notice), strict=True)
                    if said not in known
                ),
            )
            for notice in notices
        )
        return [notice for notice in rest if notice.reminders]

    def after(self, notice: Notice) -> "SentReminders":
        """Return what is remembered once a notice was sent."""
        return SentReminders(sent=(*self.sent, *said_in(notice)))

    def about(self, notices: Iterable[Notice]) -> "SentReminders":
        """Return what is remembered of pages that are still due on the same day."""
        due = {(said.page, said.due) for notice in notices for said in said_in(notice)}
        return SentReminders(sent=tuple(one for one in self.sent if (one.page, one.due) in due))


def said_in(notice: Notice) -> list[SentReminder]:
    """Return what a notice says, one record a page."""
    return [
        SentReminder(
            page=one_line(one.path),
            due=one.due,
            stage=one.stage.name,
            since=one.stage.since,
            to=notice.recipient.email,
        )
        for one in notice.reminders
    ]


def load_sent(file: Path) -> SentReminders:
    """Read the file; without it, nothing was sent.

    Raises:
        HandbookError: when it cannot be read, or says something else.

    """
    try:
        return SentReminders.model_validate_json(file.read_bytes())
    except FileNotFoundError:
        return SentReminders()
    except OSError as error:
        raise HandbookError(f"{file} cannot be read ({error.strerror}); name another with --sent") from None
    except ValidationError:
        raise HandbookError(
            f"{file} does not say which reminders were sent; take it back from a backup, or delete it, and"
            " everything that is due is sent once more"
        ) from None


def save_sent(file: Path, sent: SentReminders) -> None:
    """Write the file, whole or not at all.

    Raises:
        HandbookError: when it cannot be written.

    """
    write_text(file, sent.model_dump_json(indent=2) + "\n")
