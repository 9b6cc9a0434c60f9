"""Who made a change, and why, according to its commits."""

import datetime
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple
from zoneinfo import ZoneInfo

from handbook.clock import day_of_commit
from handbook.git.commit_messages import Kind, kind, pull_request, reason
from handbook.git.log import Edit, LoggedCommit
from handbook.history.changes import Authors, Names, RolesOf
from handbook.history.main_line import Landing, _Brought


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

    def said_of(self, landing: Landing, edit: Edit) -> _Said | None:
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
