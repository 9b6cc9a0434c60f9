"""What came to a branch after it was read, if that can be said without reading the rest again."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from handbook.git.repository import Repository
from handbook.history.attribution import Attribution
from handbook.history.changes import BranchEnd, History, PageHistory
from handbook.history.commit_dates import commit_days
from handbook.history.ignored_revisions import IGNORED_REVISIONS, ignored_revisions
from handbook.history.keeping.history_settings import HistorySettings
from handbook.history.main_line import MainlineCommit, mainline_commits
from handbook.history.page_history import file_histories


class LaterChanges(NamedTuple):
    """The changes after the end of a branch, and the pages that exist after them."""

    history: History
    pages: frozenset[str]


def later_changes(
    repository: Repository, tip: str, end: BranchEnd, pages: frozenset[str], settings: HistorySettings
) -> LaterChanges | None:
    """Return the changes from the end of a branch, after which `pages` exist, to the tip that it has now.

    None if what is known of earlier commits may be different by now: after a rebase, for example, or if a
    commit has an impossible date, or a file became a page by moving.

    Raises:
        HandbookError: if git does not know the commit that the history begins after.

    """
    ignored = _still_ignored(repository, tip, end.tip)
    if ignored is None:
        return None
    attribution = Attribution(
        ZoneInfo(settings.time_zone), settings.names, cache(settings.roles_of), ignored, repository.read
    )
    commits = {commit.name: commit for commit in attribution.record(repository.log(tip, end.tip))}
    line = list(mainline_commits(commits, tip))
    days = None if ignored & commits.keys() else _days(repository, tip, line, end, settings)
    if days is None or not _pages_stay_pages(line, settings.is_page):
        return None
    files = file_histories(zip(line, days, strict=True), attribution, end.commits)
    changed = {
        path: PageHistory(path, tuple(reversed(changes)))
        for path, changes in files.items()
        if changes and settings.is_page(path)
    }
    now = BranchEnd(tip, days[-1], end.commits + len(line), end.foreign)
    return LaterChanges(History(changed, (), end=now), _pages_after(pages, line, settings.is_page))


def _still_ignored(repository: Repository, tip: str, earlier: str) -> frozenset[str] | None:
    """Return the commits that the history leaves out, or None if these are others than at an earlier tip."""
    if not repository.has_ancestor(tip, earlier):
        return None
    before, now = (repository.file_at_top(commit, IGNORED_REVISIONS) for commit in (earlier, tip))
    return ignored_revisions(now or "") if before == now else None


def _days(
    repository: Repository,
    tip: str,
    line: Sequence[MainlineCommit],
    end: BranchEnd,
    settings: HistorySettings,
) -> Sequence[date] | None:
    """Return the days of commits that follow the end of a branch; None if they do not, or may change others.

    A day that is possible changes no earlier one, because editions that have these commits are later, too.
    """
    if line[0].commit.parents[:1] != (end.tip,):
        return None
    dates = commit_days(repository, [step.commit for step in line], settings.time_zone, settings.today)
    is_later = not dates.misdated and dates.days[0] >= end.day
    return dates.days if is_later and _begins_as_before(repository, tip, end, len(line), settings) else None


def _begins_as_before(
    repository: Repository, tip: str, end: BranchEnd, later: int, settings: HistorySettings
) -> bool:
    """Tell whether the branch's own history begins with the same commit as before."""
    since = settings.since
    if isinstance(since, str):
        return end.commits + later - repository.commits_after(since, tip) == end.foreign
    return end.foreign < end.commits


def _pages_stay_pages(line: Iterable[MainlineCommit], is_page: Callable[[str], bool]) -> bool:
    """Tell whether every file that moved is a page before and after, or neither."""
    return all(
        is_page(change.path_before) == is_page(change.path)
        for step in line
        for change in step.commit.file_changes
        if change.path_before != change.path
    )


def _pages_after(
    pages: frozenset[str], line: Iterable[MainlineCommit], is_page: Callable[[str], bool]
) -> frozenset[str]:
    """Return the pages that exist after some commits."""
    existing = set(pages)
    for step in line:
        for change in step.commit.file_changes:
            existing.discard(change.path_before)
            if change.after is None:
                existing.discard(change.path)
            elif is_page(change.path):
                existing.add(change.path)
    return frozenset(existing)
