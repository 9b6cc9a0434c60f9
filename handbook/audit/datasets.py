"""The data that auditors may download: one typed record a line, with a description of each fact."""

import datetime
from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from handbook.findings import Problem, Severity
from handbook.git.repository import Repository
from handbook.model import Handbook
from handbook.registers.review_index import Reviews
from handbook.registers.review_records import ReviewFile, ReviewRecord
from handbook.registers.waivers import Waivers
from handbook.rules.signatures import signature_problems
from handbook.yaml.record import Record


class ReadingLine(Record):
    """One reading of a page by a role in a review, and what the meeting then decided about the page."""

    review: str = Field(description="The record of the review, as a path in the handbook.")
    started: datetime.date | None = Field(description="The day on which the review was started.")
    page: str = Field(description="The file of the page, as a path in the handbook.")
    role: str | None = Field(description="The role that was asked to read it; null if none was.")
    read_on: datetime.date | None = Field(
        description="The day on which the role had read it separately; null if it has not yet."
    )
    verdict: Literal["keep", "change", "retire"] | None = Field(description="What the role concluded.")
    answered: int | None = Field(
        description="How many of the four questions the role answered about the page; the record itself has"
        " the answers. In newer records, a sentence takes their place."
    )
    note: str | None = Field(description="What the role says that it looked at.")
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
    """Every record of a review, with a line for each of its pages and each role that was asked to read it."""

    reviews: tuple[ReadingLine, ...] = Field(
        description="The lines, sorted by the name of the record, then in its order."
    )


def review_lines(reviews: Reviews) -> ReviewLines:
    """Return the lines of every record."""
    return ReviewLines(reviews=tuple(line for review_file in reviews.files for line in _lines(review_file)))


def _lines(review_file: ReviewFile) -> Iterator[ReadingLine]:
    record = review_file.record
    decided = record.meeting.pages if record.meeting else {}
    for page in dict.fromkeys((*record.pages, *decided)):
        for role in dict.fromkeys((*review_file.readers_of(page), *_readers(record, page))) or (None,):
            yield _line(review_file, page, role)


def _readers(record: ReviewRecord, page: str) -> Iterator[str]:
    """Yield the roles that read a page, asked or not."""
    return (role for role, reading in record.readings.items() if reading and page in reading.pages)


def _line(review_file: ReviewFile, page: str, role: str | None) -> ReadingLine:
    record, meeting = review_file.record, review_file.record.meeting
    reading = record.readings.get(role) if role else None
    read = reading.pages.get(page) if reading else None
    decision = meeting.pages.get(page) if meeting else None
    return ReadingLine(
        review=review_file.path,
        started=record.started,
        page=page,
        role=role,
        read_on=reading.date if reading and read else None,
        verdict=read.verdict if read else None,
        answered=sum(map(bool, read.answers)) if read else None,
        note=read.note or None if read else None,
        fingerprint_read=read.fingerprint if read else None,
        met_on=meeting.date if meeting else None,
        took_part=role in meeting.took_part if meeting and role else None,
        outcome=decision.outcome if decision else None,
        reason=decision.reason if decision else None,
        fingerprint_decided=decision.fingerprint if decision else None,
    )


class SignatureLine(Record):
    """What is wrong, or not known, about who signed a reading."""

    record: str = Field(description="The file of the record.")
    line: int = Field(description="The line of the file.")
    state: Literal["wrong", "unknown"] = Field(
        description="wrong if someone other than a holder of the role committed the reading, or may have;"
        " unknown if nothing proves who did."
    )
    message: str = Field(description="What was found.")


class SignatureLines(Record):
    """What `handbook check --verify-authors` found when the pack was made.

    Signatures with OpenPGP are known only to a computer that has the keys.
    """

    readings: int = Field(description="How many signed readings were compared with their commits.")
    signatures: tuple[SignatureLine, ...] = Field(
        description="What was found, by record; for every other reading, a holder of the role committed it."
    )


def signature_lines(reviews: Reviews, handbook: Handbook, repository: Repository) -> SignatureLines:
    """Compare who signed each reading with who committed it."""
    readings = (reading for file in reviews.files for reading in file.record.readings.values())
    return SignatureLines(
        readings=sum(1 for reading in readings if reading),
        signatures=tuple(
            _signature(review_file, problem)
            for review_file in reviews.files
            for problem in signature_problems(review_file, handbook, repository)
        ),
    )


def _signature(review_file: ReviewFile, problem: Problem) -> SignatureLine:
    return SignatureLine(
        record=problem.path or review_file.path,
        line=problem.line,
        state="unknown" if problem.severity is Severity.INFO else "wrong",
        message=problem.message,
    )


class WaiverLine(Record):
    """An exception of one page from one rule, with its reason."""

    page: str = Field(description="The file of the page, as a path in the handbook.")
    rule: str = Field(description="The code of the rule that the page does not have to follow.")
    reason: str = Field(description="Why; empty if nobody gave a reason.")
    approver: str = Field(description="The role that approved it; empty if none did.")
    end: datetime.date | None = Field(description="The last day of the waiver; null if it has none.")
    in_force: bool = Field(description="Whether it was in force on the day of the list.")


class WaiverLines(Record):
    """The waivers on one day."""

    day: datetime.date = Field(description="The day of the list.")
    waivers: tuple[WaiverLine, ...] = Field(
        description="The waivers: those in registers/waivers.yml, then those in files of their own."
    )


def waiver_lines(waivers: Waivers, day: datetime.date) -> WaiverLines:
    """Return the waivers, and whether each was in force on a day."""
    lines = (
        WaiverLine(**waiver.model_dump(), in_force=waiver.is_in_force(day)) for waiver in waivers.waivers
    )
    return WaiverLines(day=day, waivers=tuple(lines))
