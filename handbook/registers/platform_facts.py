"""Facts about platforms, which others may change any day, from `registers/platform_facts.yml`."""

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import Final

from pydantic import Field

from handbook.files.tree import FileTree
from handbook.findings import Location
from handbook.registers.applicability import ApplicableRecord, fitting
from handbook.registers.field_types import (
    PlatformName,
    PlatformSectionName,
    SourceName,
    Text,
    WebAddress,
)
from handbook.registers.loading import load_optional_register
from handbook.registers.organization import Organization
from handbook.registers.platforms import FILE as PLATFORMS_FILE
from handbook.registers.platforms import Platforms
from handbook.registers.sources import Source, unknown_source
from handbook.text.suggestions import did_you_mean
from handbook.yaml.located import LocatedMapping
from handbook.yaml.record import Record, RecordProblem

FILE: Final = "registers/platform_facts.yml"


class PlatformFact(ApplicableRecord):
    """A statement about a platform, and the day on which somebody last `checked` it against its source.

    `section` is the key of the section of its platform's page that lists it. `source` names a record of the
    register of sources; `address` is for a source that is not in it. `secondary` says that neither is the
    platform's own word, which is accepted through the day `secondary_until`.
    """

    not_reviewed = frozenset({"section", "checked", "address", "secondary_until"})

    platform: PlatformName = Field(
        examples=["facebook"], description="The key of the platform in registers/platforms.yml."
    )
    section: PlatformSectionName | None = Field(
        default=None, examples=["live"], description="The section of the platform's page that lists it."
    )
    statement: Text = Field(
        examples=["A live recording stays for 30 days."],
        description="What the platform does, in one sentence.",
    )
    checked: datetime.date = Field(
        examples=["2026-11-20"],
        description="The day on which somebody last compared the statement with its source.",
    )
    source: SourceName | None = Field(
        default=None,
        examples=["platform-help"],
        description="The name of its source in registers/sources.yml.",
    )
    address: WebAddress | None = Field(
        default=None,
        examples=["https://help.example.org/live"],
        description="The address of a source that is not in registers/sources.yml.",
    )
    secondary: bool = Field(
        default=False, examples=["true"], description="Whether the source is not the platform's own word."
    )
    secondary_until: datetime.date | None = Field(
        default=None,
        examples=["2027-03-31"],
        description="The last day on which the check accepts such a source.",
    )


class FactList(Record):
    """The content of the file."""

    facts: dict[str, PlatformFact] = Field(
        default={}, examples=["(facts, as in the sample)"], description="The facts, by a short name."
    )

    def problems(self) -> Iterator[RecordProblem]:
        """Find facts that name their source twice, and secondary sources that are none or not named."""
        for name, fact in self.facts.items():
            if fact.source and fact.address:
                yield ("facts", name, "address"), "is beside a source; keep one of the two"
            if fact.secondary and not (fact.source or fact.address):
                yield ("facts", name, "secondary"), "names no source; add `address: https://…`"
            if fact.secondary_until and not fact.secondary:
                yield (
                    ("facts", name, "secondary_until"),
                    "is for a secondary source; remove it, or add `secondary: true`",
                )


@dataclass(frozen=True, slots=True)
class PlatformFacts:
    """The facts about platforms that are for the organization, the names of the others, and the sources."""

    facts: Mapping[str, PlatformFact] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    located: LocatedMapping = field(default_factory=LocatedMapping)
    for_others: frozenset[str] = frozenset()

    def location(self, name: str, key: str) -> Location:
        """Return the location of a key of a fact."""
        return self.located.value_location_of(("facts", name, key))

    def of_section(self, platform: str, section: str) -> dict[str, PlatformFact]:
        """Return the facts of one section of a platform's page, in the order of the register."""
        return {
            name: fact
            for name, fact in self.facts.items()
            if (fact.platform, fact.section) == (platform, section)
        }

    def source_of(self, fact: PlatformFact) -> Source | None:
        """Return the source that a fact names, or None."""
        return self.sources[fact.source] if fact.source else None

    def to_recheck(self) -> list[tuple[str, PlatformFact]]:
        """Return the facts by name; those that were compared longest ago come first."""
        return sorted(self.facts.items(), key=lambda named: named[1].checked)


def load_platform_facts(
    tree: FileTree,
    organization: Organization,
    platforms: Platforms,
    sources: Mapping[str, Source] = MappingProxyType({}),
) -> PlatformFacts:
    """Read the facts that are for the organization; without a register, there are none.

    A fact may name the platforms, and the sections of their pages, in `platforms`, and `sources` by name.

    Raises:
        HandbookError: with one line for each mistake.

    """
    judge = partial(_problems, platforms=platforms, sources=sources)
    register, located = load_optional_register(tree, FILE, FactList, judge, organization.variables)
    kept = fitting(register.facts, organization)
    return PlatformFacts(kept, sources, located, frozenset(register.facts.keys() - kept.keys()))


def _problems(register: FactList, platforms: Platforms, sources: Collection[str]) -> Iterator[RecordProblem]:
    """Find names that other registers do not have."""
    for name, fact in register.facts.items():
        if fact.platform not in platforms.platforms:
            advice = did_you_mean(fact.platform, platforms.platforms)
            message = f"names '{fact.platform}', which is not a platform; {advice}"
            yield ("facts", name, "platform"), message
        if fact.section and fact.section not in platforms.section_keys:
            advice = did_you_mean(fact.section, platforms.section_keys)
            message = f"names '{fact.section}', which is not a section in {PLATFORMS_FILE}; {advice}"
            yield ("facts", name, "section"), message
        if fact.source and fact.source not in sources:
            yield ("facts", name, "source"), unknown_source(fact.source, sources)
