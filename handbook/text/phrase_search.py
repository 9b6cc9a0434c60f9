"""Finds many phrases in many texts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick

Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True)
class Phrase(Generic[Meaning]):
    """A phrase, what it means, and the language whose texts may hold it (None for every language).

    `hint` is part of every text that `pattern` matches, in upper or lower case.
    """

    hint: str
    pattern: re.Pattern[str]
    meaning: Meaning
    language: str | None = None


@dataclass(frozen=True, slots=True)
class PhraseMatch(Generic[Meaning]):
    """A phrase in a text, with its offset."""

    start: int
    text: str
    meaning: Meaning


class PhraseFinder(Generic[Meaning]):
    """Finds phrases. All hints are searched for at once, so that most texts are read once."""

    def __init__(self, phrases: Sequence[Phrase[Meaning]]) -> None:
        self._phrases = phrases
        self._hints = AhoCorasick([phrase.hint.lower() for phrase in phrases])

    def may_match(self, text: str) -> bool:
        """Tell quickly whether a text can hold any of the phrases at all."""
        return bool(self._hints.find_matches_as_indexes(text.lower()))

    def find(self, text: str, language: str) -> Iterator[PhraseMatch[Meaning]]:
        """Yield the phrases in a text, in its order; if some overlap, the first and longest of them."""
        hints = self._hints.find_matches_as_indexes(text.lower(), overlapping=True)
        numbers = {number for number, _, _ in hints}
        matches = [
            PhraseMatch(match.start(), match.group(), phrase.meaning)
            for phrase in (self._phrases[number] for number in numbers)
            if phrase.language in (None, language)
            for match in phrase.pattern.finditer(text)
        ]
        end = 0
        for match in sorted(matches, key=lambda match: (match.start, -len(match.text))):
            if match.start >= end:
                yield match
                end = match.start + len(match.text)
