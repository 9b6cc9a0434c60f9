"""The words of readings and decisions in comments, in each language in which they can be written."""

import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

_FILE: Final = Path(__file__).with_name("words.yml")
MAIN: Final = "en"


@cache
def words_of(language: str) -> Mapping[str, Any]:
    """Return the words of a language by what they are for; in a language without any, they are English."""
    by_language = _words()
    return by_language.get(language.partition("-")[0], by_language[MAIN])


@cache
def meanings(kind: str) -> Mapping[str, str]:
    """Return what each word of a kind means, such as `garder` for a verdict, in whatever language."""
    return {folded(word): key for language in _words().values() for key, word in language[kind].items()}


def languages() -> list[str]:
    """Return the languages that have words."""
    return list(_words())


def folded(word: str) -> str:
    """Return a word without accents, capital letters, marks of Markdown, and spaces at its ends."""
    letters = unicodedata.normalize("NFD", word.replace("\N{NO-BREAK SPACE}", " ")).casefold()
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return plain.strip(" *_`#-.")


@cache
def _words() -> Mapping[str, Mapping[str, Any]]:
    words: Mapping[str, Mapping[str, Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return words
