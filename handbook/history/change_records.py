"""The changes of pages as a dataset."""

import datetime
from typing import Literal

from pydantic import Field

from handbook.history.changes import UNKNOWN_ROLE, Change, History
from handbook.yaml.record import Record


class ChangeLine(Record):
    """A change of one page, on the day it came to the main branch."""

    page: str = Field(description="The file of the page today, from the folder of the handbook.")
    day: datetime.date = Field(description="The day on which the change came to the main branch.")
    what: Literal["new", "changed", "moved", "taken away"] = Field(description="What happened to the page.")
    reason: str | None = Field(description="Why, as the commit or the pull request says.")
    kind: Literal["substantive", "editorial"] | None = Field(
        description="Whether the page says something else, or the same in other words; null if nobody said."
    )
    pull_request: int | None = Field(description="The number of the pull request, if the commit names it.")
    authors: tuple[str, ...] = Field(
        description="Who wrote it, by name or by role, as the organization chose; empty if it shows none."
    )
    path_before: str | None = Field(description="Where the page was before it was moved, otherwise null.")
    path_after: str = Field(description="Where the page was after the change.")
    commit: str = Field(description="The full name of the commit that brought the change.")


class ChangeLines(Record):
    """Every change of the pages of this site, up to the commit that it was built from."""

    changes: tuple[ChangeLine, ...] = Field(description="The changes, the newest first.")


def change_lines(history: History) -> ChangeLines:
    """Return the dataset of a history, newest change first."""
    rows = sorted(
        ((page.path, change) for page in history.pages.values() for change in page.changes),
        key=lambda row: (-row[1].position, row[0]),
    )
    return ChangeLines(changes=tuple(_change(path, change) for path, change in rows))


def _change(page: str, change: Change) -> ChangeLine:
    moved = change.path_before != change.path
    gone = change.after is None
    return ChangeLine(
        page=page,
        day=change.day,
        what="new" if change.before is None else "taken away" if gone else "moved" if moved else "changed",
        reason=change.reason or None,
        kind=change.significance.value if change.significance else None,
        pull_request=change.pull_request,
        authors=tuple(author or UNKNOWN_ROLE for author in change.authors),
        path_before=change.path_before if moved else None,
        path_after=change.path,
        commit=change.commit,
    )
