"""Who owns pages: roles from `registers/owners.yml`, never persons."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, Field

from handbook.files.tree import FileTree
from handbook.record import Record
from handbook.registers.field_types import ShortName, Text, untranslated
from handbook.registers.loading import load_register_with_places
from handbook.registers.organization import PURPOSES, Organization
from handbook.text.suggestions import did_you_mean
from handbook.yaml.located import KeyPath

FILE: Final = "registers/owners.yml"


def _holder(text: str) -> str:
    if not re.fullmatch(r"[^\s@<>{}]+@[^\s@<>{}]+|SHA256:[A-Za-z0-9+/]{43}|(?:[0-9A-Fa-f]{4} *){10}", text):
        raise ValueError("is no mail address and no fingerprint of a signing key")
    return text.strip()


Holder: TypeAlias = Annotated[str, AfterValidator(_holder)]


class Owner(Record):
    """A role that owns pages.

    `holders` says who may sign for it: mail addresses as in their commits, or fingerprints of signing keys.
    """

    title: Text = Field(examples=["Communications lead"])
    contact: str = Field(examples=["social_media"])
    decides: Text = Field(examples=["What the organization publishes and who may publish it"])
    filled: bool = Field(default=True, examples=["true"])
    deputy: str | None = Field(default=None, examples=["people-lead"])
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

    def is_covered(self, role: str) -> bool:
        """Tell whether somebody answers for the role: it is filled, or its deputy's is."""
        owner = self.owners[role]
        deputy = self.owners.get(owner.deputy) if owner.deputy else None
        return owner.filled or (deputy is not None and deputy.filled)

    def mistakes(self) -> Iterator[tuple[KeyPath, str]]:
        """Find contacts and deputies that do not exist."""
        for role, owner in self.owners.items():
            at = ("owners", role)
            if owner.contact not in PURPOSES:
                mend = did_you_mean(owner.contact, PURPOSES)
                yield (*at, "contact"), f"names '{owner.contact}', which is no contact; {mend}"
            if owner.deputy == role:
                yield (*at, "deputy"), "names the role itself; name another"
            elif owner.deputy is not None and owner.deputy not in self.owners:
                mend = did_you_mean(owner.deputy, self.owners)
                yield (*at, "deputy"), f"names '{owner.deputy}', which is no owner; {mend}"


def load_owners(tree: FileTree, organization: Organization) -> Owners:
    """Read the register; its texts by language have each language of the handbook.

    Raises:
        HandbookError: with one line for each mistake.

    """
    judge = partial(untranslated, languages=organization.languages)
    return load_register_with_places(tree, FILE, Owners, judge)[0]
