"""Facts about platforms, which others may change any day, from `registers/platform_facts.yml`."""

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import Final

from pydantic import Field

from handbook.files.tree import FileTree
from handbook.record import Record, RecordProblem
from handbook.registers.field_types import Line, Text, WebAddress, untranslated
from handbook.registers.loading import load_optional_register
from handbook.registers.sources import Source, unknown_source
from handbook.registers.variables import Variables
from handbook.text.suggestions import did_you_mean

FILE: Final = "registers/platform_facts.yml"


class PlatformFact(Record):
    """A statement about a platform, and the day on which somebody last `checked` it against its source.

    `source` names a record of the register of sources; `address` is for a source that is not in it.
    `secondary` says that neither is the platform's own word.
    """

    not_reviewed = frozenset({"checked", "address"})

    platform: Line = Field(examples=["facebook"])
    statement: Text = Field(examples=["A live recording stays for 30 days."])
    checked: datetime.date = Field(examples=["2026-11-20"])
    source: Line | None = Field(default=None, examples=["platform-help"])
    address: WebAddress | None = Field(default=None, examples=["https://help.example.org/live"])
    secondary: bool = Field(default=False, examples=["true"])


class FactList(Record):
    """The content of the file."""

    facts: dict[str, PlatformFact] = Field(default={}, examples=["(facts, as in the sample)"])

    def mistakes(self) -> Iterator[RecordProblem]:
        """Find facts that name their source twice, and secondary sources that nothing names."""
        for name, fact in self.facts.items():
            if fact.source and fact.address:
                yield ("facts", name, "address"), "is beside a source; keep one of the two"
            if fact.secondary and not (fact.source or fact.address):
                yield ("facts", name, "secondary"), "names no source; add `address: https://…`"


@dataclass(frozen=True, slots=True)
class PlatformFacts:
    """The register of facts about platforms, and the sources that they may name."""

    facts: Mapping[str, PlatformFact] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)

    def source_of(self, fact: PlatformFact) -> Source | None:
        """Return the source that a fact names, or None."""
        return self.sources[fact.source] if fact.source else None

    def to_recheck(self, platform: str | None = None) -> list[tuple[str, PlatformFact]]:
        """Return the facts of one platform, or of all; those that were checked longest ago come first."""
        chosen = [(name, fact) for name, fact in self.facts.items() if platform in (None, fact.platform)]
        return sorted(chosen, key=lambda named: named[1].checked)


def load_platform_facts(
    tree: FileTree,
    languages: Sequence[str],
    platforms: Collection[str],
    sources: Mapping[str, Source] = MappingProxyType({}),
    variables: Variables | None = None,
) -> PlatformFacts:
    """Read the register; without one, there are no facts.

    `platforms` and `sources` are the names that a fact may use.

    Raises:
        HandbookError: with one line for each mistake.

    """
    judge = partial(_mistakes, languages=languages, platforms=platforms, sources=sources)
    register, _ = load_optional_register(tree, FILE, FactList, judge, variables)
    return PlatformFacts(register.facts, sources)


def _mistakes(
    register: FactList, languages: Sequence[str], platforms: Collection[str], sources: Collection[str]
) -> Iterator[RecordProblem]:
    """Find names that other registers do not have, and texts that lack a language."""
    yield from untranslated(register, languages)
    for name, fact in register.facts.items():
        if fact.platform not in platforms:
            advice = did_you_mean(fact.platform, platforms)
            message = f"names '{fact.platform}', which is not a platform; {advice}"
            yield ("facts", name, "platform"), message
        if fact.source and fact.source not in sources:
            yield ("facts", name, "source"), unknown_source(fact.source, sources)
