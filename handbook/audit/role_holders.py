"""Who held which role and when, from the history of the register of owners, by choice of the organization."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pydantic import Field

from handbook.clock import day_of_commit
from handbook.editions.tags import Tag
from handbook.errors import HandbookError
from handbook.git.past_repository import PastRepository
from handbook.history.changes import UNKNOWN_ROLE, Names
from handbook.registers.loading import parse_register
from handbook.registers.organization import Organization
from handbook.registers.owners import FILE, Owner, Owners
from handbook.yaml.record import Record


class RoleLine(Record):
    """What the register said of a role, during one stretch of days."""

    role: str = Field(description="The role, by its name in registers/owners.yml.")
    title: str = Field(description="The title of the role, in the main language.")
    first: datetime.date = Field(description="The first day on which the register said this.")
    last: datetime.date | None = Field(
        description="The last day on which it did; null if it still did at the end of the pack."
    )
    filled: bool = Field(description="Whether somebody had the role.")
    deputy: str | None = Field(description="The role that stood in for it; null if none did.")
    holder_count: int = Field(description="How many addresses and keys could sign for the role.")
    holders: tuple[str, ...] = Field(
        description="Who could, by name or by the fingerprint of a key, if the organization shows names"
        " (history_names in organization.yml); otherwise an empty list. Addresses are never shown."
    )


class RoleLines(Record):
    """Who held which role, as the register of owners said on the main branch."""

    roles: tuple[RoleLine, ...] = Field(description="The lines, by role, the oldest first.")


@dataclass(frozen=True, slots=True)
class People:
    """Names people as an organization chooses: `addresses` are those of authors, with their names."""

    names: Names
    addresses: Mapping[str, str]
    roles_of: Callable[[str], tuple[str, ...]]

    def holders(self, owner: Owner) -> tuple[str, ...]:
        """Return who can sign for a role."""
        if self.names != "names":
            return ()
        return tuple(
            self.addresses.get(holder.casefold(), "unknown person") if "@" in holder else holder
            for holder in (tenure.holder for tenure in owner.tenures)
        )

    def publisher(self, tag: Tag | None) -> str | None:
        """Return who wrote the tag of an edition, or None if that is not known or not shown."""
        tagger = tag.tagger if tag else None
        if tagger is None or self.names == "none":
            return None
        name, address = tagger
        if self.names == "roles":
            return ", ".join(self.roles_of(address)) or UNKNOWN_ROLE
        return None if "@" in name else name or None


def people_of(repository: PastRepository, organization: Organization, owners: Owners) -> People:
    """Return how the people of a handbook are named."""
    names = organization.history_names
    return People(names, repository.author_names() if names == "names" else {}, owners.roles_of)


def role_lines(
    repository: PastRepository,
    commit: str,
    organization: Organization,
    people: People,
    days: tuple[datetime.date, datetime.date],
) -> RoleLines:
    """Return what the register said of each role on any of the days from the first to the last."""
    first, last = days
    lines = [line for line in _lines(repository, commit, organization, people) if line.first <= last]
    return RoleLines(
        roles=tuple(
            sorted(
                (line for line in lines if line.last is None or line.last >= first),
                key=lambda line: (line.role, line.first),
            )
        )
    )


def _lines(
    repository: PastRepository, commit: str, organization: Organization, people: People
) -> Iterator[RoleLine]:
    begun: dict[str, RoleLine] = {}
    for day, owners in _registers(repository, commit, organization.time_zone):
        now = {role: _line(role, owner, day, organization, people) for role, owner in owners.owners.items()}
        for role, line in list(begun.items()):
            if role not in now or now[role].model_copy(update={"first": line.first}) != line:
                yield _ended(begun.pop(role), day)
        begun = {**now, **begun}
    yield from begun.values()


def _line(
    role: str, owner: Owner, day: datetime.date, organization: Organization, people: People
) -> RoleLine:
    # A text of the past may lack what is the main language now.
    title = owner.title if isinstance(owner.title, str) else owner.title.get(organization.main_language, role)
    return RoleLine(
        role=role,
        title=title,
        first=day,
        last=None,
        filled=owner.filled,
        deputy=owner.deputy,
        holder_count=len(owner.holders),
        holders=people.holders(owner),
    )


def _ended(line: RoleLine, day: datetime.date) -> RoleLine:
    """End a line on the day before another one begins, or on its own day if both began on it."""
    last = max(line.first, day - datetime.timedelta(days=1))
    return line.model_copy(update={"last": last})


def _registers(repository: PastRepository, commit: str, zone: str) -> Iterator[tuple[datetime.date, Owners]]:
    """Yield each state of the register, with its day; a state that cannot be read names no roles."""
    latest = datetime.date.min
    for change in repository.tree_changes(commit):
        latest = max(latest, day_of_commit(change.commit.name, change.commit.seconds, ZoneInfo(zone)))
        if FILE in change.files:
            entry = change.files[FILE]
            yield latest, _owners(repository.read(entry[1])) if entry else Owners(owners={})


def _owners(data: bytes) -> Owners:
    try:
        return parse_register(data, FILE, Owners)[0]
    except HandbookError:
        return Owners(owners={})
