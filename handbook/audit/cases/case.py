"""What a case file says: facts about pages on one day, each with a description, unknown ones as null."""

import datetime
from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from handbook.audit.page_register import RegisteredPage
from handbook.formats.redlines import as_records
from handbook.text.redline import Piece
from handbook.yaml.record import Record


class RedlinePart(Record):
    """A piece of a text, and what a change did to it."""

    mark: Literal["kept", "inserted", "deleted", "left_out"]
    text: str


class CaseEdition(Record):
    """The edition that was in force on the day."""

    edition: str = Field(description="The name of the edition.")
    published: datetime.date = Field(description="The day on which it was published.")
    effective: datetime.date = Field(description="The day on which it took effect.")
    commit: str = Field(description="The commit that it was built from.")
    published_by: str | None = Field(
        description="Who published it, by name or by role, as the organization chose; null if it shows"
        " none, or if nobody is known."
    )
    differences: tuple[str, ...] = Field(
        description="What is not as it was when the edition was published; an empty list if all agrees."
    )


class CaseReading(Record):
    """What one role read in a review."""

    role: str = Field(description="The role, by its name in registers/owners.yml.")
    read_on: datetime.date | None = Field(description="The day on which it had read; null if it had not yet.")
    verdict: Literal["keep", "change", "retire"] | None = Field(description="What the role concluded.")
    read_this_text: bool | None = Field(
        description="Whether it read exactly the text of the day; null if it had not read."
    )


class CaseReview(Record):
    """A review of the page that was on record on the day."""

    record: str = Field(description="The file of the record.")
    started: datetime.date | None = Field(description="The day on which it was started.")
    met_on: datetime.date | None = Field(description="The day of its meeting; null if it was still open.")
    outcome: Literal["unchanged", "changed", "retired"] | None = Field(
        description="What the meeting decided."
    )
    reason: str | None = Field(description="Why it decided so.")
    decided_on_this_text: bool | None = Field(
        description="Whether it decided on exactly the text of the day; null if it had not decided."
    )
    readings: tuple[CaseReading, ...] = Field(description="Who was asked to read it, and who had.")


class CaseChange(Record):
    """A change of the page on the main branch."""

    day: datetime.date = Field(description="The day on which it came to the main branch.")
    commit: str = Field(description="The commit that brought it.")
    reason: str | None = Field(description="Why, as the commit or the pull request says.")
    pull_request: int | None = Field(description="The number of the pull request, if the commit names it.")
    kind: Literal["substantive", "editorial"] | None = Field(
        description="Whether the page says something else, or the same in other words; null if nobody said."
    )
    authors: tuple[str, ...] = Field(
        description="Who wrote it, by name or by role, as the organization chose; empty if it shows none."
    )


class Redlined(Record):
    """A change with the words that it inserted and deleted."""

    change: CaseChange
    redline: tuple[RedlinePart, ...] = Field(description="The text, with what was inserted and deleted.")


class CasePage(Record):
    """A page on the day of a case: as it was registered, written, shown, and reviewed."""

    facts: RegisteredPage = Field(description="The page as the register has it.")
    owner_is_filled: bool | None = Field(
        description="Whether somebody had the role of the owner; null if it is not in the register."
    )
    owner_deputy: str | None = Field(description="The role that stands in for the owner, if one is named.")
    source: str = Field(description="The file of the page, as it was written.")
    shown: tuple[str, ...] | None = Field(
        description="The lines that readers saw in the edition; null if no edition was in force or shows it."
    )
    waiting: tuple[RedlinePart, ...] | None = Field(
        description="How the main branch differed from this text at the end of the day; empty if it did"
        " not, null if the page was not there."
    )
    reviews: tuple[CaseReview, ...] = Field(description="The reviews on record, the oldest first.")
    before: Redlined | None = Field(description="The last change before the end of the day, which led here.")
    after: Redlined | None = Field(description="The next change, as far as the history goes.")
    changes: tuple[CaseChange, ...] | None = Field(
        description="Every change of the page, the newest first; null if the history is not known."
    )

    @property
    def reviewed_text(self) -> bool:
        """Tell whether a closed review is known to have decided on exactly this text."""
        return any(review.decided_on_this_text for review in self.reviews)


class Case(Record):
    """What the handbook said on one day, as the repository tells it."""

    organization: str = Field(description="Whose handbook it is.")
    day: datetime.date = Field(description="The day that the case is about.")
    time_zone: str = Field(description="The time zone in which the day ends.")
    asked: str = Field(description="The page, or the words, that were asked for.")
    commit: str = Field(description="The last commit of the main branch up to the end of the day.")
    text_from: str = Field(description="The commit that the texts are from: that of the edition in force.")
    history_until: str = Field(description="The commit with which the history in this file ends.")
    edition: CaseEdition | None = Field(description="The edition in force; null if none was, or if unknown.")
    no_edition: str | None = Field(description="Why no edition is named; null if one is.")
    history_gap: str | None = Field(description="Why the history of the pages is not known; null if it is.")
    pages: tuple[CasePage, ...] = Field(description="The pages.")


def parts_of(pieces: Sequence[Piece]) -> tuple[RedlinePart, ...]:
    """Return the pieces of a redline as records."""
    return tuple(map(RedlinePart.model_validate, as_records(pieces)))
