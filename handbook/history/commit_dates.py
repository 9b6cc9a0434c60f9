"""The day on which each commit of a branch counts, whatever its committer's clock said.

Anyone can commit with an older date. So along first parents a commit counts from the latest day so far,
and one from the future, or after an edition that holds it, counts on the day of its parent.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, Protocol, TypeAlias
from zoneinfo import ZoneInfo

from handbook.clock import day_of_commit
from handbook.editions.names import TAG_PREFIX
from handbook.errors import HandbookError
from handbook.git.repository import Repository
from handbook.text.quoting import short_commit

Why: TypeAlias = Literal["before its parent", "in the future", "after an edition that has it"]
_TAGS: Final = "--format=%(*objectname) %(taggerdate:unix)"


class DatedCommit(Protocol):
    """What is needed of a commit to date it."""

    @property
    def name(self) -> str:
        """The hash, in full."""

    @property
    def seconds(self) -> int:
        """When it was committed, in seconds since 1970."""


class MisdatedCommit(NamedTuple):
    """A commit whose own day is impossible, the day on which it counts, and what is wrong."""

    commit: str
    day: datetime.date
    counts_on: datetime.date
    why: Why

    def __str__(self) -> str:
        """Say it in a sentence."""
        name = short_commit(self.commit)
        return f"commit {name} is dated {self.day}, {self.why}, and counts on {self.counts_on}"


@dataclass(frozen=True, slots=True)
class CommitDays:
    """The day of each commit of a branch, in the order in which they were given, and the misdated ones."""

    days: Sequence[datetime.date]
    misdated: tuple[MisdatedCommit, ...]


def commit_days(
    repository: Repository, oldest_first: Sequence[DatedCommit], zone: str, today: datetime.date
) -> CommitDays:
    """Return on which day each commit along first parents counts; none is later than `today`.

    Raises:
        HandbookError: if no calendar has the day of a commit.

    """
    own = [day_of_commit(commit.name, commit.seconds, ZoneInfo(zone)) for commit in oldest_first]
    days_of_commits = dict(zip((commit.name for commit in oldest_first), own, strict=True))
    limits = _limits(oldest_first, _days_of_editions(repository, zone, days_of_commits))
    # A first commit with an impossible day counts with the first one that has a possible day.
    possible = (day for day, limit in zip(own, limits, strict=True) if day <= min(limit, today))
    counted = next(possible, own[0]) if own else today
    days, misdated = [], []
    for commit, day, limit in zip(oldest_first, own, limits, strict=True):
        why = _why_impossible(day, counted, limit, today)
        if why:
            misdated.append(MisdatedCommit(commit.name, day, counted, why))
        else:
            counted = day
        days.append(counted)
    return CommitDays(days, tuple(misdated))


def _why_impossible(
    day: datetime.date, before: datetime.date, limit: datetime.date, today: datetime.date
) -> Why | None:
    """Return what is wrong with the day of a commit whose parent counts on the day `before`."""
    if day > today:
        return "in the future"
    if day > limit:
        return "after an edition that has it"
    return "before its parent" if day < before else None


def _limits(
    oldest_first: Sequence[DatedCommit], editions: dict[str, datetime.date]
) -> Sequence[datetime.date]:
    """Return for each commit the day of the first edition that has it."""
    limits, limit = [], datetime.date.max
    for commit in reversed(oldest_first):
        limit = min(limit, editions.get(commit.name, limit))
        limits.append(limit)
    return limits[::-1]


def tags_of_editions(repository: Repository) -> str:
    """Return the commit and the time of each tag of an edition, one a line."""
    return repository.ask("for-each-ref", _TAGS, f"refs/tags/{TAG_PREFIX}*")


def _days_of_editions(
    repository: Repository, zone: str, days: Mapping[str, datetime.date]
) -> dict[str, datetime.date]:
    """Return the day of each edition by its commit, of which `days` has the own days.

    No sum covers the day of a tag. So if it is before that of the commit, the day on which the edition was
    published counts, as its manifest has it.
    """
    tagged = dict(_tagged(tags_of_editions(repository), zone))
    if all(day >= days.get(commit, day) for commit, day in tagged.items()):
        return tagged
    published = _published_days(repository)
    return {commit: max(day, published.get(commit, day)) for commit, day in tagged.items()}


def _published_days(repository: Repository) -> dict[str, datetime.date]:
    # Manifests take 0.1 seconds to import, and few histories need them.
    from handbook.editions.published_branch import SITE_BRANCH, Published

    try:
        manifests = Published(repository, SITE_BRANCH).manifests
    except HandbookError:
        return {}  # `handbook edition verify` names what cannot be read.
    return {manifest.commit: manifest.published for manifest in manifests}


def _tagged(rows: str, zone: str) -> Iterator[tuple[str, datetime.date]]:
    """Yield the commit and the day of each annotated tag; any other has neither."""
    for row in rows.splitlines():
        commit, _, seconds = row.partition(" ")
        if commit and seconds.lstrip("-").isdecimal():
            yield commit, day_of_commit(commit, int(seconds), ZoneInfo(zone))
