"""Who decides before a post of ours goes out, from `registers/approvals.yml`."""

from collections.abc import Iterator, Sequence
from typing import Final, Literal, TypeAlias, get_args

from pydantic import Field

from handbook.files.tree import FileTree
from handbook.registers.applicability import Applicability, ApplicableRecord, fitting
from handbook.registers.contacts import Purpose
from handbook.registers.field_types import ShortName, Text
from handbook.registers.loading import load_optional_register
from handbook.registers.organization import Organization
from handbook.yaml.record import Record, RecordProblem

FILE: Final = "registers/approvals.yml"
LevelName: TypeAlias = Literal["green", "amber", "red", "never"]
LEVELS: Final[tuple[LevelName, ...]] = get_args(LevelName)


class Level(Record):
    """A step of the ladder: what it is called, who decides, whom to ask, and an example."""

    name: Text = Field(examples=["{en: Red, fr: Rouge}"], description="What the level is called.")
    who: Text = Field(examples=["Legal and an executive agree in writing"], description="Who decides.")
    ask: Purpose | None = Field(
        default=None, examples=["legal"], description="Whom to ask: a contact of organization.yml."
    )
    example: Text | None = Field(
        default=None, examples=["A statement after an accident"], description="A post of this level."
    )


class Ground(ApplicableRecord):
    """What a post may be about, and the level that it then has."""

    level: LevelName = Field(examples=["red"], description="The level that such a post has.")
    text: Text = Field(
        examples=["{en: lawsuits, fr: les procès}"],
        description='What the post is about. It follows the words "For posts about".',
    )


class Approvals(Record):
    """The ladder: its levels, and what belongs to each."""

    levels: dict[LevelName, Level] = Field(
        default={}, examples=["(levels, as in the sample)"], description="The levels, each described."
    )
    grounds: dict[ShortName, Ground] = Field(
        default={},
        examples=["(grounds, as in the sample)"],
        description="What belongs to each level, by a short name.",
    )

    def problems(self) -> Iterator[RecordProblem]:
        """Find grounds of a level that is not described, and levels that hold nothing for everyone."""
        for name, ground in self.grounds.items():
            if ground.level not in self.levels:
                yield ("grounds", name, "level"), f"is '{ground.level}', which `levels` does not describe"
        for level in self.levels:
            if not any(ground.only_for == Applicability() for ground in self.of(level)):
                advice = f"add a ground with `level: {level}` and without `only_for`"
                yield ("levels", level), f"has no ground that is for every organization; {advice}"
        yield from _twice(self)

    def of(self, level: LevelName) -> Sequence[Ground]:
        """Return the grounds of a level."""
        return [ground for ground in self.grounds.values() if ground.level == level]


def _twice(approvals: Approvals) -> Iterator[RecordProblem]:
    """Find grounds in the words of an earlier one: with another level, one of the two would be wrong."""
    seen: dict[str, str] = {}
    for name, ground in approvals.grounds.items():
        words = str(ground.text).casefold()
        if words in seen:
            yield ("grounds", name, "text"), f"has the words of '{seen[words]}'; keep one of the two"
        seen.setdefault(words, name)


def load_approvals(tree: FileTree, organization: Organization) -> Approvals:
    """Read the ladder with the grounds that are for the organization; without a file, it is empty.

    Raises:
        HandbookError: with one line for each mistake.

    """
    register, _ = load_optional_register(tree, FILE, Approvals, variables=organization.variables)
    # A copy, because whether a level holds something is a question to the file as it is written.
    return register.model_copy(update={"grounds": fitting(register.grounds, organization)})
