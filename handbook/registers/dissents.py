"""Readings that the meeting did not follow. They stay in the record, and Audit names them."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from handbook.registers.review_records import Meeting, ReviewFile

_FOLLOWED: Final[Mapping[str, str]] = {"keep": "unchanged", "change": "changed", "retire": "retired"}


@dataclass(frozen=True, slots=True)
class Dissent:
    """A role's verdict on a page, with what it wrote, and what the meeting decided instead."""

    review: str
    met_on: datetime.date
    page: str
    role: str
    verdict: str
    words: str
    outcome: str
    reason: str


def dissents(review_files: Iterable[ReviewFile]) -> Iterator[Dissent]:
    """Yield the readings that meetings did not follow, in the order of the records."""
    for review_file in review_files:
        if meeting := review_file.record.meeting:
            yield from _of_review(review_file, meeting)


def _of_review(review_file: ReviewFile, meeting: Meeting) -> Iterator[Dissent]:
    for page, decision in meeting.pages.items():
        for role, reading in review_file.record.readings.items():
            read = reading.pages.get(page) if reading else None
            if read and _FOLLOWED[read.verdict] != decision.outcome:
                yield Dissent(
                    review_file.name,
                    meeting.date,
                    page,
                    role,
                    read.verdict,
                    " ".join(read.words),
                    decision.outcome,
                    decision.reason,
                )
