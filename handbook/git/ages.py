"""Since when the texts of a handbook have been there, according to its history."""

import datetime
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Final

from handbook.errors import HandbookError
from handbook.git.repository import Repository

# What git says of each file that a commit adds; its path follows.
_ADDED: Final = "A"


class TextAges:
    """Asks the history of a handbook only if somebody wants to know; what it does not tell is None.

    What is not committed yet has no day. A shallow clone tells nothing: what is older than its end would seem
    to begin there.
    """

    def __init__(self, root: Path, commit: str = "HEAD") -> None:
        self._root, self._commit = root, commit

    def of_page(self, path: str) -> datetime.date | None:
        """Return the day on which a file came into the history."""
        return self._added.get(path)

    def of_text(self, path: str, text: str) -> datetime.date | None:
        """Return the day on which a text of one line came into a file."""
        listing = ("--format=%ct", "--reverse", "--relative", "--no-renames", "--no-textconv", f"-S{text}")
        rows = self._asked("log", *listing, "--end-of-options", self._commit, "--", path).split()
        return _day(rows[0]) if rows else None

    @cached_property
    def is_cut(self) -> bool:
        """Tell whether the history ends before its beginning, so that nobody can tell an age."""
        try:
            with Repository(self._root) as repository:
                return repository.is_shallow
        except HandbookError:
            return False

    @cached_property
    def _added(self) -> Mapping[str, datetime.date]:
        listing = ("--diff-filter=A", "--name-status", "--relative", "--no-renames", "--root", "-z")
        output = self._asked("log", "--format=%ct", *listing, "--end-of-options", self._commit)
        return dict(_additions(iter(output.split("\0"))))

    def _asked(self, *arguments: str) -> str:
        try:
            with Repository(self._root) as repository:
                return "" if self.is_cut or repository.is_empty else repository.ask(*arguments)
        except HandbookError:
            return ""


def _additions(fields: Iterator[str]) -> Iterator[tuple[str, datetime.date]]:
    """Yield each file with the day of its commit, the oldest commit last, which is the one that counts."""
    seconds = ""
    for field in fields:
        fact = field.strip("\n")
        if fact == _ADDED:
            path, day = next(fields), _day(seconds)
            if day:
                yield path, day
        elif fact:
            seconds = fact


def _day(seconds: str) -> datetime.date | None:
    """Return the day of a commit, or None if no calendar has it."""
    try:
        return datetime.datetime.fromtimestamp(int(seconds), datetime.UTC).date()
    except (ValueError, OverflowError, OSError):
        return None
