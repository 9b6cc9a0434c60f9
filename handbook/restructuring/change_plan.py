"""What a command is about to do to a handbook: the files, and what people have to know of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from handbook.model import ExpressionsOf, Handbook
from handbook.restructuring.draft import Draft


@dataclass(frozen=True, slots=True)
class Recorder:
    """Who records that pages changed without a review: a role, or None if nobody was named, and why."""

    role: str | None
    why: str


@dataclass
class ChangePlan:
    """A change of the handbook `before`; `remarks` say what it leaves to people, and what stays as it is."""

    before: Handbook
    draft: Draft
    expressions_of: ExpressionsOf
    remarks: list[str] = field(default_factory=list)

    def remark(self, sentence: str) -> None:
        """Add something that people have to know."""
        self.remarks.append(sentence)


@dataclass(frozen=True, slots=True)
class Renaming:
    """The new path of each file that moves, by its old one: a page, its translations, and its pictures."""

    old: str
    new: str
    pages: Mapping[str, str]
    pictures: Mapping[str, str]

    @property
    def files(self) -> Mapping[str, str]:
        """Return the new path of every file."""
        return {**self.pages, **self.pictures}
