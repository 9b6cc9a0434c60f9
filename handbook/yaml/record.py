"""A strict record of data from outside, and a problem in one."""

from collections.abc import Iterator
from typing import ClassVar, TypeAlias

from pydantic import BaseModel, ConfigDict

from handbook.yaml.located import KeyPath

# The path of a value, and a sentence to be read after it.
RecordProblem: TypeAlias = tuple[KeyPath, str]


class Record(BaseModel):
    """What every record has in common: no unknown keys, no changes, no guessed types.

    The fields in `not_reviewed`, such as a telephone number or the day of a check, can change without
    changing a rule; no review answers for them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    not_reviewed: ClassVar[frozenset[str]] = frozenset()

    def problems(self) -> Iterator[RecordProblem]:
        """Yield the problems that only the record as a whole reveals."""
        yield from ()
