"""Which records apply to an organization of a sector, in its jurisdictions."""

from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

from pydantic import Field

from handbook.content.sectors import Jurisdiction, Sector
from handbook.registers.organization import Organization
from handbook.yaml.record import Record


class Applicability(Record):
    """The kinds of organization that a record is for: if both keys are given, both must fit."""

    sectors: list[Sector] = Field(
        default=[],
        examples=["[healthcare]"],
        description="The fields that it is for. Without it, all of them.",
    )
    jurisdictions: list[Jurisdiction] = Field(
        default=[], examples=["[us]"], description="The places that it is for. Without it, all of them."
    )

    def covers(self, organization: Organization) -> bool:
        """Tell whether the organization is one of these kinds; without any key, each one is."""
        return suits(self.sectors, self.jurisdictions, organization)


class ApplicableRecord(Record):
    """A record that may be for some organizations only."""

    only_for: Applicability = Field(
        default=Applicability(),
        examples=["{sectors: [healthcare], jurisdictions: [us]}"],
        description="The organizations that it is for. Others leave it out.",
    )

    def fits(self, organization: Organization) -> bool:
        """Tell whether the record is for this organization."""
        return self.only_for.covers(organization)


AnyApplicable = TypeVar("AnyApplicable", bound=ApplicableRecord)


def fitting(records: Mapping[str, AnyApplicable], organization: Organization) -> dict[str, AnyApplicable]:
    """Return the records that are for an organization, in their order."""
    return {name: record for name, record in records.items() if record.fits(organization)}


def suits(sectors: Collection[str], jurisdictions: Iterable[str], organization: Organization) -> bool:
    """Tell whether an organization is in one of some sectors and follows the law of one of some places."""
    wanted = set(jurisdictions)
    in_sector = not sectors or organization.sector in sectors
    return in_sector and (not wanted or not wanted.isdisjoint(organization.jurisdictions))
