"""What auditors may take away as data: one typed record a line, each fact described."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Literal, Self

from pydantic import Field

from handbook.history.compliance import Standing, Tally
from handbook.history.page_history import UNKNOWN_ROLE, Change, History
from handbook.registers.loading import Record
from handbook.registers.review_records import FiledRecord, Reviews
from handbook.registers.waivers import Waivers


class DayOfCompliance(Record):
    """How many pages stood where at the end of a day."""

    day: datetime.date = Field(description="The last day of a month, or the day of the newest count.")
    pages: int = Field(description="How many pages were published.")
    in_order: int = Field(description="How many of them were in order, and not due in the 30 days after.")
    due_soon: int = Field(description="How many of them were due in the 30 days after, or on the day.")
    overdue: int = Field(description="How many of them had passed the day of their next review.")
    unreviewed: int = Field(description="How many of them did not say when they were reviewed.")
    share: float | None = Field(
        description="The part of the pages that was in order or due soon, from 0 to 1; null without pages."
    )

    @classmethod
    def of(cls, one: Tally) -> Self:
        """Return the record of a tally."""
        counts = {standing.name.lower(): one.counts[standing] for standing in Standing}
        share = None if one.share is None else round(one.share, 4)
        return cls.model_validate({"day": one.day, "pages": one.pages, **counts, "share": share})


class Compliance(Record):
    """How many pages stood where at the end of each month, the oldest first, and on the newest day."""

    days: tuple[DayOfCompliance, ...] = Field(description="The days, the oldest first.")


def compliance_of(tallies: Sequence[Tally]) -> Compliance:
    """Return the records of tallies."""
    return Compliance(days=tuple(DayOfCompliance.of(one) for one in tallies))


class ReadingLine(Record):
    """What one role read of one page in one review, and what the meeting then decided about the page."""

    review: str = Field(description="The record of the review, from the folder of the handbook.")
    started: datetime.date | None = Field(description="The day on which the review was begun.")
    page: str = Field(description="The file of the page, from the folder of the handbook.")
    role: str | None = Field(description="The role that was to read it; null where nobody was asked.")
    read_on: datetime.date | None = Field(
        description="The day on which the role had read it by itself; null where it has not yet."
    )
    verdict: Literal["keep", "change", "retire"] | None = Field(description="What the role found.")
    answered: int | None = Field(
        description="How many of the four questions it answered; the record itself has the answers."
    )
    fingerprint_read: str | None = Field(description="The SHA-256 of the text that the role read.")
    met_on: datetime.date | None = Field(
        description="The day of the meeting that decided; null while the review is open."
    )
    took_part: bool | None = Field(description="Whether the role took part in the meeting.")
    outcome: Literal["unchanged", "changed", "retired"] | None = Field(
        description="What the meeting decided about the page."
    )
    reason: str | None = Field(description="Why the meeting decided so.")
    fingerprint_decided: str | None = Field(description="The SHA-256 of the text that it decided on.")


class ReviewLines(Record):
    """Every record of a review: a line for each page of it and each role that was to read the page."""

    reviews: tuple[ReadingLine, ...] = Field(
        description="The lines, by the name of the record, then in its order."
    )


def review_lines(reviews: Reviews) -> ReviewLines:
    """Return every record as lines."""
    return ReviewLines(reviews=tuple(line for filed in reviews.filed for line in _lines(filed)))


def _lines(filed: FiledRecord) -> Iterator[ReadingLine]:
    record = filed.record
    decided = record.meeting.pages if record.meeting else {}
    for page in dict.fromkeys((*record.pages, *decided)):
        for role in record.readings or (None,):
            yield _line(filed, page, role)


def _line(filed: FiledRecord, page: str, role: str | None) -> ReadingLine:
    record, meeting = filed.record, filed.record.meeting
    reading = record.readings.get(role) if role else None
    read = reading.pages.get(page) if reading else None
    decision = meeting.pages.get(page) if meeting else None
    return ReadingLine(
        review=filed.path,
        started=record.started,
        page=page,
        role=role,
        read_on=reading.date if reading and read else None,
        verdict=read.verdict if read else None,
        answered=sum(map(bool, read.answers)) if read else None,
        fingerprint_read=read.fingerprint if read else None,
        met_on=meeting.date if meeting else None,
        took_part=role in meeting.took_part if meeting and role else None,
        outcome=decision.outcome if decision else None,
        reason=decision.reason if decision else None,
        fingerprint_decided=decision.fingerprint if decision else None,
    )


class WaiverLine(Record):
    """A reasoned exception of one page from one rule."""

    page: str = Field(description="The file of the page, from the folder of the handbook.")
    rule: str = Field(description="The code of the rule that the page need not follow.")
    reason: str = Field(description="Why; empty where nobody said so.")
    approver: str = Field(description="The role that approved it; empty where none did.")
    end: datetime.date | None = Field(description="The last day of the waiver; null where none is set.")
    in_force: bool = Field(description="Whether it counted on the day of the list.")


class WaiverLines(Record):
    """The waivers on one day."""

    day: datetime.date = Field(description="The day of the list.")
    waivers: tuple[WaiverLine, ...] = Field(description="The waivers, in the order of registers/waivers.yml.")


def waiver_lines(waivers: Waivers, day: datetime.date) -> WaiverLines:
    """Return the waivers, and whether each counted on a day."""
    lines = (WaiverLine(**one.model_dump(), in_force=one.is_in_force(day)) for one in waivers.waivers)
    return WaiverLines(day=day, waivers=tuple(lines))


class ChangeLine(Record):
    """A change of one page, on the day it came to the main branch."""

    page: str = Field(description="The file of the page today, from the folder of the handbook.")
    day: datetime.date = Field(description="The day on which the change came to the main branch.")
    what: Literal["new", "changed", "moved", "taken away"] = Field(description="What became of the page.")
    reason: str | None = Field(description="Why, as the commit or the pull request says.")
    kind: Literal["substantive", "editorial"] | None = Field(
        description="Whether it says something else, or the same in other words; null where nobody said."
    )
    pull_request: int | None = Field(description="The number of the pull request, if the commit names it.")
    authors: tuple[str, ...] = Field(
        description="Who wrote it, by name or by role, as the organization chose; without any, it shows none."
    )
    path_before: str | None = Field(description="Where the page was before it was moved; else null.")
    path_after: str = Field(description="Where the page was after the change.")
    commit: str = Field(description="The full name of the commit that brought the change.")


class ChangeLines(Record):
    """Every change of the pages of this site, up to the commit that it was built from."""

    changes: tuple[ChangeLine, ...] = Field(description="The changes, the newest first.")


def change_lines(history: History) -> ChangeLines:
    """Return every change of the pages of a history."""
    found = sorted(
        ((page.path, change) for page in history.pages.values() for change in page.changes),
        key=lambda one: (-one[1].place, one[0]),
    )
    return ChangeLines(changes=tuple(_change(path, change) for path, change in found))


def _change(page: str, change: Change) -> ChangeLine:
    moved = change.path_before != change.path
    gone = change.after is None
    return ChangeLine(
        page=page,
        day=change.day,
        what="new" if change.before is None else "taken away" if gone else "moved" if moved else "changed",
        reason=change.reason or None,
        kind=change.kind.value if change.kind else None,
        pull_request=change.pull_request,
        authors=tuple(author or UNKNOWN_ROLE for author in change.authors),
        path_before=change.path_before if moved else None,
        path_after=change.path,
        commit=change.commit,
    )
