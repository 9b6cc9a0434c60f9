"""The main branch as a line of commits, each with what its merges brought in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from handbook.git.log import FileChange, LogEntry

MergedCommits: TypeAlias = Mapping[str, Sequence[tuple[LogEntry, FileChange]]]


class MainlineCommit(NamedTuple):
    """A commit of the main branch. `merged_commits` lists by file what a merge brought, oldest first."""

    commit: LogEntry
    merged_commits: MergedCommits | None = None


def mainline_commits(commits: Mapping[str, LogEntry], tip: str) -> Iterator[MainlineCommit]:
    """Yield what landed on the branch, oldest first; each commit is brought once."""
    line = [commits[tip]]
    while line[-1].parents:
        line.append(commits[line[-1].parents[0]])
    seen = set()
    for commit in reversed(line):
        seen.add(commit.name)
        if len(commit.parents) < 2:
            yield MainlineCommit(commit)
        else:
            merged_commits = list(_unseen(commits, commit.parents[1:], seen))
            yield MainlineCommit(commit, _by_path(merged_commits[::-1]))


def _unseen(commits: Mapping[str, LogEntry], names: Iterable[str], seen: set[str]) -> Iterator[LogEntry]:
    """Yield the commits that lead to these and are not known yet, newest first."""
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            yield commits[name]
            waiting += commits[name].parents[::-1]


def _by_path(merged_commits: Iterable[LogEntry]) -> MergedCommits:
    """Sort commits by the files they edited. A merge between branches wrote nothing of its own."""
    found: dict[str, list[tuple[LogEntry, FileChange]]] = {}
    for commit in merged_commits:
        for file_change in commit.file_changes if len(commit.parents) < 2 else ():
            found.setdefault(file_change.path, []).append((commit, file_change))
    return found
