"""Laws and texts by others that the handbook rests on, from `registers/sources.yml`."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from pydantic import Field

from handbook.files.tree import FileTree
from handbook.record import Record
from handbook.registers.applicability import Selective, fitting
from handbook.registers.field_types import Line, OutsideAddress, ShortName, Text, untranslated
from handbook.registers.loading import load_optional_register
from handbook.registers.organization import Organization

FILE: Final = "registers/sources.yml"


class Source(Selective):
    """A text by somebody else: `checked` when we last compared it, `changed` when it last changed.

    `note` says what changed then, for those who review the pages that rest on it.
    """

    title: Text = Field(examples=["National Labor Relations Act, section 7"])
    publisher: Text = Field(examples=["National Labor Relations Board"])
    address: OutsideAddress = Field(examples=["https://www.example.org/act"])
    checked: datetime.date = Field(examples=["2026-11-20"])
    changed: datetime.date | None = Field(default=None, examples=["2023-08-02"])
    note: Line | None = Field(default=None, examples=["Section 4 asks for consent now."])


class SourceList(Record):
    """What stands in the file."""

    sources: dict[ShortName, Source] = Field(default={}, examples=["(sources, as in the sample)"])


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources that are for the organization, and the names of those that are for others."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    for_others: frozenset[str] = frozenset()


def load_sources(tree: FileTree, organization: Organization) -> Sources:
    """Read the sources that are for the organization.

    Raises:
        HandbookError: with one line for each mistake.

    """
    judge = partial(untranslated, languages=organization.languages)
    register, _ = load_optional_register(tree, FILE, SourceList, judge)
    kept = fitting(register.sources, organization)
    return Sources(kept, frozenset(register.sources.keys() - kept.keys()))
