"""How many people accepted which edition, from `registers/acknowledgement_counts.yml`. It names nobody.

`handbook acknowledge report --write` writes the file from the record, which is kept outside of git.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import Field

from handbook.files.tree import FileTree
from handbook.registers.evidence_folder import own_path
from handbook.registers.field_types import Line, ShortName
from handbook.registers.loading import load_optional_register
from handbook.yaml.record import Record, RecordProblem

FILE: Final = "registers/acknowledgement_counts.yml"
# Fewer people than this could be recognized by a number.
FEWEST: Final = 3
FEWER: Final = "fewer than 3"
WITHHELD: Final = "withheld"

_REMEDY: Final = "write the file with `handbook acknowledge report --write`"
Count: TypeAlias = Annotated[int, Field(ge=0)] | Literal["fewer than 3", "withheld"]


class EditionCount(Record):
    """How an audience answered an edition. A number that is not given is not known."""

    audience: ShortName = Field(examples=["work"], description="The short name of the audience.")
    edition: Line = Field(examples=['"2026.1"'], description="The edition that asked, in quotes.")
    asked: Count | None = Field(default=None, examples=["200"], description="How many people are asked.")
    accepted: Count | None = Field(default=None, examples=["180"], description="How many accepted it.")
    declined: Count | None = Field(
        default=None, examples=["fewer than 3"], description="How many do not agree."
    )
    exceptions: Count | None = Field(
        default=None,
        examples=["fewer than 3"],
        description="How many asked for an exception, or have one.",
    )
    not_answered: Count | None = Field(
        default=None, examples=["12"], description="How many have not answered."
    )

    def problems(self) -> Iterator[RecordProblem]:
        """Find a number of people that is not the sum of their answers."""
        answers = (self.accepted, self.declined, self.exceptions, self.not_answered)
        fewest = sum(answer for answer in answers if isinstance(answer, int))
        most = fewest + (FEWEST - 1) * answers.count(FEWER)
        is_known = not {None, WITHHELD} & set(answers)
        if isinstance(self.asked, int) and (self.asked < fewest or (is_known and self.asked > most)):
            yield ("asked",), f"is {self.asked}, and the answers add up to {fewest}; {_REMEDY}"


class CountRegister(Record):
    """The content of the file."""

    day: datetime.date = Field(examples=["2026-11-27"], description="The day of the counts.")
    counts: list[EditionCount] = Field(
        default=[], examples=["[]"], description="One entry for each audience and edition."
    )

    def problems(self) -> Iterator[RecordProblem]:
        """Find the mistakes of each entry."""
        for number, entry in enumerate(self.counts):
            for path, sentence in entry.problems():
                yield ("counts", number, *path), sentence


@dataclass(frozen=True, slots=True)
class AcknowledgementCounts:
    """The counts and their day, which is None if no counts are kept."""

    day: datetime.date | None = None
    counts: Sequence[EditionCount] = ()
    path: str = FILE


def load_acknowledgement_counts(tree: FileTree) -> AcknowledgementCounts:
    """Read the counts, which a handbook need not keep.

    Raises:
        HandbookError: with one line for each mistake.

    """
    path = own_path(tree, FILE)
    if tree.read(path) is None:
        return AcknowledgementCounts(path=path)
    register, _ = load_optional_register(tree, path, CountRegister)
    return AcknowledgementCounts(register.day, register.counts, path)
