"""What the message of a commit says about a change: its reason, pull request, and significance."""

import re
from collections.abc import Iterable
from enum import Enum
from typing import Final

from handbook.git.log import LogEntry

_ADDRESS: Final = re.compile(r"<?[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+>?")
# How git, GitHub, and Bitbucket begin a merge. GitHub merges one commit into another to check a change.
_MERGE_SUBJECT: Final = re.compile(
    r"""Merge[ ](?:pull[ ]request|branch|remote-tracking[ ]branch|tag)\b
    |Merge[ ](?:branches|remote-tracking[ ]branches|tags|commits?)[ ]'
    |Merge[ ][0-9a-f]{40,64}[ ]into[ ][0-9a-f]{40,64}\Z
    |Merged[ ]in[ ].*\(pull[ ]request[ ]\#\d+\)\Z""",
    re.VERBOSE,
)
# Forgejo and Gitea write the title of the pull request into the subject.
_TITLE_IN_SUBJECT: Final = re.compile(r"Merge pull request '(.*)' \([#!](\d+)\) from ")
_PLATFORM_LINE: Final = re.compile(r"See merge request |(?:Approved|Reviewed)-(?:by|on):")
# How GitHub, Azure, and Bitbucket name the pull request, and then GitLab.
_IN_SUBJECT: Final = re.compile(
    r"\AMerge pull request #(\d+)|\AMerged PR (\d+)|\((?:pull request )?[#!](\d+)\)\s*\Z"
)
_IN_BODY: Final = re.compile(r"^See merge request \S*!(\d+)\s*$", re.MULTILINE)
_IN_TRAILER: Final = re.compile(r"(?:\A|[#!/])(\d+)/?\s*\Z")


class Significance(Enum):
    """Whether a change alters the meaning of a page (substantive) or only its words (editorial)."""

    EDITORIAL = "editorial"
    SUBSTANTIVE = "substantive"


_SIGNIFICANCES: Final = {significance.value: significance for significance in Significance}


def pull_request(commit: LogEntry) -> int | None:
    """Return the number of the pull request that a commit names, or None."""
    for value in commit.pull_requests:
        if match := _IN_TRAILER.search(value):
            return int(match[1])
    match = (
        _TITLE_IN_SUBJECT.match(commit.subject)
        or _IN_SUBJECT.search(commit.subject)
        or (_IN_BODY.search(commit.body) if commit.body else None)
    )
    return int(match[match.lastindex or 0]) if match else None


def significance(commit: LogEntry) -> Significance | None:
    """Return the value of the trailer `Change`, or None if it is missing, unknown or contradicts itself."""
    values = {value.strip().lower() for value in commit.changes}
    return _SIGNIFICANCES.get(values.pop()) if len(values) == 1 else None


def combined_significance(significances: Iterable[Significance | None]) -> Significance | None:
    """Return substantive if one change is substantive, editorial if all are editorial, otherwise None."""
    distinct = set(significances)
    if Significance.SUBSTANTIVE in distinct:
        return Significance.SUBSTANTIVE
    return Significance.EDITORIAL if distinct == {Significance.EDITORIAL} else None


def reason(commit: LogEntry) -> str:
    """Return the subject of a commit. For a merge, return the title of its pull request, or nothing.

    The subject of a merge names branches, and branches may name accounts.
    """
    if not commit.subject.startswith("Merge") or not _MERGE_SUBJECT.match(commit.subject):
        return without_addresses(commit.subject)
    if title := _TITLE_IN_SUBJECT.match(commit.subject):
        return without_addresses(title[1])
    first = commit.body.strip().partition("\n")[0]
    return "" if _PLATFORM_LINE.match(first) else without_addresses(first)


def without_addresses(text: str) -> str:
    """Replace the mail addresses in a text from the history."""
    return _ADDRESS.sub("(address)", text).strip() if "@" in text else text.strip()
