"""Who made a change, and why, according to its commits."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from zoneinfo import ZoneInfo

from handbook.clock import day_of_commit
from handbook.git.commit_messages import (
    Significance,
    combined_significance,
    pull_request,
    reason,
    significance,
)
from handbook.git.log import FileChange, LogEntry
from handbook.history.changes import Authors, Names, RolesOf
from handbook.history.main_line import MainlineCommit, MergedCommits


class CommitFacts(NamedTuple):
    """What is told of a commit, in the order in which a change tells it."""

    commit: str
    day: datetime.date
    authors: Authors
    reason: str
    pull_request: int | None
    significance: Significance | None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Attributes file changes to roles or names, as the organization chooses; reads each commit once."""

    zone: ZoneInfo
    names: Names
    roles_of: RolesOf
    ignored: frozenset[str]
    known: dict[str, CommitFacts] = field(default_factory=dict)

    def record(self, log: Iterable[LogEntry]) -> Iterator[LogEntry]:
        """Pass commits on, and note what each says of itself: git still works on the rest meanwhile."""
        for commit in log:
            said = self._authors(commit), reason(commit), pull_request(commit), significance(commit)
            self.known[commit.name] = CommitFacts(commit.name, self._day(commit), *said)
            yield commit

    def facts_of(self, mainline_commit: MainlineCommit, file_change: FileChange) -> CommitFacts | None:
        """Return the facts of a file change, or None if it is left out."""
        name = mainline_commit.commit.name
        if name in self.ignored:
            return None
        if mainline_commit.merged_commits is None:
            return self.known[name]
        sources = _sources(mainline_commit.merged_commits, file_change)
        told = [self.known[commit.name] for commit in sources if commit.name not in self.ignored]
        return _merged_facts(self.known[name], told) if told or not sources else None

    def _day(self, commit: LogEntry) -> datetime.date:
        return day_of_commit(commit.name, commit.seconds, self.zone)

    def _authors(self, commit: LogEntry) -> Authors:
        """Return who wrote a commit, never by address. What keys tell differs among machines."""
        if self.names == "roles":
            return self.roles_of(commit.address) or (None,)
        is_told = self.names == "names" and commit.author and "@" not in commit.author
        return (commit.author,) if is_told else ()


def _merged_facts(merge: CommitFacts, sources: Sequence[CommitFacts]) -> CommitFacts:
    """Complete what a merge says of itself by what the commits say that it brought."""
    if not sources:
        return merge
    numbers = {one.pull_request for one in sources} - {None}
    only = numbers.pop() if len(numbers) == 1 else None
    return merge._replace(
        authors=tuple(dict.fromkeys(name for one in sources for name in one.authors)),
        reason=merge.reason or "; ".join(_unique(one.reason for one in sources)),
        pull_request=only if merge.pull_request is None else merge.pull_request,
        significance=merge.significance or combined_significance(one.significance for one in sources),
    )


def _unique(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text]


def _sources(merged_commits: MergedCommits, file_change: FileChange) -> list[LogEntry]:
    """Return the commits that made of a file what a merge brought, oldest first."""
    found: dict[str, LogEntry] = {}
    waiting, known = [file_change.path, file_change.path_before], set()
    while waiting:
        path = waiting.pop()
        if path not in known:
            known.add(path)
            for commit, one in merged_commits.get(path, ()):
                found[commit.name] = commit
                waiting.append(one.path_before)
    return sorted(found.values(), key=lambda commit: commit.seconds)
