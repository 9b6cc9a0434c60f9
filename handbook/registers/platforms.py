"""The names of platforms and the sections of their pages, from `registers/platforms.yml`."""

from collections.abc import Iterator
from functools import cached_property, partial
from typing import Final

from pydantic import Field
from yaml.nodes import MappingNode

from handbook.errors import HandbookError
from handbook.files.tree import FileTree
from handbook.record import Record
from handbook.registers.field_types import Line, Text, untranslated
from handbook.registers.loading import load_optional_register
from handbook.registers.organization import Organization
from handbook.text.phrase_search import Phrase, PhraseFinder, whole_words
from handbook.yaml.edit_lines import compose, entry, insert, is_block, last_line, proved, value_at

FILE: Final = "registers/platforms.yml"
FOLDER: Final = "docs/platforms/"


class Platform(Record):
    """A platform under every name by which people know it."""

    name: Line = Field(examples=["Facebook"])
    aliases: list[Line] = Field(default=[], examples=["[FB]"])
    former_names: list[Line] = Field(default=[], examples=["[Twitter]"])
    phrases: dict[str, list[Line]] = Field(default={}, examples=["{en: [on X, X account]}"])


class PlatformSection(Record):
    """A section that every platform page has. `write` says to its author what belongs there."""

    title: Text = Field(examples=["{en: Posting, fr: Publier}"])
    write: Text = Field(examples=["Say what to check before a post."])


class Platforms(Record):
    """The register of platforms."""

    may_name_platforms: list[Line] = Field(default=[], examples=["[docs/platforms/]"])
    pages_without_sections: list[Line] = Field(default=[], examples=["[docs/platforms/facts.md]"])
    sections: list[PlatformSection] = Field(default=[], examples=["(sections, as in the sample)"])
    platforms: dict[str, Platform] = Field(default={}, examples=["(platforms, as in the sample)"])

    def is_core(self, path: str) -> bool:
        """Tell whether the page at `path` may name no platform."""
        return not path.startswith(tuple(self.may_name_platforms))

    def known_as(self, key: str) -> str:
        """Return the name of the platform with that key, or the key if it is not in the register."""
        return self.platforms[key].name if key in self.platforms else key

    def key_of(self, name: str) -> str | None:
        """Return the key of the platform that people know by that name, or None."""
        for key, platform in self.platforms.items():
            names = (key, platform.name, *platform.aliases, *platform.former_names)
            if name.casefold() in map(str.casefold, names):
                return key
        return None

    @cached_property
    def finder(self) -> PhraseFinder[str]:
        """Return a finder of the names of platforms, as whole words; the meaning of each is the platform."""
        return PhraseFinder([*self._names(), *self._phrases()])

    def _names(self) -> Iterator[Phrase[str]]:
        for platform in self.platforms.values():
            for name in (platform.name, *platform.aliases, *platform.former_names):
                if name != platform.name or not platform.phrases:
                    yield Phrase(name, whole_words(name), platform.name, ignores_case=True)

    def _phrases(self) -> Iterator[Phrase[str]]:
        for platform in self.platforms.values():
            for language, phrases in platform.phrases.items():
                for phrase in phrases:
                    yield Phrase(phrase, whole_words(phrase, "-"), platform.name, language)


def load_platforms(tree: FileTree, organization: Organization) -> Platforms:
    """Read the register, whose texts have each language; without one, no platform is known.

    Raises:
        HandbookError: with one line for each mistake.

    """
    judge = partial(untranslated, languages=organization.languages)
    return load_optional_register(tree, FILE, Platforms, judge, organization.variables)[0]


def with_platform(text: str, key: str, name: str) -> str:
    """Return the text of the register with one more platform at its end.

    Raises:
        HandbookError: if the platforms cannot be changed line by line.

    """
    platforms = value_at(compose(text), "platforms")
    refusal = f"{FILE} has no `platforms:` with lines below it; write them as the sample does"
    if platforms is None or not is_block(platforms):
        raise HandbookError(refusal)
    indent = " " * platforms.start_mark.column
    lines = [f"{indent}{entry(key, None).removesuffix(' null')}", f"{indent}  {entry('name', name)}"]
    after = insert(text, last_line(platforms), lines)
    return proved(after, _names_by_key, {**_names_by_key(text), key: name}, refusal)


def _names_by_key(text: str) -> dict[str, str]:
    platforms = value_at(compose(text), "platforms")
    pairs = platforms.value if isinstance(platforms, MappingNode) else []
    return {key.value: getattr(value_at(value, "name"), "value", "") for key, value in pairs}
