"""How records of reviews are shown to somebody who has not got our software."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from pydantic import Field

from handbook.registers import Record
from handbook.reports.tables import as_csv as records_as_csv
from handbook.review_records import QUESTIONS, FiledRecord, Reviews

_TEMPLATES: Final = Environment(
    loader=PackageLoader("handbook.reports"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class ReviewedPage(Record):
    """What one review says of one page."""

    record: str = Field(description="The file of the record.")
    page: str = Field(description="The file of the page.")
    started: datetime.date | None = Field(description="The day on which the review began.")
    read_by: tuple[str, ...] = Field(description="Who read it separately, when, and with which verdict.")
    met: datetime.date | None = Field(description="The day of the meeting; empty while the review is open.")
    took_part: tuple[str, ...] = Field(description="The roles that met.")
    outcome: str | None = Field(description="What they decided: unchanged, changed, or retired.")
    reason: str | None = Field(description="Why.")
    fingerprint: str | None = Field(description="The SHA-256 of the text that they decided on.")


def reviewed_pages(filed: Iterable[FiledRecord]) -> Iterator[ReviewedPage]:
    """Yield a row for each page of each review."""
    for one in filed:
        meeting = one.record.meeting
        for page in _pages(one):
            decision = meeting.pages.get(page) if meeting else None
            yield ReviewedPage(
                record=one.path,
                page=page,
                started=one.record.started,
                read_by=tuple(_readers(one, page)),
                met=meeting.date if meeting else None,
                took_part=tuple(meeting.took_part) if meeting else (),
                outcome=decision.outcome if decision else None,
                reason=decision.reason if decision else None,
                fingerprint=decision.fingerprint if decision else None,
            )


def _pages(filed: FiledRecord) -> list[str]:
    """Return the pages of a record: those it names, and any that somebody read or decided beyond them."""
    record = filed.record
    decided = record.meeting.pages if record.meeting else {}
    read = [page for reading in record.readings.values() if reading for page in reading.pages]
    return list(dict.fromkeys([*record.pages, *read, *decided]))


def _readers(filed: FiledRecord, page: str) -> Iterator[str]:
    for role, reading in filed.record.readings.items():
        if reading and page in reading.pages:
            yield f"{role}, {reading.date}: {reading.pages[page].verdict}"


def as_csv(reviews: Reviews) -> str:
    """Return a row for each page of each review, as comma-separated values."""
    return records_as_csv(ReviewedPage, reviewed_pages(reviews.filed))


def as_html(reviews: Reviews) -> str:
    """Return a page that stands alone, with every reading, answer and decision."""
    rows = {one.path: list(reviewed_pages([one])) for one in reviews.filed}
    return _TEMPLATES.get_template("review_records.html").render(
        reviews=reviews, rows=rows, questions=QUESTIONS
    )
