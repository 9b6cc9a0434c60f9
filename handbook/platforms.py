"""The names of platforms and the sections of their pages, from `registers/platforms.yml`."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

from pydantic import Field

from handbook.organization import Line, Text
from handbook.phrases import PhraseFinder, Sought
from handbook.registers import Record, load_optional_register
from handbook.trees import Tree

FILE: Final = "registers/platforms.yml"
FOLDER: Final = "docs/platforms/"


class Platform(Record):
    """A platform under every name by which people know it."""

    name: Line = Field(examples=["Facebook"])
    aliases: list[Line] = Field(default=[], examples=["[FB]"])
    former_names: list[Line] = Field(default=[], examples=["[Twitter]"])
    phrases: dict[str, list[Line]] = Field(default={}, examples=["{en: [on X, X account]}"])


class Platforms(Record):
    """The register of platforms."""

    may_name_platforms: list[Line] = Field(default=[], examples=["[docs/platforms/]"])
    sections: list[Text] = Field(default=[], examples=["[{en: Posting, fr: Publier}]"])
    platforms: dict[str, Platform] = Field(default={}, examples=["(platforms, as in the sample)"])

    def is_core(self, path: str) -> bool:
        """Tell whether the page at `path` may name no platform."""
        return not path.startswith(tuple(self.may_name_platforms))

    @cached_property
    def finder(self) -> PhraseFinder[str]:
        """Return what finds the names of platforms, whole words only, and says which platform it is."""
        return PhraseFinder([*self._names(), *self._phrases()])

    def _names(self) -> Iterator[Sought[str]]:
        for platform in self.platforms.values():
            for name in (platform.name, *platform.aliases, *platform.former_names):
                if name != platform.name or not platform.phrases:
                    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
                    yield Sought(name, pattern, platform.name)

    def _phrases(self) -> Iterator[Sought[str]]:
        for platform in self.platforms.values():
            for language, phrases in platform.phrases.items():
                for phrase in phrases:
                    pattern = re.compile(rf"(?<![\w-]){re.escape(phrase)}(?![\w-])")
                    yield Sought(phrase, pattern, platform.name, language)


def load_platforms(tree: Tree, languages: Sequence[str]) -> Platforms:
    """Read the register, whose sections have each of `languages`; without one, no platform is known.

    Raises:
        HandbookError: with one line for each mistake.

    """
    return load_optional_register(tree, FILE, Platforms, languages)[0]
