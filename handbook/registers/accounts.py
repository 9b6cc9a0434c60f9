"""Who answers for each official account and who can get in, from `registers/accounts.yml`.

The name, platform and purpose of an account are in organization.yml; its address links the two.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import Field

from handbook.files.tree import FileTree
from handbook.findings import Location
from handbook.registers.evidence_folder import own_path
from handbook.registers.example_policies import LanguageCode
from handbook.registers.field_types import (
    RoleName,
    WebAddress,
)
from handbook.registers.loading import load_optional_register
from handbook.registers.organization import load_located_organization
from handbook.registers.owners import Owners, unknown_owner
from handbook.yaml.located import KeyPath, LocatedMapping
from handbook.yaml.record import Record, RecordProblem

FILE: Final = "registers/accounts.yml"
FEWEST_WHO_CAN_GET_IN: Final = 2
AccountState: TypeAlias = Literal["active", "paused", "closed"]


class AccountEntry(Record):
    """What is kept about one account. People are roles; no key holds a name, a login or a password.

    `access_checked` is the day on which somebody last compared who can get in with `can_get_in`.
    """

    not_reviewed = frozenset({"address", "since", "state", "state_since", "access_checked"})

    address: WebAddress = Field(
        examples=["https://social.example.org/reading"],
        description="The address of the account, as in organization.yml.",
    )
    owner: RoleName = Field(
        examples=["platform-lead"], description="The role that is responsible for the account."
    )
    can_get_in: list[RoleName] = Field(
        examples=["[platform-lead, communications-lead]"],
        description="The roles that have access: at least two.",
    )
    approves: RoleName = Field(
        examples=["communications-lead"], description="The role that approves what is posted there."
    )
    languages: Annotated[list[LanguageCode], Field(min_length=1)] = Field(
        examples=["[en]"], description="The languages in which the account posts."
    )
    since: datetime.date = Field(examples=["2019-03-04"], description="The day on which the account began.")
    state: AccountState = Field(
        default="active", examples=["active"], description="Whether the account is in use."
    )
    state_since: datetime.date | None = Field(
        default=None, examples=["2026-06-30"], description="The day from which it is paused or closed."
    )
    access_checked: datetime.date | None = Field(
        default=None,
        examples=["2026-10-05"],
        description="The day on which somebody last compared who can get in with can_get_in.",
    )

    @property
    def is_closed(self) -> bool:
        """Tell whether the account has been closed."""
        return self.state == "closed"

    def problems(self) -> Iterator[RecordProblem]:
        """Find an account of one person, a state without its day, and days before the account began."""
        if len(set(self.can_get_in)) < FEWEST_WHO_CAN_GET_IN and not self.is_closed:
            yield ("can_get_in",), "names fewer than two roles; nobody runs an account alone, so add another"
        if self.state != "active" and self.state_since is None:
            yield ("state",), f"is {self.state} without a day; add for example `state_since: 2026-06-30`"
        for key in ("state_since", "access_checked"):
            day = getattr(self, key)
            if day and day < self.since:
                yield (key,), f"is before {self.since}, when the account began; correct one of the two"


class AccountList(Record):
    """The content of the file."""

    accounts: list[AccountEntry] = Field(
        default=[],
        examples=["(accounts, as in the sample)"],
        description="One entry for each account of organization.yml.",
    )

    def problems(self) -> Iterator[RecordProblem]:
        """Find the mistakes of each entry, and repeated accounts."""
        seen: set[str] = set()
        for number, entry in enumerate(self.accounts):
            for path, sentence in entry.problems():
                yield ("accounts", number, *path), sentence
            if _same(entry.address) in seen:
                yield ("accounts", number, "address"), "is set a second time; keep one of the two"
            seen.add(_same(entry.address))


@dataclass(frozen=True, slots=True)
class Accounts:
    """The register (None if there is none), the locations in it and in organization.yml, and its path."""

    entries: Sequence[AccountEntry] | None = None
    source: LocatedMapping = field(default_factory=LocatedMapping)
    organization_source: LocatedMapping = field(default_factory=LocatedMapping)
    path: str = FILE

    def entry_of(self, address: str) -> AccountEntry | None:
        """Return what is kept about the account with an address, or None."""
        entries = self.entries or ()
        return next((entry for entry in entries if _same(entry.address) == _same(address)), None)

    def location(self, number: int, key: str) -> Location:
        """Return the location of a key of the entry with that number, counted from 0."""
        return self.source.value_location_of(("accounts", number, key))

    def location_in_organization(self, number: int, key: str) -> Location:
        """Return the location in organization.yml of a key of an account, counted from 0."""
        return self.organization_source.value_location_of(("accounts", number, key))


def load_accounts(tree: FileTree, owners: Owners) -> Accounts:
    """Read the register, which a handbook need not keep.

    Raises:
        HandbookError: with one line for each mistake.

    """
    judge, path = partial(_problems, owners=owners), own_path(tree, FILE)
    organization_source = load_located_organization(tree)[1]
    if tree.read(path) is None:
        return Accounts(organization_source=organization_source, path=path)
    register, source = load_optional_register(tree, path, AccountList, judge)
    return Accounts(register.accounts, source, organization_source, path)


def _problems(register: AccountList, owners: Owners) -> Iterator[RecordProblem]:
    for number, entry in enumerate(register.accounts):
        for path, role in _roles(entry):
            if owners.find(role) is None:
                yield ("accounts", number, *path), unknown_owner(role, owners)


def _roles(entry: AccountEntry) -> Iterator[tuple[KeyPath, str]]:
    yield ("owner",), entry.owner
    yield ("approves",), entry.approves
    for number, role in enumerate(entry.can_get_in):
        yield ("can_get_in", number), role


def _same(address: str) -> str:
    """Return an address without its last slash, so that both ways to write it are the same."""
    return address.rstrip("/")
