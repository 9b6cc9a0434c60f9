"""Splits texts into the words that a search compares; `split` in `dom.js` does the same."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

import snowballstemmer
import yaml

# An apostrophe is typed as one of four letters, too, which end a word as any other does.
_WORD: Final = re.compile("[^\\W_\u02b9-\u02bc]+")
# What divides a word for the end of a line, or came with pasted text, and what nobody sees.
_UNSEEN: Final = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+")
_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_STOP_WORDS: Final = Path(__file__).with_name("stop_words.yml")
_CONTACT_WORDS: Final = Path(__file__).with_name("contact_words.yml")
# Snowball names languages in English; a language without a stemmer is compared word by word.
_STEMMERS: Final = {"en": "english", "fr": "french"}


def folded(text: str) -> str:
    """Return a text in lower case and without accents, as people type it."""
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def words_of(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield each different word that means something, folded, with its stem."""
    return ((word, stem) for word, stem, _ in counted_words(text, language))


def counted_words(text: str, language: str) -> Iterator[tuple[str, str, int]]:
    """Yield each word that means something, folded, with its stem and how often it comes.

    A word that is written in more than one way, with and without accents, is yielded for each.
    """
    left_out = stop_words(language)
    seen = unicodedata.normalize("NFC", _UNSEEN.sub("", text.lower()))
    for written, count in Counter(_WORD.findall(seen)).items():
        word, stem = _folded_with_stem(written, language)
        if word not in left_out:
            yield word, stem, count


@lru_cache(maxsize=65_536)  # The pages of a handbook say the same few thousand words again and again.
def _folded_with_stem(word: str, language: str) -> tuple[str, str]:
    return folded(word), folded(_stemmer(language)(word))


@lru_cache
def _stemmer(language: str) -> Callable[[str], str]:
    name = _STEMMERS.get(language.partition("-")[0])
    return snowballstemmer.stemmer(name).stemWord if name else str


@lru_cache
def contact_words(language: str) -> Mapping[str, tuple[str, ...]]:
    """Return words of staff for the subject of each contact, by its purpose."""
    lists = yaml.safe_load(_CONTACT_WORDS.read_text(encoding="utf-8"))
    return {purpose: tuple(words.split()) for purpose, words in lists.get(language, {}).items()}


@lru_cache
def stop_words(language: str) -> frozenset[str]:
    """Return the folded words of a language that say nothing about a subject."""
    lists = yaml.safe_load(_STOP_WORDS.read_text(encoding="utf-8"))
    return frozenset(folded(word) for word in lists.get(language.partition("-")[0], "").split())
