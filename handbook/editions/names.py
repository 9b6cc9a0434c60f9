"""The names of editions, such as 2026.1, and their order."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final, Self

from handbook.errors import HandbookError

_NAME: Final = re.compile(r"(20\d\d)\.([1-9]\d{0,3})")


@dataclass(frozen=True, slots=True, order=True)
class Edition:
    """The name of an edition, such as 2026.1; editions are ordered as numbers, so that .10 follows .9."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a name.

        Raises:
            HandbookError: when it is none.

        """
        found = _NAME.fullmatch(text)
        if not found:
            raise HandbookError(f"'{text}' is no edition; write its year and number, for example 2026.1")
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.year}.{self.number}"


def next_edition(editions: Iterable[Edition], year: int) -> Edition:
    """Return the name that follows those of a year."""
    return Edition(year, max((one.number for one in editions if one.year == year), default=0) + 1)


def refuse_name(wanted: Edition, taken: Collection[Edition], year: int) -> None:
    """Let nobody publish under a name that is taken, or leave a number out.

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
