"""The words of readings and decisions in comments, in each language in which they can be written."""

import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from handbook.formats.words_by_language import WordsByLanguage

WORDS: Final = WordsByLanguage(Path(__file__).with_name("words.yml"))


@cache
def meanings(kind: str) -> Mapping[str, str]:
    """Return what each word of a kind means, such as `garder` for a verdict, in whatever language."""
    return {folded(word): key for language in WORDS.all.values() for key, word in language[kind].items()}


def folded(word: str) -> str:
    """Return a word without accents, capital letters, marks of Markdown, and spaces at its ends."""
    letters = unicodedata.normalize("NFD", word.replace("\N{NO-BREAK SPACE}", " ")).casefold()
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return plain.strip(" *_`#-.")
