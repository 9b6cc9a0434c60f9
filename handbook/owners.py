"""Who owns pages: roles from `registers/owners.yml`, never persons."""

from collections.abc import Iterator
from typing import Final

from pydantic import Field

from handbook.marked_yaml import KeyPath
from handbook.nearest import did_you_mean
from handbook.organization import PURPOSES, ShortName, Text
from handbook.registers import Record, load_register
from handbook.trees import Tree

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

    owners: dict[ShortName, Owner] = Field(examples=["(roles, as in the sample)"])

    def find(self, role: str) -> Owner | None:
        """Return the owner with that role, or None."""
        return self.owners.get(role)

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


def load_owners(tree: Tree) -> Owners:
    """Read the register.

    Raises:
        HandbookError: with one line for each mistake.

    """
    return load_register(tree, FILE, Owners)
