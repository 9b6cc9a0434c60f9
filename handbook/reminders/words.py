"""The words of letters to owners, by language."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

import yaml

from handbook.content.languages import base_of

_FILE: Final = Path(__file__).with_name("words.yml")
MAIN: Final = "en"
Words: TypeAlias = Mapping[str, Any]


@cache
def all_words() -> Mapping[str, Words]:
    """Return the words of each language by what they are for."""
    words: Mapping[str, Words] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return words


def words_of(language: str) -> Words:
    """Return the words of a language, or those of English if it has none."""
    return all_words().get(base_of(language), all_words()[MAIN])
