"""Who owns pages: roles from `registers/owners.yml`, never persons."""

import datetime
import re
from collections.abc import Iterator
from functools import partial
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, Field

from handbook.files.tree import FileTree
from handbook.record import Record, RecordProblem
from handbook.registers.field_types import ShortName, Text, untranslated
from handbook.registers.loading import load_located_register
from handbook.registers.organization import PURPOSES, Organization
from handbook.registers.publishers import Publisher
from handbook.text.suggestions import did_you_mean

FILE: Final = "registers/owners.yml"
# The contact of the roles that read as lawyers.
LEGAL: Final = "legal"


_ADDRESS: Final = r"[^\s@<>{}]+@[^\s@<>{}]+"
_ACCOUNT: Final = r"(?:github|gitlab):[A-Za-z0-9][A-Za-z0-9._-]*"
_KEY: Final = r"SHA256:[A-Za-z0-9+/]{43}|(?:[0-9A-Fa-f]{4} *){10}"


def _holder(text: str) -> str:
    if not re.fullmatch(f"{_ADDRESS}|{_ACCOUNT}|{_KEY}", text):
        raise ValueError(
            "is neither a mail address, an account (`github:name`), nor the fingerprint of a signing key"
        )
    return text.strip()


def _key(text: str) -> str:
    if not re.fullmatch(_KEY, text):
        raise ValueError("is not the fingerprint of a signing key")
    return text.strip()


def _address(text: str) -> str:
    if not re.fullmatch(_ADDRESS, text):
        raise ValueError("is not a mail address, as in commits")
    return text.strip()


Holder: TypeAlias = Annotated[str, AfterValidator(_holder)]
Address: TypeAlias = Annotated[str, AfterValidator(_address)]
Key: TypeAlias = Annotated[str, AfterValidator(_key)]


class Tenure(Record):
    """A holder, and the first and the last day on which they hold the role."""

    holder: Holder = Field(examples=["github:name"])
    since: datetime.date | None = Field(default=None, alias="from", examples=["2026-01-01"])
    to: datetime.date | None = Field(default=None, examples=["2026-12-31"])

    def includes(self, day: datetime.date) -> bool:
        """Tell whether the holder holds the role on a day."""
        return (self.since or datetime.date.min) <= day <= (self.to or datetime.date.max)


class Owner(Record):
    """A role that owns pages.

    `holders` says who may sign for it: mail addresses as in their commits, accounts on GitHub or GitLab, or
    fingerprints of signing keys; with `from` and `to` only in that time. `read_by` says which roles read its
    pages in a review, too; without it, its deputy does. `edits_wording` says that it may record editorial
    changes of every page.
    """

    title: Text = Field(examples=["Communications lead"])
    contact: str = Field(examples=["social_media"])
    decides: Text = Field(examples=["What the organization publishes and who may publish it"])
    filled: bool = Field(default=True, examples=["true"])
    deputy: str | None = Field(default=None, examples=["people-lead"])
    read_by: list[str] = Field(default=[], examples=["[legal-lead]"])
    edits_wording: bool = Field(default=False, examples=["true"])
    holders: list[Holder | Tenure] = Field(default=[], examples=["[SHA256:…]"])

    @property
    def tenures(self) -> list[Tenure]:
        """Return the holders, each with the time in which they hold the role."""
        return [Tenure(holder=entry) if isinstance(entry, str) else entry for entry in self.holders]


class Escalation(Record):
    """The role that hears of a page once it has been overdue for so many days."""

    to: str = Field(examples=["executive-sponsor"])
    after_days: Annotated[int, Field(ge=1, le=365)] = Field(default=14, examples=["14"])


