"""Who owns pages: roles from `registers/owners.yml`, never persons."""

from pathlib import Path
from typing import Final

from pydantic import Field

from handbook.errors import HandbookError
from handbook.nearest import did_you_mean
from handbook.organization import Contacts, Text
from handbook.registers import Record, load_register

FILE: Final = "registers/owners.yml"


class Owner(Record):
    """A role that owns pages."""

    title: Text = Field(examples=["Communications lead"])
    contact: str = Field(examples=["social_media"])
    decides: Text = Field(examples=["What the organization publishes and who may publish it"])
    filled: bool = Field(default=True, examples=["true"])
    deputy: str | None = Field(default=None, examples=["people-lead"])


class Owners(Record):
    """The register of owners."""

    owners: dict[str, Owner] = Field(examples=["(roles, as in the sample)"])

    def find(self, role: str) -> Owner | None:
        """Return the owner with that role, or None."""
        return self.owners.get(role)

    def is_covered(self, role: str) -> bool:
        """Tell whether somebody answers for the role: it is filled, or its deputy's is."""
        owner = self.owners[role]
        deputy = self.owners.get(owner.deputy) if owner.deputy else None
        return owner.filled or (deputy is not None and deputy.filled)


def load_owners(root: Path) -> Owners:
    """Read the register below `root`.

    Raises:
        HandbookError: with one line for each mistake, or when a deputy or a contact does not exist.

    """
    register = load_register(root / FILE, Owners, FILE)
    for role, owner in register.owners.items():
        if owner.contact not in Contacts.model_fields:
            mend = did_you_mean(owner.contact, Contacts.model_fields)
            raise HandbookError(f"{FILE}: the contact of '{role}' is '{owner.contact}'; {mend}")
        if owner.deputy is not None and owner.deputy not in register.owners:
            mend = did_you_mean(owner.deputy, register.owners)
            raise HandbookError(f"{FILE}: the deputy of '{role}' is '{owner.deputy}'; {mend}")
    return register
