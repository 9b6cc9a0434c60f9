"""Whom to call in which emergency, from `registers/emergency_route.yml`: one route for every page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from pydantic import Field

from handbook.files.tree import FileTree
from handbook.findings import Location
from handbook.registers.applicability import ApplicableRecord, fitting
from handbook.registers.contacts import Purpose
from handbook.registers.field_types import PagePath, ShortName, Text
from handbook.registers.loading import load_optional_register
from handbook.registers.organization import Organization
from handbook.yaml.located import LocatedMapping
from handbook.yaml.record import Record

FILE: Final = "registers/emergency_route.yml"


class Emergency(ApplicableRecord):
    """One kind of emergency, whom to call, and the page with the steps.

    With `danger`, the emergency number is above the table. `short` is for a list of numbers.
    """

    title: Text = Field(
        examples=["Our account is hijacked, or a password is lost"],
        description="What has happened, as people would say it.",
    )
    short: Text = Field(
        examples=["hijacked account"], description="The same in two or three words, for the list of numbers."
    )
    call: Purpose = Field(examples=["security"], description="Whom to call: a contact of organization.yml.")
    danger: bool = Field(
        default=False,
        examples=["true"],
        description="Whether someone may be in danger, so that the emergency number comes first.",
    )
    page: PagePath = Field(examples=["docs/practice/crisis.md"], description="The page with the steps.")
    anchor: ShortName | None = Field(
        default=None, examples=["hijacked-account"], description="The heading on that page, by its anchor."
    )


class EmergencyList(Record):
    """The content of the file."""

    emergencies: dict[ShortName, Emergency] = Field(
        default={},
        examples=["(emergencies, as in the sample)"],
        description="The kinds of emergency, by a short name, in the order of the table.",
    )


@dataclass(frozen=True, slots=True)
class EmergencyRoute:
    """The kinds of emergency that the organization may have, and their locations in the file."""

    emergencies: Mapping[str, Emergency] = field(default_factory=dict)
    source: LocatedMapping = field(default_factory=LocatedMapping)

    def location(self, name: str, key: str) -> Location:
        """Return the location of a key of an emergency."""
        return self.source.value_location_of(("emergencies", name, key))


def load_emergency_route(tree: FileTree, organization: Organization) -> EmergencyRoute:
    """Read the kinds of emergency that are for the organization.

    Raises:
        HandbookError: with one line for each mistake.

    """
    register, source = load_optional_register(tree, FILE, EmergencyList)
    return EmergencyRoute(fitting(register.emergencies, organization), source)
