"""Which records and pages apply to an organization of a sector, in its jurisdictions."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from pydantic import Field

from handbook.content.languages import main_path
from handbook.content.pages import Page
from handbook.content.sectors import Jurisdiction, Sector
from handbook.record import Record
from handbook.registers.organization import Organization


class Applicability(Record):
    """The kinds of organization that a record is for: if both keys are given, both must fit."""

    sectors: list[Sector] = Field(default=[], examples=["[healthcare]"])
    jurisdictions: list[Jurisdiction] = Field(default=[], examples=["[us]"])

    def covers(self, organization: Organization) -> bool:
        """Tell whether the organization is one of these kinds; without any key, each one is."""
        return _fits(self.sectors, self.jurisdictions, organization)


class ApplicableRecord(Record):
    """A record that may be for some organizations only."""

    only_for: Applicability = Field(
        default=Applicability(), examples=["{sectors: [healthcare], jurisdictions: [us]}"]
    )

    def fits(self, organization: Organization) -> bool:
        """Tell whether the record is for this organization."""
        return self.only_for.covers(organization)


AnyApplicable = TypeVar("AnyApplicable", bound=ApplicableRecord)


def fitting(records: Mapping[str, AnyApplicable], organization: Organization) -> dict[str, AnyApplicable]:
    """Return the records that are for an organization, in their order."""
    return {name: record for name, record in records.items() if record.fits(organization)}


def applying(pages: Sequence[Page], organization: Organization) -> list[Page]:
    """Return the pages that are for an organization; a translation goes with the page it translates."""
    left_out = {page.path for page in pages if not _applies(page, organization)}
    if not left_out:
        return list(pages)
    languages = organization.languages
    return [page for page in pages if left_out.isdisjoint((page.path, main_path(page.path, languages)))]


def _applies(page: Page, organization: Organization) -> bool:
    kinds = page.front_matter.values.get("applies_to")
    if not isinstance(kinds, dict):
        return True
    return _fits(kinds.get("sectors", ()), kinds.get("jurisdictions", ()), organization)


def _fits(sectors: Collection[str], jurisdictions: Iterable[str], organization: Organization) -> bool:
    wanted = set(jurisdictions)
    in_sector = not sectors or organization.sector in sectors
    return in_sector and (not wanted or not wanted.isdisjoint(organization.jurisdictions))
