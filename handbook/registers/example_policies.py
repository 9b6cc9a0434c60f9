"""Policies that others have published, and what to learn from each, from `registers/library.yml`."""

import datetime
from typing import Annotated, Final, Literal, TypeAlias

from babel import Locale
from pydantic import AfterValidator, Field

from handbook.content.sectors import Sector
from handbook.files.tree import FileTree
from handbook.record import Record
from handbook.registers.applicability import ApplicableRecord
from handbook.registers.field_types import OutsideAddress, Text
from handbook.registers.loading import load_optional_register
from handbook.registers.organization import Organization

FILE: Final = "registers/library.yml"


def _country(code: str) -> str:
    if not code.islower() or code.upper() not in Locale("en").territories:
        raise ValueError("is not a country code of ISO 3166")
    return code


def _language(code: str) -> str:
    if not code.islower() or code not in Locale("en").languages:
        raise ValueError("is not a language code")
    return code


CountryCode: TypeAlias = Annotated[str, AfterValidator(_country)]
LanguageCode: TypeAlias = Annotated[str, AfterValidator(_language)]


class ExamplePolicy(ApplicableRecord):
    """A published policy. If it has no `checked`, nobody has compared what we say about it."""

    not_reviewed = frozenset({"address", "checked"})

    organization: Text = Field(examples=["Treasury Board of Canada Secretariat"])
    title: Text = Field(examples=["Personal use of social media"])
    sector: Literal[Sector, "media"] = Field(examples=["government"])
    country: CountryCode = Field(examples=["gb"])
    language: LanguageCode = Field(examples=["en"])
    learn: Text = Field(examples=["Put the rights first, then graded examples"])
    address: OutsideAddress = Field(examples=["https://www.example.org/policy"])
    checked: datetime.date | None = Field(default=None, examples=["2026-11-20"])


class ExamplePolicies(Record):
    """The register of examples."""

    examples: list[ExamplePolicy] = Field(default=[], examples=["(examples, as in the sample)"])


def load_example_policies(tree: FileTree, organization: Organization) -> ExamplePolicies:
    """Read the examples that are for the organization.

    Raises:
        HandbookError: with one line for each mistake.

    """
    register, _ = load_optional_register(tree, FILE, ExamplePolicies, variables=organization.variables)
    return ExamplePolicies(examples=[example for example in register.examples if example.fits(organization)])
