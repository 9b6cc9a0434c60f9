"""The words of the handbook and what they mean, from `registers/glossary.yml`."""

from typing import Final

from pydantic import Field

from handbook.files.tree import FileTree
from handbook.registers.applicability import ApplicableRecord
from handbook.registers.field_types import Text
from handbook.registers.loading import load_optional_register
from handbook.registers.organization import Organization
from handbook.yaml.record import Record

FILE: Final = "registers/glossary.yml"


class Term(ApplicableRecord):
    """A word and its meaning."""

    term: Text = Field(
        examples=["{en: alternative text, fr: texte de remplacement}"], description="The word."
    )
    meaning: Text = Field(
        examples=["{en: Words for a picture, fr: Des mots pour une image}"],
        description="What it means, in one or two sentences.",
    )


class Glossary(Record):
    """The register of terms."""

    terms: list[Term] = Field(
        default=[], examples=["(terms, as in the sample)"], description="The words of the handbook."
    )


def load_glossary(tree: FileTree, organization: Organization) -> Glossary:
    """Read the terms that are for the organization.

    Raises:
        HandbookError: with one line for each mistake.

    """
    register, _ = load_optional_register(tree, FILE, Glossary, variables=organization.variables)
    return Glossary(terms=[term for term in register.terms if term.fits(organization)])
