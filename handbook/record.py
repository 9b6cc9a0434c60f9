"""A strict record of data from outside, and a problem in one."""

from collections.abc import Iterator
from typing import TypeAlias

from pydantic import BaseModel, ConfigDict

from handbook.yaml.located import KeyPath

# The path of a value, and a sentence to be read after it.
RecordProblem: TypeAlias = tuple[KeyPath, str]


class Record(BaseModel):
    """What every record has in common: no unknown keys, no changes, no guessed types."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    def mistakes(self) -> Iterator[RecordProblem]:
        """Yield the problems that only the record as a whole reveals."""
        yield from ()
