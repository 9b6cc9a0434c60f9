"""Who owns pages: roles from `registers/owners.yml`, never persons."""

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
from handbook.text.suggestions import did_you_mean

FILE: Final = "registers/owners.yml"
_LEGAL: Final = "legal"


def _holder(text: str) -> str:
    if not re.fullmatch(r"[^\s@<>{}]+@[^\s@<>{}]+|SHA256:[A-Za-z0-9+/]{43}|(?:[0-9A-Fa-f]{4} *){10}", text):
        raise ValueError("is neither a mail address nor the fingerprint of a signing key")
    return text.strip()


Holder: TypeAlias = Annotated[str, AfterValidator(_holder)]


class Owner(Record):
    """A role that owns pages.

    `holders` says who may sign for it: mail addresses as in their commits, or fingerprints of signing keys.
    `read_by` says which roles read its pages in a review, too; without it, its deputy does.
    """

    title: Text = Field(examples=["Communications lead"])
    contact: str = Field(examples=["social_media"])
    decides: Text = Field(examples=["What the organization publishes and who may publish it"])
    filled: bool = Field(default=True, examples=["true"])
    deputy: str | None = Field(default=None, examples=["people-lead"])
    read_by: list[str] = Field(default=[], examples=["[legal-lead]"])
    holders: list[Holder] = Field(default=[], examples=["[SHA256:…]"])


class Owners(Record):
    """The register of owners."""

    owners: dict[ShortName, Owner] = Field(examples=["(roles, as in the sample)"])

    def find(self, role: str) -> Owner | None:
        """Return the owner with that role, or None."""
        return self.owners.get(role)

    def roles_of(self, address: str) -> tuple[str, ...]:
        """Return the roles whose holders name a mail address, in the order of the register."""
        wanted = address.casefold()
        return tuple(
            role for role, owner in self.owners.items() if wanted in map(str.casefold, owner.holders)
        )

    @property
    def lawyers(self) -> tuple[str, ...]:
        """Return the roles whose contact is the legal one, in the order of the register."""
        return tuple(role for role, owner in self.owners.items() if owner.contact == _LEGAL)

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
        """Find contacts, deputies, and readers that do not exist."""
        for role, owner in self.owners.items():
            key = ("owners", role)
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


def unknown_owner(role: str, owners: Owners) -> str:
    """Return the sentence for a key that names a role that is not in the register."""
    return f"names '{role}', which is not an owner; {did_you_mean(role, owners.owners)}"


def load_owners(tree: FileTree, organization: Organization) -> Owners:
    """Read the register, whose texts have each language of the handbook.

    Raises:
        HandbookError: with one line for each mistake.

    """
    judge = partial(untranslated, languages=organization.languages)
    return load_located_register(tree, FILE, Owners, judge)[0]
