"""Commits and the files that they changed, read from `git log`."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from handbook.clock import time_of_commit

SUBMODULE: Final = "160000"
# Each field of a commit ends with NUL. No message contains one, so a message cannot forge a row.
LOG_FORMAT: Final = (
    "%H",
    "%P",
    "%ct",
    "%an",  # not %aN, which .mailmap changes
    "%ae",
    "%s",
    "%b",
    *map("%(trailers:key={},valueonly)".format, ("Change", "Pull-request")),
)


# These two are tuples, because a history has tens of thousands, and a dataclass takes several times as
# long to make.
class FileChange(NamedTuple):
    """A file that a commit changed: its paths and blobs, before and after. A blob is None without a file."""

    path_before: str
    path: str
    before: str | None
    after: str | None


class LogEntry(NamedTuple):
    """A commit: its author, its message, and the file changes against its first parent.

    `changes` and `pull_requests` are the values of the trailers `Change` and `Pull-request`.
    """

    name: str
    parents: tuple[str, ...]
    seconds: int
    author: str
    address: str
    subject: str
    body: str
    changes: tuple[str, ...]
    pull_requests: tuple[str, ...]
    file_changes: Sequence[FileChange]


def parse_log(fields: Iterator[str]) -> Iterator[LogEntry]:
    """Yield the commits of `git log --raw -z` with the fields of `LOG_FORMAT`."""
    name = next(fields, "")
    while name:
        parents, seconds, author, address, subject, body, changes, requests = islice(
            fields, len(LOG_FORMAT) - 1
        )
        file_changes, following = _file_changes(fields)
        yield LogEntry(
            name,
            tuple(parents.split()),
            time_of_commit(name, seconds),
            author,
            address,
            subject,
            body,
            tuple(changes.splitlines()),
            tuple(requests.splitlines()),
            file_changes,
        )
        name = following


def _file_changes(fields: Iterator[str]) -> tuple[list[FileChange], str]:
    """Read the rows of one commit; return the file changes, and the field that follows the rows."""
    file_changes: list[FileChange] = []
    for facts in fields:
        row = facts.lstrip("\n")
        if row[:1] == ":":
            mode, mode_now, before, after, status = row.split(" ")
            path_before = path = next(fields)
            if status[0] == "R":
                path = next(fields)
            if mode[1:] != SUBMODULE != mode_now:
                blob, blob_now = before if status != "A" else None, after if status != "D" else None
                file_changes.append(FileChange(path_before, path, blob, blob_now))
        elif row:
            return file_changes, row
    return file_changes, ""
