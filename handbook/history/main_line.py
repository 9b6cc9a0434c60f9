"""The main branch as a line of commits, each with what its merges brought in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from handbook.git.log import Edit, LoggedCommit

_Brought: TypeAlias = Mapping[str, Sequence[tuple[LoggedCommit, Edit]]]


class Landing(NamedTuple):
    """A commit of the main branch, and what a merge brought: by file, the commits and edits, oldest first."""

    commit: LoggedCommit
    brought: _Brought | None = None


def landings(commits: Mapping[str, LoggedCommit], tip: str) -> Iterator[Landing]:
    """Yield what landed on the branch, oldest first; each commit is brought once."""
    line = [commits[tip]]
    while line[-1].parents:
        line.append(commits[line[-1].parents[0]])
    seen = set()
    for commit in reversed(line):
        seen.add(commit.name)
        if len(commit.parents) < 2:
            yield Landing(commit)
        else:
            brought = list(_unseen(commits, commit.parents[1:], seen))
            yield Landing(commit, _by_path(brought[::-1]))


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
