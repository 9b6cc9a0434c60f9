"""The few words that a package adds to the pages of an edition, by language."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from handbook.content.languages import base_of

_FILE: Final = Path(__file__).with_name("words.yml")
MAIN: Final = "en"


@cache
def all_words() -> Mapping[str, Mapping[str, Any]]:
    """Return the words of each language by what they are for."""
    words: Mapping[str, Mapping[str, Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return words


def language_of_words(language: str) -> str:
    """Return the language whose words a package in `language` has: its own, or English."""
    return base_of(language) if base_of(language) in all_words() else MAIN
