"""Finds many phrases in many texts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Generic, TypeVar

from ahocorasick_rs import AhoCorasick

from handbook.text.characters import plain_characters

Meaning = TypeVar("Meaning")
_QUOTES: Final = r"""["“”„«»‹›‘’'\[\]]"""
# Between two words of a phrase: white space of any length in a line, and quotes and brackets around it.
_GAP: Final = rf"{_QUOTES}*+[^\S\n](?:[^\S\n]|{_QUOTES})*+"
# Apostrophes and hyphens are typed in two ways.
_ALIKE: Final = {"'": "['’]", "’": "['’]", "-": "[-\u2010]"}
_WORD: Final = re.compile(r"\w+")
# Thai, Burmese, Khmer, Japanese, Chinese, and Korean, which have no space before and after a name.
_UNSPACED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_STARTS_UNSPACED: Final = re.compile(f"[{_UNSPACED}]")


def whole_words(phrase: str, apart_from: str = "") -> str:
    """Return the expression for a phrase, whatever white space and quotes are between its words.

    No letter may be before or after it, nor a character of `apart_from`.
    """
    # Without regard to case, each of the sixty thousand letters would be looked up.
    edge = rf"(?-i:[^\W{_UNSPACED}])" + (f"|[{re.escape(apart_from)}]" if apart_from else "")
    plain = plain_characters(phrase)
    before = "" if _STARTS_UNSPACED.match(plain[:1]) else f"(?<!{edge})"
    after = "" if _STARTS_UNSPACED.match(plain[-1:]) else f"(?!{edge})"
    return before + _expression_of(plain) + after


def _expression_of(plain: str) -> str:
    words = plain.split()
    return _GAP.join("".join(_ALIKE.get(letter, re.escape(letter)) for letter in word) for word in words)


@dataclass(frozen=True, slots=True)
class Phrase(Generic[Meaning]):
    """A phrase, what it means, and the language whose texts may hold it (None for every language).

    Each word of `hint` is part of every text that `expression` matches, in upper or lower case if that is
    ignored.
    """

    hint: str
    expression: str
    meaning: Meaning
    language: str | None = None
    ignores_case: bool = False

    @property
    def pattern(self) -> re.Pattern[str]:
        """Return the pattern, which is compiled when a text may have the phrase: few texts have any."""
        return _compiled(self.expression, self.ignores_case)


@lru_cache(maxsize=1024)
def _compiled(expression: str, ignores_case: bool) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE if ignores_case else re.NOFLAG)


@dataclass(frozen=True, slots=True)
class PhraseMatch(Generic[Meaning]):
    """A phrase in a text, with its offset."""

    start: int
    text: str
    meaning: Meaning


class _Words:
    """Tells which of many hints have all their words in a text.

    The longest word of each hint is searched for, so that most texts are read once; one in capitals is rarer.
    """

    def __init__(self, hints: Sequence[str]) -> None:
        self._words = [frozenset(_WORD.findall(plain_characters(hint))) or {hint} for hint in hints]
        rarest = [
            max(words, key=lambda word: (word != word.lower(), len(word), word)) for words in self._words
        ]
        self._search = AhoCorasick(rarest)

    def complete_in(self, text: str) -> Iterator[int]:
        """Yield the numbers of the hints whose words are all in a text."""
        matches = self._search.find_matches_as_indexes(text, overlapping=True)
        for number in {number for number, _, _ in matches}:
            if all(word in text for word in self._words[number]):
                yield number


class PhraseFinder(Generic[Meaning]):
    """Finds phrases. Their words are searched for all at once, so that most texts are read once."""

    def __init__(self, phrases: Sequence[Phrase[Meaning]]) -> None:
        self._folded = [phrase for phrase in phrases if phrase.ignores_case]
        self._exact = [phrase for phrase in phrases if not phrase.ignores_case]
        self._folded_words = _Words([phrase.hint.lower() for phrase in self._folded])
        self._exact_words = _Words([phrase.hint for phrase in self._exact])

    def may_match(self, text: str) -> bool:
        """Tell quickly whether a text can hold any of the phrases at all."""
        return next(self._possible(text), None) is not None

    def _possible(self, text: str) -> Iterator[Phrase[Meaning]]:
        yield from (self._folded[number] for number in self._folded_words.complete_in(text.lower()))
        yield from (self._exact[number] for number in self._exact_words.complete_in(text))

    def find(self, text: str, language: str) -> Iterator[PhraseMatch[Meaning]]:
        """Yield the phrases in a text, in its order; if some overlap, the first and longest of them."""
        matches = [
            PhraseMatch(match.start(), match.group(), phrase.meaning)
            for phrase in self._possible(text)
            if phrase.language in (None, language)
            for match in phrase.pattern.finditer(text)
        ]
        end = 0
        for match in sorted(matches, key=lambda match: (match.start, -len(match.text))):
            if match.start >= end:
                yield match
                end = match.start + len(match.text)
