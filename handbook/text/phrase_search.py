"""Finds many phrases in many pages at once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick

Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True)
class Phrase(Generic[Meaning]):
    """A phrase, what it means, and the language it counts in (every one without it).

    `hint` is a piece of text that stands wherever `pattern` matches, in capitals or not.
    """

    hint: str
    pattern: re.Pattern[str]
    meaning: Meaning
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Match(Generic[Meaning]):
    """A phrase that was found, with its offset in the text."""

    start: int
    text: str
    meaning: Meaning


class PhraseFinder(Generic[Meaning]):
    """Finds phrases. Their hints are looked for together, so that most pages are read once."""

    def __init__(self, sought: Sequence[Phrase[Meaning]]) -> None:
        self._sought = sought
        self._hints = AhoCorasick([one.hint.lower() for one in sought])

    def may_match(self, text: str) -> bool:
        """Tell quickly whether a text can hold any of the phrases at all."""
        return bool(self._hints.find_matches_as_indexes(text.lower()))

    def find(self, text: str, language: str) -> Iterator[Match[Meaning]]:
        """Yield what stands in a text, in the order of the text; of two that overlap, the longer."""
        hints = self._hints.find_matches_as_indexes(text.lower(), overlapping=True)
        numbers = {number for number, _, _ in hints}
        found = [
            Match(match.start(), match.group(), one.meaning)
            for one in (self._sought[number] for number in numbers)
            if one.language in (None, language)
            for match in one.pattern.finditer(text)
        ]
        end = 0
        for match in sorted(found, key=lambda match: (match.start, -len(match.text))):
            if match.start >= end:
                yield match
                end = match.start + len(match.text)
