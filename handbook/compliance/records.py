"""Compliance over time as a dataset."""

import datetime
from collections.abc import Sequence
from typing import Self

from pydantic import Field

from handbook.compliance.tally import PageState, Tally
from handbook.yaml.record import Record


class DayOfCompliance(Record):
    """How many pages were in each state at the end of a day."""

    day: datetime.date = Field(description="The last day of a month, or the day of the newest count.")
    pages: int = Field(description="How many pages were published.")
    in_order: int = Field(description="How many of them were in order, and not due in the 30 days after.")
    due_soon: int = Field(description="How many of them were due in the 30 days after, or on the day.")
    changed: int = Field(
        description="How many of them had another text than the one that was reviewed, and were not overdue."
    )
    overdue: int = Field(description="How many of them had passed the day of their next review.")
    unreviewed: int = Field(description="How many of them had no review that a record proves.")
    unknown: int = Field(description="How many of them cannot be compared with the records of the day.")
    share: float | None = Field(
        description="The part of the pages that was known to be in order or due soon, from 0 to 1; null"
        " without pages."
    )

    @classmethod
    def of(cls, tally: Tally) -> Self:
        """Return the record of a tally, with the share rounded to four digits."""
        counts = {standing.name.lower(): tally.counts[standing] for standing in PageState}
        share = None if tally.share is None else round(tally.share, 4)
        return cls.model_validate({"day": tally.day, "pages": tally.pages, **counts, "share": share})


class Compliance(Record):
    """How many pages were in each state at the end of each month, oldest first, and on the newest day."""

    days: tuple[DayOfCompliance, ...] = Field(description="The days, the oldest first.")


def compliance_of(tallies: Sequence[Tally]) -> Compliance:
    """Return the dataset of tallies."""
    return Compliance(days=tuple(map(DayOfCompliance.of, tallies)))
