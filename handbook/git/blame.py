"""Who wrote each line of a file, read from `git blame`."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BlamedLine:
    """The commit of a line. `is_edge` is true if it may be older, because a shallow clone ends there."""

    commit: str
    is_edge: bool


def read_blame(porcelain: str, is_shallow: bool) -> Iterator[tuple[int, BlamedLine]]:
    """Yield the number and the commit of each committed line in `git blame --line-porcelain`.

    For each line of the file, git writes a head, facts, and the line itself after a tab.
    """
    head, is_boundary = "", False
    for row in porcelain.split("\n"):
        if row.startswith("\t"):
            commit, _, number = head.split()[:3]
            if commit.strip("0"):
                yield int(number), BlamedLine(commit, is_shallow and is_boundary)
            head, is_boundary = "", False
        elif not head:
            head = row
        is_boundary = is_boundary or row == "boundary"
