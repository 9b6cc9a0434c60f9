"""Lines that help people in despair, by country, from `registers/helplines.yml`."""

import datetime
from typing import Final, Literal, TypeAlias

from pydantic import Field

from handbook.files.tree import FileTree
from handbook.registers.applicability import ApplicableRecord, fitting
from handbook.registers.field_types import ShortName, Telephone, Text, WebAddress
from handbook.registers.loading import load_optional_register
from handbook.registers.organization import Organization
from handbook.yaml.record import Record

FILE: Final = "registers/helplines.yml"
# Codes of countries and of the European Union, as organization.yml writes them.
Country: TypeAlias = Literal["us", "ca", "uk", "fr", "de", "eu"]


class Helpline(ApplicableRecord):
    """A line that listens to people who think of suicide.

    `also` says how to reach it without a call; `checked` is the day on which it was compared with its source.
    """

    not_reviewed = frozenset({"number", "hours", "address", "source", "checked"})

    country: Country = Field(examples=["us"], description="The country in which the line listens.")
    name: Text = Field(examples=["988 Suicide & Crisis Lifeline"], description="What the line is called.")
    number: Telephone = Field(examples=['"988"'], description="The telephone number, in quotes.")
    also: Text | None = Field(
        default=None, examples=["Text to the same number"], description="How to reach it without a call."
    )
    hours: Text = Field(examples=["day and night"], description="When somebody listens.")
    address: WebAddress | None = Field(
        default=None, examples=["https://988lifeline.org/"], description="The site of the line."
    )
    source: WebAddress = Field(
        examples=["https://988lifeline.org/get-help/"],
        description="The page that the entry was compared with.",
    )
    checked: datetime.date = Field(examples=["2026-11-27"], description="The day on which it was compared.")


class Helplines(Record):
    """The register of helplines."""

    helplines: dict[ShortName, Helpline] = Field(
        default={},
        examples=["(helplines, as in the sample)"],
        description="Lines that help people in despair, by a short name.",
    )


def load_helplines(tree: FileTree, organization: Organization) -> Helplines:
    """Read the helplines that are for the organization.

    Raises:
        HandbookError: with one line for each mistake.

    """
    register, _ = load_optional_register(tree, FILE, Helplines)
    return Helplines(helplines=fitting(register.helplines, organization))
