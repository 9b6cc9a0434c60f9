"""Who made a change, and why, according to its commits."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
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
    """The commit's facts that each Change repeats, in the order of its fields. `day` is its own day."""

    commit: str
    day: datetime.date
    authors: Authors
    reason: str
    pull_request: int | None
    significance: Significance | None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Attributes file changes to roles or names, as the organization chooses. It reads each commit once.

    `read` returns what is in a blob. It is asked only about merges that no commit of theirs explains.
    """

    zone: ZoneInfo
    names: Names
    roles_of: RolesOf
    ignored: frozenset[str]
    read: Callable[[str], bytes]
    known: dict[str, CommitFacts] = field(default_factory=dict)

    def record(self, log: Iterable[LogEntry]) -> Iterator[LogEntry]:
        """Note the facts of each commit and pass it on, while git works on the rest."""
        for commit in log:
            statements = self._authors(commit), reason(commit), pull_request(commit), significance(commit)
            self.known[commit.name] = CommitFacts(commit.name, self._day(commit), *statements)
            yield commit

    def facts_of(self, mainline_commit: MainlineCommit, file_change: FileChange) -> CommitFacts | None:
        """Return the facts of a file change, or None if only ignored commits made it."""
        name = mainline_commit.commit.name
        if name in self.ignored:
            return None
        if mainline_commit.merged_commits is None:
            return self.known[name]
        sources = _sources(mainline_commit.merged_commits, file_change)
        facts = [self.known[commit.name] for commit in sources if commit.name not in self.ignored]
        if sources and not self._is_brought(mainline_commit.merged_commits, file_change):
            facts.append(self.known[name])
        return _merged_facts(self.known[name], facts) if facts or not sources else None

    def _is_brought(self, merged_commits: MergedCommits, file_change: FileChange) -> bool:
        """Tell whether a merge only brought together what others wrote, line by line."""
        brought = [change.after for _, change in merged_commits.get(file_change.path, ())]
        if file_change.after in brought:
            return True
        now, before, *sides = map(self._lines, (file_change.after, file_change.before, *brought))
        return now <= before.union(*sides) and before.intersection(*sides) <= now

    def _lines(self, blob: str | None) -> frozenset[bytes]:
        return frozenset(self.read(blob).splitlines() if blob else ())

    def _day(self, commit: LogEntry) -> datetime.date:
        return day_of_commit(commit.name, commit.seconds, self.zone)

    def _authors(self, commit: LogEntry) -> Authors:
        """Return who wrote a commit, never an address. Keys are not asked: machines know different ones."""
        if self.names == "roles":
            return self.roles_of(commit.address) or (None,)
        is_shown = self.names == "names" and commit.author and "@" not in commit.author
        return (commit.author,) if is_shown else ()


def _merged_facts(merge: CommitFacts, sources: Sequence[CommitFacts]) -> CommitFacts:
    """Fill the gaps in a merge's facts with those of the commits that it brought."""
    if not sources:
        return merge
    numbers = {source.pull_request for source in sources} - {None}
    only = numbers.pop() if len(numbers) == 1 else None
    return merge._replace(
        authors=tuple(dict.fromkeys(name for source in sources for name in source.authors)),
        reason=merge.reason or "; ".join(_unique(source.reason for source in sources)),
        pull_request=only if merge.pull_request is None else merge.pull_request,
        significance=merge.significance or combined_significance(source.significance for source in sources),
    )


def _unique(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text]


def _sources(merged_commits: MergedCommits, file_change: FileChange) -> list[LogEntry]:
    """Return the commits that made a merge's change of a file, oldest first."""
    sources: dict[str, LogEntry] = {}
    waiting, seen = [file_change.path, file_change.path_before], set()
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen.add(path)
            for commit, earlier in merged_commits.get(path, ()):
                sources[commit.name] = commit
                waiting.append(earlier.path_before)
    return sorted(sources.values(), key=attrgetter("seconds"))
