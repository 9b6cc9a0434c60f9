"""A change of a page, and the history that a page's changes make up."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final, Literal, NamedTuple, TypeAlias

from handbook.errors import HandbookError
from handbook.git.commit_messages import Significance
from handbook.text.suggestions import did_you_mean

# What stands for an author in data whose role nobody knows.
UNKNOWN_ROLE: Final = "unknown role"


Names: TypeAlias = Literal["names", "roles", "none"]


Authors: TypeAlias = tuple[str | None, ...]


RolesOf: TypeAlias = Callable[[str], tuple[str, ...]]


# A tuple, since a history has tens of thousands.
class Change(NamedTuple):
    """A change of one page, on the day it came to the main branch. What git does not say is None or empty.

    `position` counts the commits of the main branch from its first. `authors` are names or roles, as
    asked for; None stands for somebody whose role is unknown. `before` and `after` are blobs; `path_before`
    differs from `path` where the page was moved.
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
        """Tell whether the text stayed as it was."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class PageHistory:
    """The changes of a page, newest first. `path` is where it lies, or lay before it was taken away."""

    path: str
    changes: tuple[Change, ...]

    @property
    def exists(self) -> bool:
        """Tell whether the page is there after its last change."""
        return self.changes[0].after is not None


@dataclass(frozen=True, slots=True)
class Uncommitted:
    """A page on disk that differs from the main branch: `kind` says how, `waits` for what it waits."""

    path: str
    kind: Literal["new", "changed", "taken away"]
    waits: Literal["not committed yet", "not on the main branch yet"]


@dataclass(frozen=True, slots=True)
class History:
    """The pages that the main branch has or had, by path, and the commits that were left out.

    `pending` has the pages on disk whose text is not in it, where that was asked for.
    """

    pages: Mapping[str, PageHistory]
    left_out: tuple[str, ...]
    pending: tuple[Uncommitted, ...] = ()

    def all_changes(self) -> list[Change]:
        """Return the changes of every page, newest first."""
        every = [change for page in self.pages.values() for change in page.changes]
        return sorted(every, key=lambda change: (-change.position, change.path))


def filter_history(
    history: History, paths: Sequence[str], first: datetime.date | None, last: datetime.date | None
) -> History:
    """Keep these pages, each by a path it has or had, and the changes from `first` to `last`.

    Raises:
        HandbookError: when no page has or had such a path.

    """
    wanted = {path for asked in paths for path in _pages_at(history, asked)}
    begin, end = first or datetime.date.min, last or datetime.date.max
    pages = {
        path: PageHistory(path, tuple(one for one in page.changes if begin <= one.day <= end))
        for path, page in history.pages.items()
        if path in wanted or not paths
    }
    pending = tuple(one for one in history.pending if one.path in wanted or not paths)
    return replace(history, pages=pages, pending=pending)


def _pages_at(history: History, asked: str) -> Sequence[str]:
    """Return the pages that lie at a path; where none does, those that once lay there."""
    path = PurePosixPath(asked.replace("\\", "/")).as_posix()
    now = history.pages.keys() | {one.path for one in history.pending}
    if path in now:
        return [path]
    past: dict[str, list[str]] = {}
    for page in history.pages.values():
        for change in page.changes:
            past.setdefault(change.path_before, []).append(page.path)
    if path not in past:
        raise HandbookError(f"no page is or was at '{asked}'; {did_you_mean(path, now)}")
    return past[path]
