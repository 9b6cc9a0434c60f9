"""What a check found: one record for every report."""

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How grave a finding is, gravest first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """Return 0 for the gravest."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule yields: a place in one file and a sentence; the rule that ran makes it a finding.

    `severity` is set where one rule has two degrees (overdue and due soon), `path` where a rule judges
    the whole handbook and not one page.
    """

    line: int
    message: str
    column: int = 1
    severity: Severity | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A problem with its file, code and severity. Sorted by file, then by place.

    `path` is relative to the handbook's root, with `/`; `line` and `column` count from 1.
    """

    path: str
    line: int
    column: int
    code: str
    severity: str
    message: str
