"""Sentences that several pages say in the same words, from `registers/shared_texts.yml`."""

from typing import Final

from pydantic import Field

from handbook.files.tree import FileTree
from handbook.registers.applicability import ApplicableRecord, fitting
from handbook.registers.field_types import ShortName, Text
from handbook.registers.loading import load_optional_register
from handbook.registers.organization import Organization
from handbook.yaml.record import Record

FILE: Final = "registers/shared_texts.yml"


class SharedText(ApplicableRecord):
    """One rule in one or more sentences."""

    text: Text = Field(
        examples=["You never have to use a private account for work."],
        description="One rule, in one or more sentences.",
    )


class SharedTexts(Record):
    """The register of shared texts."""

    texts: dict[ShortName, SharedText] = Field(
        default={},
        examples=["(texts, as in the sample)"],
        description="Sentences that several pages say, by a short name.",
    )


def load_shared_texts(tree: FileTree, organization: Organization) -> SharedTexts:
    """Read the texts that are for the organization; without a file, there are none.

    Raises:
        HandbookError: with one line for each mistake.

    """
    register, _ = load_optional_register(tree, FILE, SharedTexts, variables=organization.variables)
    return SharedTexts(texts=fitting(register.texts, organization))
