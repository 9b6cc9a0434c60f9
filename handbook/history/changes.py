"""A change of a page, and the history that these changes make up."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final, Literal, NamedTuple, TypeAlias

from handbook.errors import HandbookError
from handbook.git.commit_messages import Significance
from handbook.history.commit_dates import MisdatedCommit
from handbook.text.suggestions import did_you_mean

# Shown in datasets for an author whose role is not known.
UNKNOWN_ROLE: Final = "unknown role"

Names: TypeAlias = Literal["names", "roles", "none"]
Authors: TypeAlias = tuple[str | None, ...]
# Returns the roles of somebody by mail address.
RolesOf: TypeAlias = Callable[[str], tuple[str, ...]]


# A tuple, because a history has tens of thousands.
class Change(NamedTuple):
    """A change of one page, on the day it came to the main branch. What git does not say is None or empty.

    `position` counts the commits of the main branch from its first. `authors` are names or roles, as the
    reader of the history asked; None is somebody whose role is not known. `before` and `after` are blobs.
    If the page was moved, `path_before` differs from `path`.
    """

    position: int
    commit: str
    day: datetime.date
    authors: Authors
    reason: str
    pull_request: int | None
    significance: Significance | None
    path_before: str
    path: str
    before: str | None
    after: str | None

    @property
    def is_move_alone(self) -> bool:
        """Whether the text is the same before and after."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class PageHistory:
    """The changes of a page, newest first. `path` is its last one, even if the page was deleted.

    There are none if it has not changed since the handbook's own history began.
    """

    path: str
    changes: tuple[Change, ...]

    @property
    def exists(self) -> bool:
        """Whether the page exists after its last change."""
        return not self.changes or self.changes[0].after is not None


@dataclass(frozen=True, slots=True)
class Uncommitted:
    """A page on disk that differs from the main branch: `kind` says how, and `waits` what is missing."""

    path: str
    kind: Literal["new", "changed", "taken away"]
    waits: Literal["not committed yet", "not on the main branch yet"]


@dataclass(frozen=True, slots=True)
class BranchEnd:
    """Where a branch ended when it was read: its last commit, and the day on which that counts.

    Without a commit whose day is possible, it is the last of all days, because the first such commit decides
    when the others count. The branch has so many `commits`; `foreign` are from before its own history.
    """

    tip: str
    day: datetime.date
    commits: int
    foreign: int


_UNREAD: Final = BranchEnd("", datetime.date.min, 0, 0)


@dataclass(frozen=True, slots=True)
class History:
    """The pages that the main branch has or had, by path, and the commits that were left out.

    `pending` has the pages on disk that differ from it; it is empty unless `with_uncommitted` filled it.
    `misdated` has the commits of the branch that do not count on their own day. It was read up to `end`.
    """

    pages: Mapping[str, PageHistory]
    left_out: tuple[str, ...]
    pending: tuple[Uncommitted, ...] = ()
    misdated: tuple[MisdatedCommit, ...] = ()
    end: BranchEnd = _UNREAD

    def all_changes(self) -> list[Change]:
        """Return the changes of every page, newest first."""
        every = [change for page in self.pages.values() for change in page.changes]
        return sorted(every, key=lambda change: (-change.position, change.path))


def filter_history(
    history: History, paths: Sequence[str], first: datetime.date | None, last: datetime.date | None
) -> History:
    """Keep the changes from `first` to `last` of the pages that have or had these paths, or of all pages.

    Raises:
        HandbookError: if no page has or had one of the paths.

    """
    wanted = {path for asked in paths for path in _pages_at(history, asked)}
    begin, end = first or datetime.date.min, last or datetime.date.max
    pages = {
        path: PageHistory(path, tuple(change for change in page.changes if begin <= change.day <= end))
        for path, page in history.pages.items()
        if path in wanted or not paths
    }
    pending = tuple(page for page in history.pending if page.path in wanted or not paths)
    return replace(history, pages=pages, pending=pending)


def _pages_at(history: History, asked: str) -> Sequence[str]:
    """Return the page at a path, or if there is none, the pages that were once there."""
    path = PurePosixPath(asked.replace("\\", "/")).as_posix()
    now = history.pages.keys() | {page.path for page in history.pending}
    if path in now:
        return [path]
    past: dict[str, list[str]] = {}
    for page in history.pages.values():
        for change in page.changes:
            past.setdefault(change.path_before, []).append(page.path)
    if path not in past:
        raise HandbookError(f"no page is or was at '{asked}'; {did_you_mean(path, now)}")
    return past[path]
