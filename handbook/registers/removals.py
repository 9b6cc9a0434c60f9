"""For which reasons we hide or remove a comment, from `registers/removals.yml`."""

from typing import Final

from pydantic import Field

from handbook.files.tree import FileTree
from handbook.registers.applicability import Applicability, ApplicableRecord, fitting
from handbook.registers.field_types import ShortName, Text
from handbook.registers.loading import load_optional_register
from handbook.registers.organization import Organization
from handbook.yaml.record import Record

FILE: Final = "registers/removals.yml"


class RemovalGround(ApplicableRecord):
    """A reason to hide or remove a comment; `not_for` names those who may not use it."""

    text: Text = Field(examples=["{en: threats, fr: les menaces}"], description="The reason, in a few words.")
    not_for: Applicability = Field(
        default=Applicability(),
        examples=["{sectors: [government]}"],
        description="The organizations that may not use it.",
    )

    def fits(self, organization: Organization) -> bool:
        """Tell whether this organization may use it."""
        barred = self.not_for != Applicability() and self.not_for.covers(organization)
        return self.only_for.covers(organization) and not barred


class Removals(Record):
    """The register of reasons."""

    grounds: dict[ShortName, RemovalGround] = Field(
        default={},
        examples=["(grounds, as in the sample)"],
        description="For which reasons you hide or remove a comment, by a short name.",
    )


def load_removals(tree: FileTree, organization: Organization) -> Removals:
    """Read the reasons that the organization may use; without a file, there are none.

    Raises:
        HandbookError: with one line for each mistake.

    """
    register, _ = load_optional_register(tree, FILE, Removals, variables=organization.variables)
    return Removals(grounds=fitting(register.grounds, organization))
