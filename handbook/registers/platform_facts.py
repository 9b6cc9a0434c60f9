"""What pages say about platforms and others may change any day, from `registers/platform_facts.yml`."""

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Protocol

from pydantic import Field

from handbook.errors import HandbookError
from handbook.files.tree import FileTree
from handbook.record import Record
from handbook.registers.field_types import Line, Text, WebAddress
from handbook.registers.loading import load_optional_register
from handbook.text.suggestions import did_you_mean
from handbook.yaml.located import KeyPath

FILE: Final = "registers/platform_facts.yml"
SOURCES_FILE: Final = "registers/sources.yml"


class Source(Protocol):
    """What a fact shows of a source that it names."""

    @property
    def title(self) -> str | dict[str, str]:
        """Return the title, once or for each language."""

    @property
    def address(self) -> str:
        """Return where it can be read."""


class PlatformFact(Record):
    """A statement about a platform: `checked` when somebody last compared it with its source.

    `source` names a record of the register of sources; `address` is for what stands nowhere else.
    `secondary` says that neither is the platform's own word.
    """

    platform: Line = Field(examples=["facebook"])
    statement: Text = Field(examples=["A live recording stays for 30 days."])
    checked: datetime.date = Field(examples=["2026-11-20"])
    source: Line | None = Field(default=None, examples=["platform-help"])
    address: WebAddress | None = Field(default=None, examples=["https://help.example.org/live"])
    secondary: bool = Field(default=False, examples=["true"])


class FactList(Record):
    """What stands in the file."""

    facts: dict[str, PlatformFact] = Field(default={}, examples=["(facts, as in the sample)"])

    def mistakes(self) -> Iterator[tuple[KeyPath, str]]:
        """Find facts that name their source twice, and addresses of nobody."""
        for name, fact in self.facts.items():
            if fact.source and fact.address:
                yield ("facts", name, "address"), "stands beside a source; keep one of the two"
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
        """Return the facts, of one platform or of all, those that nobody has checked for longest first."""
        chosen = [(name, fact) for name, fact in self.facts.items() if platform in (None, fact.platform)]
        return sorted(chosen, key=lambda named: named[1].checked)


def load_platform_facts(
    tree: FileTree,
    languages: Sequence[str],
    platforms: Collection[str],
    sources: Mapping[str, Source] = MappingProxyType({}),
) -> PlatformFacts:
    """Read the register; a handbook without one states no facts.

    `platforms` and `sources` are the names that a fact may use.

    Raises:
        HandbookError: with one line for each mistake.

    """
    register, places = load_optional_register(tree, FILE, FactList)
    mistakes = []
    for path, sentence in _mistakes(register, languages, platforms, sources):
        location = places.value_location_of(path)
        mistakes.append(f"{FILE}:{location.line}:{location.column}: '{'.'.join(map(str, path))}' {sentence}")
    if mistakes:
        raise HandbookError("\n".join(mistakes))
    return PlatformFacts(register.facts, sources)


def _mistakes(
    register: FactList, languages: Sequence[str], platforms: Collection[str], sources: Collection[str]
) -> Iterator[tuple[KeyPath, str]]:
    """Find names that other registers do not have, and texts that lack a language."""
    for name, fact in register.facts.items():
        at = ("facts", name)
        if fact.platform not in platforms:
            mend = did_you_mean(fact.platform, platforms)
            yield (*at, "platform"), f"names '{fact.platform}', which is no platform; {mend}"
        if fact.source and fact.source not in sources:
            mend = did_you_mean(fact.source, sources) if sources else f"add it to {SOURCES_FILE}"
            yield (*at, "source"), f"names '{fact.source}', which is no source; {mend}"
        for language in languages:
            if isinstance(fact.statement, dict) and language not in fact.statement:
                yield (*at, "statement"), f"has no {language} text; add `{language}: …`"
