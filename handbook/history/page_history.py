"""Which changes each page saw, and what was said of them, from one pass over git.

The history is that of the main branch: a merge counts on the day it was made, as what it brought, and the
commits that it brought say who wrote it and why.
"""

import datetime
import gc
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import PurePosixPath
from typing import Final, Literal, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from handbook.clock import day_of_commit
from handbook.errors import HandbookError
from handbook.git.commit_messages import Kind, kind, pull_request, reason
from handbook.git.repository import WHOLE_HISTORY, Edit, LoggedCommit, Repository
from handbook.registers.owners import Owners
from handbook.text.redline import Piece, redline
from handbook.text.suggestions import did_you_mean

IGNORED_REVISIONS: Final = ".git-blame-ignore-revs"
# What stands for an author in data whose role nobody knows.
UNKNOWN_ROLE: Final = "unknown role"
Names: TypeAlias = Literal["names", "roles", "none"]
Authors: TypeAlias = tuple[str | None, ...]
RolesOf: TypeAlias = Callable[[str], tuple[str, ...]]
_FULL_NAME: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


# A tuple, since a history has tens of thousands.
class Change(NamedTuple):
    """A change of one page, on the day it came to the main branch. What git does not say is None or empty.

    `place` counts the commits of the main branch from its first. `authors` are names or roles, as was asked
    for; None stands for somebody whose role is unknown. `before` and `after` are blobs; `path_before`
    differs from `path` where the page was moved.
    """

    place: int
    commit: str
    day: datetime.date
    authors: Authors
    reason: str
    pull_request: int | None
    kind: Kind | None
    path_before: str
    path: str
    before: str | None
    after: str | None

    @property
    def is_move_alone(self) -> bool:
        """Tell whether the text stayed as it was."""
        return self.before == self.after


_NO_OWNERS: Final = Owners(owners={})


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
class Pending:
    """A page on disk that is not as the main branch has it: `what` became of it, and where it `waits`."""

    path: str
    what: Literal["new", "changed", "taken away"]
    waits: Literal["not committed yet", "not on the main branch yet"]


@dataclass(frozen=True, slots=True)
class History:
    """The pages that the main branch has or had, by path, and the commits that were left out.

    `pending` has the pages on disk whose text is not in it, where that was asked for.
    """

    pages: Mapping[str, PageHistory]
    left_out: tuple[str, ...]
    pending: tuple[Pending, ...] = ()

    def all_changes(self) -> list[Change]:
        """Return the changes of every page, newest first."""
        every = [change for page in self.pages.values() for change in page.changes]
        return sorted(every, key=lambda change: (-change.place, change.path))


_Brought: TypeAlias = Mapping[str, Sequence[tuple[LoggedCommit, Edit]]]


class _Landing(NamedTuple):
    """A commit of the main branch, and what a merge brought: by file, the commits and edits, oldest first."""

    commit: LoggedCommit
    brought: _Brought | None = None


# The changes of one file, oldest first.
_Thread: TypeAlias = list[Change]


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
    teller = _Teller(ZoneInfo(zone), names, cache(roles_of), ignored)
    with _without_collecting():
        threads, read = _read_threads(repository, tip, teller)
    pages = {
        path: PageHistory(path, tuple(reversed(thread)))
        for path, thread in threads.items()
        if thread and is_page(path)
    }
    return History(pages, tuple(sorted(ignored & read)))


def _read_threads(
    repository: Repository, tip: str, teller: "_Teller"
) -> tuple[Mapping[str, _Thread], Set[str]]:
    """Return the changes of each file, and the names of all commits; what git said of them can then go."""
    commits = {commit.name: commit for commit in teller.heard(repository.log(tip))}
    return _threads(_landings(commits, tip), teller), frozenset(commits)


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


def with_drafts(
    history: History, repository: Repository, branch: str, is_page: Callable[[str], bool]
) -> History:
    """Add the pages on disk that the branch has not got, or not as they are."""
    tip, head = repository.commit(branch), repository.commit("HEAD")
    on_branch = repository.changes_since(tip)
    here = on_branch if head == tip else repository.changes_since(head)
    uncommitted = here.touched | here.moved.keys()
    found = (
        _pending(history, path, (repository.root / path).is_file(), path in uncommitted)
        for path in sorted(on_branch.touched | on_branch.moved.keys())
        if is_page(path)
    )
    return replace(history, pending=tuple(found))


def _pending(history: History, path: str, is_there: bool, is_uncommitted: bool) -> Pending:
    page = history.pages.get(path)
    what: Literal["new", "changed", "taken away"] = "changed" if page and page.exists else "new"
    return Pending(
        path,
        what if is_there else "taken away",
        "not committed yet" if is_uncommitted else "not on the main branch yet",
    )


