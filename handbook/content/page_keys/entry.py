"""A key of a page with its value, and what is written in the place of one that cannot be used."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from handbook.content.asked_as import EXAMPLE as ASKED_AS
from handbook.yaml.located import KeyPath, LocatedMapping

EXAMPLES: Final = {
    "title": "Facebook guidelines",
    "description": "What account holders do, from opening a page to closing it.",
    "owner": "communications-lead",
    "owner_since": "2026-11-27",
    "review_every": "3 months",
    "audience": "[work]",
    "legal_review": "2026-10-09",
    "sources": "[meta-terms]",
    "applies_to": "{sectors: [healthcare]}",
    "hide": "[toc]",
    "asked_as": ASKED_AS,
    "languages": "[en]",
    "translates": "3f2a9c1b-77d0a1c2",
}


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A key, its value, and where to look up how the value is written."""

    key: str
    value: object
    source: LocatedMapping

    @property
    def written(self) -> str:
        """The value as the file has it; nothing if it has several lines."""
        return self.source.written((self.key,))

    def written_at(self, path: KeyPath) -> str:
        """Return a part of the value as it is written, such as `no`; nothing if it has several lines."""
        return self.source.written((self.key, *path))

    @property
    def comment(self) -> str:
        """What follows the value as a comment; most files have none, and need not be read again."""
        return self.source.comment_after((self.key,)) if "#" in self.source.text else ""

    @property
    def example(self) -> str:
        """What to do, with a value that the key may have."""
        return f"write for example `{self.key}: {EXAMPLES[self.key]}`"

    def as_list(self, words: Sequence[str]) -> str:
        """Return what to do if these words were meant as a list."""
        return f"write `{self.key}: [{', '.join(words)}]`"


class WrongPart(ValueError):
    """What is wrong with one part of a value."""

    def __init__(self, path: KeyPath, message: str) -> None:
        super().__init__(message)
        self.path = path