class Owners(Record):
    """The register of owners, of the keys that sign editions, and of those of the platform.

    Without `escalation`, only owners hear of overdue pages. With `platform_keys`, the platform signs what it
    commits for others. `files_for_others` has the mail addresses, as in their commits, of jobs and persons
    that file what others said in comments or mails.
    """

    owners: dict[ShortName, Owner] = Field(examples=["(roles, as in the sample)"])
    escalation: Escalation | None = Field(default=None, examples=["{to: executive-sponsor, after_days: 14}"])
    publishers: list[Publisher] = Field(default=[], examples=["[{key: SHA256:…, since: 2026-11-20}]"])
    platform_keys: list[Key] = Field(default=[], examples=["[SHA256:…]"])
    files_for_others: list[Address] = Field(default=[], examples=['["handbook-reviews@example.org"]'])

    def find(self, role: str) -> Owner | None:
        """Return the owner with that role, or None."""
        return self.owners.get(role)

    def roles_of(self, address: str) -> tuple[str, ...]:
        """Return the roles whose holders name a mail address, in the order of the register."""
        wanted = address.casefold()
        return tuple(
            role
            for role, owner in self.owners.items()
            if any(tenure.holder.casefold() == wanted for tenure in owner.tenures)
        )

    @property
    def lawyers(self) -> list[str]:
        """Return the roles whose contact is the legal one, in the order of the register."""
        return [role for role, owner in self.owners.items() if owner.contact == LEGAL]

    def editors_for(self, role: str) -> frozenset[str]:
        """Return the roles that may record editorial changes of the pages of a role."""
        every_page = (name for name, owner in self.owners.items() if owner.edits_wording)
        return frozenset((*self.stands_for(role), *every_page))

    def stands_for(self, role: str) -> tuple[str, ...]:
        """Return the role and its deputy, either of whom may read and decide for it."""
        owner = self.owners.get(role)
        return (role, owner.deputy) if owner and owner.deputy else (role,)

    def is_covered(self, role: str) -> bool:
        """Tell whether somebody answers for the role: it is filled, or its deputy is."""
        owner = self.owners[role]
        deputy = self.owners.get(owner.deputy) if owner.deputy else None
        return owner.filled or (deputy is not None and deputy.filled)

    def mistakes(self) -> Iterator[RecordProblem]:
        """Find contacts, deputies, and readers that do not exist, and publishers whose days are mistaken."""
        for number, publisher in enumerate(self.publishers):
            for path, sentence in publisher.mistakes():
                yield ("publishers", number, *path), sentence
        for role, owner in self.owners.items():
            key = ("owners", role)
            for number, tenure in enumerate(owner.tenures):
                if tenure.since and tenure.to and tenure.since > tenure.to:
                    yield (*key, "holders", number), "ends before it begins; correct `from` or `to`"
                if tenure.holder in self.platform_keys:
                    yield (*key, "holders", number), "is a key of the platform; name a person's key"
            if owner.contact not in PURPOSES:
                advice = did_you_mean(owner.contact, PURPOSES)
                yield (*key, "contact"), f"names '{owner.contact}', which is not a contact; {advice}"
            if owner.deputy == role:
                yield (*key, "deputy"), "names the role itself; name another"
            elif owner.deputy is not None and owner.deputy not in self.owners:
                yield (*key, "deputy"), unknown_owner(owner.deputy, self)
            for number, reader in enumerate(owner.read_by):
                if reader == role:
                    yield (*key, "read_by", number), "names the role itself, which reads anyway; name another"
                elif reader not in self.owners:
                    yield (*key, "read_by", number), unknown_owner(reader, self)
        if self.escalation and self.escalation.to not in self.owners:
            yield ("escalation", "to"), unknown_owner(self.escalation.to, self)


def unknown_owner(role: str, owners: Owners) -> str:
    """Return the sentence for a key that names a role that is not in the register."""
    return f"names '{role}', which is not an owner; {did_you_mean(role, owners.owners)}"


def load_owners(tree: FileTree, organization: Organization) -> Owners:
    """Read the register, whose texts have each language of the handbook.

    Raises:
        HandbookError: with one line for each mistake.

    """
    judge = partial(untranslated, languages=organization.languages)
    return load_located_register(tree, FILE, Owners, judge, organization.variables)[0]
