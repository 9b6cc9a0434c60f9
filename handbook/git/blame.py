"""Who wrote each line of a file, read from `git blame`."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BlamedLine:
    """The commit that a line of a file comes from; `is_edge` where a shallow clone knows nothing older."""

    commit: str
    is_edge: bool


def read_blame(porcelain: str, is_shallow: bool) -> Iterator[tuple[int, BlamedLine]]:
    """Read `git blame --line-porcelain`: a head, facts, and the line itself after a tab."""
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
