"""The main branch as a line of commits, each with what its merges brought in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from handbook.git.log import FileChange, LogEntry

MergedCommits: TypeAlias = Mapping[str, Sequence[tuple[LogEntry, FileChange]]]


class MainlineCommit(NamedTuple):
    """A commit of the main branch. Of a merge, `merged_commits` has the commits by file, oldest first."""

    commit: LogEntry
    merged_commits: MergedCommits | None = None


def mainline_commits(commits: Mapping[str, LogEntry], tip: str) -> Iterator[MainlineCommit]:
    """Yield the commits of the branch, oldest first. Each merged commit belongs to one merge, the first.

    `commits` may lack a commit with all its ancestors; the line then begins after them.
    """
    line = [commits[tip]]
    while (parents := line[-1].parents) and parents[0] in commits:
        line.append(commits[parents[0]])
    seen = set()
    for commit in reversed(line):
        seen.add(commit.name)
        if len(commit.parents) < 2:
            yield MainlineCommit(commit)
        else:
            merged_commits = list(_unseen(commits, commit.parents[1:], seen))
            yield MainlineCommit(commit, _by_path(merged_commits[::-1]))


def _unseen(commits: Mapping[str, LogEntry], names: Iterable[str], seen: set[str]) -> Iterator[LogEntry]:
    """Yield these commits and their ancestors, as far as they are not in `seen`, newest first."""
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in seen and name in commits:
            seen.add(name)
            yield commits[name]
            waiting += commits[name].parents[::-1]


def _by_path(merged_commits: Iterable[LogEntry]) -> MergedCommits:
    """Group commits by the files that they changed. Merges between branches changed none of their own."""
    by_path: dict[str, list[tuple[LogEntry, FileChange]]] = {}
    for commit in merged_commits:
        for file_change in commit.file_changes if len(commit.parents) < 2 else ():
            by_path.setdefault(file_change.path, []).append((commit, file_change))
    return by_path
