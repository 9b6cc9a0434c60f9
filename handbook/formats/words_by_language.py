"""The few words that the tool itself adds to what it writes, in each language that has some."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeAlias

import yaml

from handbook.content.languages import base_of

MAIN: Final = "en"
# The words of a language by what they are for.
Words: TypeAlias = Mapping[str, Any]


class WordsByLanguage:
    """The words in a YAML file, which is read when they are first needed."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @cached_property
    def all(self) -> Mapping[str, Words]:
        """The words of each language."""
        words: Mapping[str, Words] = yaml.safe_load(self._file.read_text(encoding="utf-8"))
        return words

    def language_for(self, language: str) -> str:
        """Return the language whose words readers of a language or a variant get: it, or English."""
        return base_of(language) if base_of(language) in self.all else MAIN

    def of(self, language: str) -> Words:
        """Return the words that readers of a language or a variant get."""
        return self.all[self.language_for(language)]
