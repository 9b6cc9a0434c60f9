"""What the message of a commit says of a change: why, by which pull request, and how much it weighs."""

import re
from enum import Enum
from typing import Final

from handbook.git.log import LoggedCommit

_ADDRESS: Final = re.compile(r"<?[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+>?")
_MERGE_SUBJECT: Final = re.compile(r"Merge (?:pull request|branch|remote-tracking branch|tag)\b")
# How GitHub, Bitbucket and Azure, then GitLab, name the pull request.
_IN_SUBJECT: Final = re.compile(
    r"\AMerge pull request #(\d+)|\AMerged PR (\d+)|\((?:pull request )?[#!](\d+)\)\s*\Z"
)
_IN_BODY: Final = re.compile(r"^See merge request \S*!(\d+)\s*$", re.MULTILINE)
_IN_TRAILER: Final = re.compile(r"(?:\A|[#!/])(\d+)/?\s*\Z")


class Kind(Enum):
    """Whether a change has another meaning, or only other words."""

    EDITORIAL = "editorial"
    SUBSTANTIVE = "substantive"


_KINDS: Final = {kind.value: kind for kind in Kind}


def pull_request(commit: LoggedCommit) -> int | None:
    """Return the number of the pull request that a commit names, or None."""
    for value in commit.pull_requests:
        if match := _IN_TRAILER.search(value):
            return int(match[1])
    match = _IN_SUBJECT.search(commit.subject) or (_IN_BODY.search(commit.body) if commit.body else None)
    return int(match[match.lastindex or 0]) if match else None


def kind(commit: LoggedCommit) -> Kind | None:
    """Return what the trailer `Change` says; None where it is missing, says something else, or both."""
    if not commit.changes:
        return None
    said = {value.strip().lower() for value in commit.changes}
    return _KINDS.get(said.pop()) if len(said) == 1 else None


def reason(commit: LoggedCommit) -> str:
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
