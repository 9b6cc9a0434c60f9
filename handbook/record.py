"""A strict record of a register, and a mistake in one."""

from collections.abc import Iterator
from typing import TypeAlias

from pydantic import BaseModel, ConfigDict

from handbook.yaml.located import KeyPath

RecordProblem: TypeAlias = tuple[KeyPath, str]


class Record(BaseModel):
    """What every record of a register has in common: nothing unknown, nothing changed, nothing guessed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    def mistakes(self) -> Iterator[RecordProblem]:
        """Yield what only the whole record shows to be wrong: the path of a value, and what it is."""
        yield from ()
