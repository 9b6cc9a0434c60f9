"""Which changes each page saw, and what was said of them, from one pass over git.

The history is that of the main branch: a merge counts on the day it was made, as what it brought, and the
commits that it brought say who wrote it and why.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from functools import cache
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from handbook.errors import HandbookError
from handbook.git.repository import WHOLE_HISTORY, Repository
from handbook.history.attribution import Attribution
from handbook.history.changes import Change, History, Names, PageHistory, RolesOf
from handbook.history.ignored_revisions import IGNORED_REVISIONS, ignored_revisions
from handbook.history.main_line import MainlineCommit, mainline_commits
from handbook.registers.owners import Owners
from handbook.text.redline import Piece, redline

_NO_OWNERS: Final = Owners(owners={})


# The changes of one file, oldest first.
FileHistory: TypeAlias = list[Change]


def read_history(
    repository: Repository,
    branch: str,
    zone: str,
    names: Names = "none",
    is_page: Callable[[str], bool] = lambda path: path.endswith(".md"),
    roles_of: RolesOf = _NO_OWNERS.roles_of,
) -> History:
    """Read the history of every page of a branch, in one run of git.

    Renames are followed. Commits that `.git-blame-ignore-revs` of the branch lists are left out. `roles_of`
    says which roles somebody holds, by mail address; it is asked where `names` is `roles`.

    Raises:
        HandbookError: when the clone is shallow, or that list holds something else.

    """
    if repository.is_shallow:
        raise HandbookError(f"this clone has only the end of the history; {WHOLE_HISTORY}")
    tip = repository.commit(branch)
    ignored = ignored_revisions(repository.file_at_top(tip, IGNORED_REVISIONS) or "")
    attribution = Attribution(ZoneInfo(zone), names, cache(roles_of), ignored)
    with _without_collecting():
        file_histories, read = _read_file_histories(repository, tip, attribution)
    pages = {
        path: PageHistory(path, tuple(reversed(thread)))
        for path, thread in file_histories.items()
        if thread and is_page(path)
    }
    return History(pages, tuple(sorted(ignored & read)))


def _read_file_histories(
    repository: Repository, tip: str, attribution: "Attribution"
) -> tuple[Mapping[str, FileHistory], Set[str]]:
    """Return the changes of each file, and the names of all commits; what git said of them can then go."""
    commits = {commit.name: commit for commit in attribution.record(repository.log(tip))}
    return _file_histories(mainline_commits(commits, tip), attribution), frozenset(commits)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Let Python not look for garbage while it makes what stays: that took a quarter of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def redline_of(repository: Repository, change: Change) -> list[Piece]:
    """Compare the text before and after a change; empty where it stayed as it was."""
    if change.is_move_alone:
        return []
    before, after = (
        repository.read(blob).decode("utf-8", "replace") if blob else ""
        for blob in (change.before, change.after)
    )
    return redline(before, after)


def _file_histories(
    mainline_commits: Iterable[MainlineCommit], attribution: "Attribution"
) -> Mapping[str, FileHistory]:
    """Follow each file through its moves; it is known by its last path."""
    file_histories: dict[str, FileHistory] = {}
    for position, mainline_commit in enumerate(mainline_commits):
        for file_change in mainline_commit.commit.file_changes:
            path_before, path, before, after = file_change
            if path != path_before:
                # A page that was taken away here earlier had the same address: its history stays.
                both = [*file_histories.pop(path, []), *file_histories.pop(path_before, [])]
                file_histories[path] = sorted(both, key=lambda one: one.position)
            if said := attribution.facts_of(mainline_commit, file_change):
                change = Change(position, *said, path_before, path, before, after)
                file_histories.setdefault(path, []).append(change)
    return file_histories
