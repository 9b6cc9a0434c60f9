"""Problems that rules find, and the findings that every report shows."""

from dataclasses import dataclass
from enum import Enum
from typing import Self


class Severity(Enum):
    """How serious a finding is, most serious first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """Return 0 for the most serious."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Location:
    """A line and a column of a file, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A location in a file and a sentence about it; the rule that reports a problem makes it a finding.

    `severity` is set if one rule has two degrees (overdue and due soon), `path` if a rule judges the
    whole handbook rather than one page.
    """

    line: int
    message: str
    column: int = 1
    severity: Severity | None = None
    path: str | None = None

    @classmethod
    def at(
        cls, location: Location, message: str, severity: Severity | None = None, path: str | None = None
    ) -> Self:
        """Return a problem at a location."""
        return cls(location.line, message, location.column, severity, path)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A problem with its file, code and severity. Findings are sorted by file, then by location.

    `path` is relative to the handbook's root, with `/`; `line` and `column` count from 1.
    """

    path: str
    line: int
    column: int
    code: str
    severity: str
    message: str
