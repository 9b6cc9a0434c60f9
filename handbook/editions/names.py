"""The names of editions, such as 2026.1, and their order."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final, Self

from handbook.errors import HandbookError

# Begins the name of the tag of an edition.
TAG_PREFIX: Final = "edition-"
NAME: Final = re.compile(r"(20\d\d)\.([1-9]\d{0,3})")


@dataclass(frozen=True, slots=True, order=True)
class Edition:
    """The name of an edition, such as 2026.1; editions are ordered as numbers, so that .10 follows .9."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a name.

        Raises:
            HandbookError: if the text is not one.

        """
        name = NAME.fullmatch(text)
        if not name:
            raise HandbookError(f"'{text}' is not an edition; write its year and number, for example 2026.1")
        return cls(int(name[1]), int(name[2]))

    def __str__(self) -> str:
        return f"{self.year}.{self.number}"


def is_edition(text: str) -> bool:
    """Tell whether a text has the form of an edition's name, whether or not there is such an edition."""
    return NAME.fullmatch(text) is not None


def next_edition(editions: Iterable[Edition], year: int) -> Edition:
    """Return the name after the last one of a year."""
    return Edition(year, max((edition.number for edition in editions if edition.year == year), default=0) + 1)


def refuse_name(wanted: Edition, taken: Collection[Edition], year: int) -> None:
    """Refuse a name that is taken, or that leaves a number out.

    Raises:
        HandbookError: with the name to use.

    """
    follows = next_edition(taken, year)
    if wanted in taken:
        raise HandbookError(
            f"{wanted} is published, and a published edition stays as it is; publish {follows}"
        )
    if wanted != follows:
        raise HandbookError(f"{wanted} is not the next edition of {year}; publish {follows}")
