"""What the message of a commit says of a change: why, by which pull request, and how much it weighs."""

import re
from collections.abc import Iterable
from enum import Enum
from typing import Final

from handbook.git.log import LogEntry

_ADDRESS: Final = re.compile(r"<?[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+>?")
_MERGE_SUBJECT: Final = re.compile(r"Merge (?:pull request|branch|remote-tracking branch|tag)\b")
# How GitHub, Bitbucket and Azure, then GitLab, name the pull request.
_IN_SUBJECT: Final = re.compile(
    r"\AMerge pull request #(\d+)|\AMerged PR (\d+)|\((?:pull request )?[#!](\d+)\)\s*\Z"
)
_IN_BODY: Final = re.compile(r"^See merge request \S*!(\d+)\s*$", re.MULTILINE)
_IN_TRAILER: Final = re.compile(r"(?:\A|[#!/])(\d+)/?\s*\Z")


class Significance(Enum):
    """Whether a change has another meaning, or only other words."""

    EDITORIAL = "editorial"
    SUBSTANTIVE = "substantive"


_SIGNIFICANCES: Final = {significance.value: significance for significance in Significance}


def pull_request(commit: LogEntry) -> int | None:
    """Return the number of the pull request that a commit names, or None."""
    for value in commit.pull_requests:
        if match := _IN_TRAILER.search(value):
            return int(match[1])
    match = _IN_SUBJECT.search(commit.subject) or (_IN_BODY.search(commit.body) if commit.body else None)
    return int(match[match.lastindex or 0]) if match else None


def significance(commit: LogEntry) -> Significance | None:
    """Return the value of the trailer `Change`, or None if it is missing, unknown or contradicts itself."""
    values = {value.strip().lower() for value in commit.changes}
    return _SIGNIFICANCES.get(values.pop()) if len(values) == 1 else None


def combined_significance(significances: Iterable[Significance | None]) -> Significance | None:
    """Return substantive if one change is, editorial if all are, and otherwise None."""
    distinct = set(significances)
    if Significance.SUBSTANTIVE in distinct:
        return Significance.SUBSTANTIVE
    return Significance.EDITORIAL if distinct == {Significance.EDITORIAL} else None


def reason(commit: LogEntry) -> str:
    """Return the subject; of a merge, the title of the pull request, else nothing.

    The subject of a merge names branches, and with them accounts.
    """
    if not commit.subject.startswith("Merge ") or not _MERGE_SUBJECT.match(commit.subject):
        return without_addresses(commit.subject)
    first = commit.body.strip().partition("\n")[0]
    return "" if first.startswith("See merge request") else without_addresses(first)


def without_addresses(text: str) -> str:
    """Return a text of the history with mail addresses taken out."""
    return _ADDRESS.sub("(address)", text).strip() if "@" in text else text.strip()
