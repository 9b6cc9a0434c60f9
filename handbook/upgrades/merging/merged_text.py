"""What a three-way merge made: a text, and the places at which both sides wrote something else."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Conflict:
    """A line of the merged text that stays as the handbook has it, and what the release has in its place."""

    line: int
    theirs: str


@dataclass(frozen=True, slots=True)
class Fragment:
    """A part of a merged text; `theirs` is what the release has there, if that was not taken."""

    text: str
    theirs: str | None = None


@dataclass(frozen=True, slots=True)
class MergedText:
    """A merged text. Where it has a conflict, it holds what the handbook says."""

    text: str
    conflicts: tuple[Conflict, ...] = ()

    @classmethod
    def of(cls, fragments: Iterable[Fragment]) -> Self:
        """Join fragments, and count the lines of those that are conflicts."""
        text, conflicts = "", []
        for fragment in fragments:
            if fragment.theirs is not None:
                conflicts.append(Conflict(text.count("\n") + 1, fragment.theirs))
            text += fragment.text
        return cls(text, tuple(conflicts))

    def below(self, head: Self) -> Self:
        """Return a text that begins with another one."""
        lines = head.text.count("\n")
        moved = (Conflict(conflict.line + lines, conflict.theirs) for conflict in self.conflicts)
        return type(self)(head.text + self.text, (*head.conflicts, *moved))