def narrowed(
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


def redline_of(repository: Repository, change: Change) -> list[Piece]:
    """Compare the text before and after a change; empty where it stayed as it was."""
    if change.is_move_alone:
        return []
    before, after = (
        repository.read(blob).decode("utf-8", "replace") if blob else ""
        for blob in (change.before, change.after)
    )
    return redline(before, after)


def ignored_revisions(text: str) -> frozenset[str]:
    """Read the lines of `.git-blame-ignore-revs`: full names of commits, and comments.

    Raises:
        HandbookError: at the first line that is neither.

    """
    found = set()
    for number, line in enumerate(text.splitlines(), 1):
        name = line.partition("#")[0].strip()
        if name and not _FULL_NAME.fullmatch(name):
            raise HandbookError(
                f"{IGNORED_REVISIONS}:{number}: '{name}' is no full name of a commit;"
                f" write all its characters, as `git rev-parse {name}` shows them"
            )
        found.add(name)
    return frozenset(found - {""})


def _landings(commits: Mapping[str, LoggedCommit], tip: str) -> Iterator[_Landing]:
    """Yield what landed on the branch, oldest first; each commit is brought once."""
    line = [commits[tip]]
    while line[-1].parents:
        line.append(commits[line[-1].parents[0]])
    seen = set()
    for commit in reversed(line):
        seen.add(commit.name)
        if len(commit.parents) < 2:
            yield _Landing(commit)
        else:
            brought = list(_unseen(commits, commit.parents[1:], seen))
            yield _Landing(commit, _by_path(brought[::-1]))


def _unseen(
    commits: Mapping[str, LoggedCommit], names: Iterable[str], seen: set[str]
) -> Iterator[LoggedCommit]:
    """Yield the commits that lead to these and are not known yet, newest first."""
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            yield commits[name]
            waiting += commits[name].parents[::-1]


def _by_path(brought: Iterable[LoggedCommit]) -> _Brought:
    """Sort commits by the files they edited. A merge between branches wrote nothing of its own."""
    found: dict[str, list[tuple[LoggedCommit, Edit]]] = {}
    for commit in brought:
        for edit in commit.edits if len(commit.parents) < 2 else ():
            found.setdefault(edit.path, []).append((commit, edit))
    return found


def _threads(landings: Iterable[_Landing], teller: "_Teller") -> Mapping[str, _Thread]:
    """Follow each file through its moves; it is known by its last path."""
    threads: dict[str, _Thread] = {}
    for place, landing in enumerate(landings):
        for edit in landing.commit.edits:
            path_before, path, before, after = edit
            if path != path_before:
                # A page that was taken away here earlier had the same address: its history stays.
                both = [*threads.pop(path, []), *threads.pop(path_before, [])]
                threads[path] = sorted(both, key=lambda one: one.place)
            if said := teller.said_of(landing, edit):
                change = Change(place, *said, path_before, path, before, after)
                threads.setdefault(path, []).append(change)
    return threads


class _Said(NamedTuple):
    """What is told of a commit, in the order in which a change tells it."""

    commit: str
    day: datetime.date
    authors: Authors
    reason: str
    pull_request: int | None
    kind: Kind | None


@dataclass(frozen=True, slots=True)
class _Teller:
    """Says what is told of an edit, by the organization's choice. Each commit is read once."""

    zone: ZoneInfo
    names: Names
    roles_of: RolesOf
    ignored: frozenset[str]
    known: dict[str, _Said] = field(default_factory=dict)

    def heard(self, log: Iterable[LoggedCommit]) -> Iterator[LoggedCommit]:
        """Pass commits on, and note what each says of itself: git still works on the rest meanwhile."""
        for commit in log:
            said = self._authors(commit), reason(commit), pull_request(commit), kind(commit)
            self.known[commit.name] = _Said(commit.name, self._day(commit), *said)
            yield commit

    def said_of(self, landing: _Landing, edit: Edit) -> _Said | None:
        """Return what is said of an edit, or None where it is left out."""
        name = landing.commit.name
        if name in self.ignored:
            return None
        if landing.brought is None:
            return self.known[name]
        sources = _sources(landing.brought, edit)
        told = [self.known[commit.name] for commit in sources if commit.name not in self.ignored]
        return _said_together(self.known[name], told) if told or not sources else None

    def _day(self, commit: LoggedCommit) -> datetime.date:
        return day_of_commit(commit.name, commit.seconds, self.zone)

    def _authors(self, commit: LoggedCommit) -> Authors:
        """Return who wrote a commit, never by address. What keys tell differs among machines."""
        if self.names == "roles":
            return self.roles_of(commit.address) or (None,)
        is_told = self.names == "names" and commit.author and "@" not in commit.author
        return (commit.author,) if is_told else ()


def _said_together(merge: _Said, sources: Sequence[_Said]) -> _Said:
    """Complete what a merge says of itself by what the commits say that it brought."""
    if not sources:
        return merge
    numbers = {one.pull_request for one in sources} - {None}
    only = numbers.pop() if len(numbers) == 1 else None
    return merge._replace(
        authors=tuple(dict.fromkeys(name for one in sources for name in one.authors)),
        reason=merge.reason or "; ".join(_once(one.reason for one in sources)),
        pull_request=only if merge.pull_request is None else merge.pull_request,
        kind=merge.kind or _kind_of_all({one.kind for one in sources}),
    )


def _once(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text]


def _kind_of_all(kinds: Set[Kind | None]) -> Kind | None:
    """Return what commits are together: substantive if one is, editorial if all are."""
    if Kind.SUBSTANTIVE in kinds:
        return Kind.SUBSTANTIVE
    return Kind.EDITORIAL if kinds == {Kind.EDITORIAL} else None


def _sources(brought: _Brought, edit: Edit) -> list[LoggedCommit]:
    """Return the commits that made of a file what a merge brought, oldest first."""
    found: dict[str, LoggedCommit] = {}
    waiting, known = [edit.path, edit.path_before], set()
    while waiting:
        path = waiting.pop()
        if path not in known:
            known.add(path)
            for commit, one in brought.get(path, ()):
                found[commit.name] = commit
                waiting.append(one.path_before)
    return sorted(found.values(), key=lambda commit: commit.seconds)
