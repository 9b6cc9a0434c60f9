"""The changes of each page and what the commits say about them, from one pass over git.

The history is that of the main branch. A merge is one change on the day it was made; the commits that it
brought say who wrote it and why.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Self, TypeAlias
from zoneinfo import ZoneInfo

from handbook.errors import HandbookError
from handbook.git.repository import WHOLE_HISTORY, Repository
from handbook.history.attribution import Attribution
from handbook.history.beginning import Beginning, foreign_commits
from handbook.history.changes import BranchEnd, Change, History, Names, PageHistory, RolesOf
from handbook.history.commit_dates import commit_days
from handbook.history.ignored_revisions import IGNORED_REVISIONS, ignored_revisions
from handbook.history.main_line import MainlineCommit, mainline_commits
from handbook.text.line_ends import as_read
from handbook.text.redline import Piece, redline

if TYPE_CHECKING:  # The registers take 0.15 seconds to import, in which git works on the log.
    from handbook.registers.organization import Organization
    from handbook.registers.owners import Owners

# The changes of one file, oldest first.
FileHistory: TypeAlias = list[Change]


@dataclass(frozen=True, slots=True)
class HistoryQuery:
    """Which history is read, and how it names authors.

    `roles_of` returns the roles of the person with a mail address; it is called only if `names` is `roles`. A
    commit counts on the day that `commit_days` says, which is not after `today`. What was committed before
    `since` is not shown: a page that has not changed from then on has no changes.
    """

    time_zone: str
    is_page: Callable[[str], bool] = lambda path: path.endswith(".md")
    names: Names = "none"
    roles_of: RolesOf = lambda _: ()
    today: date = date.max
    since: Beginning = None

    @classmethod
    def of(
        cls, organization: "Organization", owners: "Owners", is_page: Callable[[str], bool], today: date
    ) -> Self:
        """Return the query that the settings of an organization ask for."""
        names, since = organization.history_names, organization.history_since
        return cls(organization.time_zone, is_page, names, owners.roles_of, today, since)


def read_history(repository: Repository, branch: str, query: HistoryQuery) -> History:
    """Read the history of every page of a branch, in one run of git.

    Renames are followed. Commits in the branch's `.git-blame-ignore-revs` are left out.

    Raises:
        HandbookError: if the clone is shallow, that list has something other than commits, or the history
            does not have the commit that it begins after.

    """
    if repository.is_shallow:
        raise HandbookError(f"this clone has only the end of the history; {WHOLE_HISTORY}")
    tip = repository.commit(branch)
    ignored = ignored_revisions(repository.file_at_top(tip, IGNORED_REVISIONS) or "")
    attribution = Attribution(
        ZoneInfo(query.time_zone), query.names, cache(query.roles_of), ignored, repository.read
    )
    commits = {commit.name: commit for commit in attribution.record(repository.log(tip))}
    line = list(mainline_commits(commits, tip))
    dates = commit_days(repository, [step.commit for step in line], query.time_zone, query.today)
    foreign = foreign_commits(repository, tip, dates.days, query.since)
    files = file_histories(zip(line, dates.days, strict=True), attribution)
    pages = {
        path: PageHistory(path, own)
        for path, changes in files.items()
        if changes and query.is_page(path)
        if (own := _own_changes(changes, foreign)) or changes[-1].after is not None
    }
    last = dates.days[-1] if len(dates.misdated) < len(line) else date.max
    end = BranchEnd(tip, last, len(line), foreign)
    return History(pages, tuple(sorted(ignored & commits.keys())), misdated=dates.misdated, end=end)


def _own_changes(changes: FileHistory, foreign: int) -> tuple[Change, ...]:
    """Return the changes of a page from the commit with the number `foreign` on, newest first."""
    return tuple(change for change in reversed(changes) if change.position >= foreign)


def texts_of(repository: Repository, change: Change) -> tuple[str, str]:
    """Return the text of a page before and after a change; without a page it is empty."""
    before, after = (as_read(repository.read(blob)) if blob else "" for blob in (change.before, change.after))
    return before, after


def redline_of(repository: Repository, change: Change) -> list[Piece]:
    """Compare the text before and after a change. The redline of a move alone is empty."""
    return [] if change.is_move_alone else redline(*texts_of(repository, change))


def file_histories(
    mainline_commits: Iterable[tuple[MainlineCommit, date]], attribution: Attribution, first: int = 0
) -> Mapping[str, FileHistory]:
    """Follow each file through its moves; its key is its last path. Positions begin with `first`."""
    histories: dict[str, FileHistory] = {}
    for position, (mainline_commit, day) in enumerate(mainline_commits, first):
        for file_change in mainline_commit.commit.file_changes:
            path_before, path, before, after = file_change
            if path != path_before:
                # A page that was deleted earlier had the same address: its history is kept.
                both = [*histories.pop(path, []), *histories.pop(path_before, [])]
                histories[path] = sorted(both, key=attrgetter("position"))
            if facts := attribution.facts_of(mainline_commit, file_change):
                dated = facts if facts.day == day else facts._replace(day=day)
                change = Change(position, *dated, path_before, path, before, after)
                histories.setdefault(path, []).append(change)
    return histories
