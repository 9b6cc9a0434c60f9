"""Laws and texts by others that the handbook rests on, from `registers/sources.yml`."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from pydantic import AliasChoices, Field

from handbook.files.tree import FileTree
from handbook.registers.applicability import ApplicableRecord, fitting
from handbook.registers.field_types import Line, OutsideAddress, ShortName, Text
from handbook.registers.loading import load_optional_register
from handbook.registers.organization import Organization
from handbook.text.suggestions import did_you_mean
from handbook.yaml.record import Record

FILE: Final = "registers/sources.yml"

# Who speaks: those who made the law or run the platform, or somebody who writes about it.
SourceKind: TypeAlias = Literal["official", "secondary"]


class Source(ApplicableRecord):
    """A text by somebody else, and the day on which somebody `compared` what we say with it or a copy of it.

    It says nothing about the law of that day. `dated` is the day that the text itself bears, and `changed`
    the day on which it last changed; `note` says what changed, for those who review the pages that rest on
    it. `kind` says whose word it is, if known. Registers of earlier releases call `compared` `checked`.
    """

    not_reviewed = frozenset({"address", "compared", "dated", "changed", "note"})

    title: Text = Field(
        examples=["National Labor Relations Act, section 7"], description="What the text is called."
    )
    publisher: Text = Field(examples=["National Labor Relations Board"], description="Who published it.")
    address: OutsideAddress = Field(examples=["https://www.example.org/act"], description="Where it is.")
    kind: SourceKind | None = Field(
        default=None,
        examples=["official"],
        description="Official if it is by those who made the rule or run the platform, else secondary.",
    )
    compared: datetime.date = Field(
        validation_alias=AliasChoices("compared", "checked"),
        examples=["2026-11-20"],
        description="The day on which somebody last compared what you say with it, or with a copy of it.",
    )
    dated: datetime.date | None = Field(
        default=None, examples=["2023-08-02"], description="The day that the text itself bears."
    )
    changed: datetime.date | None = Field(
        default=None,
        examples=["2023-08-02"],
        description="The day on which it last changed. `handbook review source` writes it.",
    )
    note: Line | None = Field(
        default=None,
        examples=["Section 4 asks for consent now."],
        description="What changed, for those who review the pages that rest on it.",
    )


class SourceList(Record):
    """The content of the file."""

    sources: dict[ShortName, Source] = Field(
        default={},
        examples=["(sources, as in the sample)"],
        description="Laws and texts by others, by a short name that pages use.",
    )


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources that are for the organization, and the names of those that are for others."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    for_others: frozenset[str] = frozenset()


def unknown_source(name: str, known: Collection[str]) -> str:
    """Return the sentence for a key that names a source that is not among those known."""
    advice = did_you_mean(name, known) if known else f"add it to {FILE}"
    return f"names '{name}', which is not a source; {advice}"


def load_sources(tree: FileTree, organization: Organization) -> Sources:
    """Read the sources that are for the organization.

    Raises:
        HandbookError: with one line for each mistake.

    """
    register, _ = load_optional_register(tree, FILE, SourceList, variables=organization.variables)
    kept = fitting(register.sources, organization)
    return Sources(kept, frozenset(register.sources.keys() - kept.keys()))
