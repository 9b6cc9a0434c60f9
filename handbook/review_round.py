"""Writes the record of a review, step by step, without touching what others wrote in it.

Each role signs between lines of its own, so that two people who sign on two branches merge.
"""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import yaml

from handbook.errors import HandbookError
from handbook.pages import Page
from handbook.review_records import Meeting, Reading, ReviewRecord
from handbook.yaml_edit import with_value

_HEAD: Final = """\
# A review. `handbook review sign --as ROLE` writes what a role read by itself, and
# `handbook review close --on DATE` what the meeting decided. By hand works as
# well: the check judges this file.
"""
_MEETING: Final = re.compile(r"^meeting:[ ]*(?:null|~)?[ ]*$", re.MULTILINE)
_LINE_WIDTH: Final = 100


def new_record(pages: Sequence[str], roles: Sequence[str], started: datetime.date) -> str:
    """Return the text of a record that is open: its pages, and a place to sign for each role."""
    places = "".join(f"\n  # ---- {role} ----\n\n  {role}:\n" for role in roles)
    listed = _dumped({"pages": list(pages)}, 0)
    return f"{_HEAD}started: {started}\n{listed}readings:\n{places}\n# ---- meeting ----\n\nmeeting:\n"


def with_reading(text: str, role: str, reading: Reading) -> str:
    """Return the record with what a role read.

    Raises:
        HandbookError: when the role has no place to sign, or has signed.

    """
    place = re.compile(rf"^  {re.escape(role)}:[ ]*(?:null|~)?[ ]*\n(?!    )", re.MULTILINE)
    if not place.search(text):
        raise HandbookError(f"there is no place in the record where {role} has not signed yet")
    block = f"  {role}:\n{_dumped(reading.model_dump(), 4)}"
    return place.sub(lambda _: block, text, count=1)


def with_meeting(text: str, meeting: Meeting) -> str:
    """Return the record with what the meeting decided.

    Raises:
        HandbookError: when it has a meeting already.

    """
    if not _MEETING.search(text):
        raise HandbookError("the record has a meeting already, or no line `meeting:` to write it below")
    block = f"meeting:\n{_dumped(meeting.model_dump(exclude_none=True), 2)}".rstrip("\n")
    return _MEETING.sub(lambda _: block, text, count=1)


def stamped(page: Page, raw: str, meeting: datetime.date, legal: datetime.date | None) -> str:
    """Return the file of a page with the days of its reviews, and no other change.

    Raises:
        HandbookError: when its front matter cannot be read.

    """
    if not page.front_matter.readable:
        raise HandbookError(f"{page.path} cannot be stamped; mend its front matter first")
    end = page.front_matter.end
    head = with_value(_block(raw[:end]), ("last_reviewed",), meeting.isoformat())
    if legal:
        head = with_value(head, ("legal_review",), legal.isoformat())
    first = raw.index("\n") + 1
    return raw[:first] + head + raw[first + len(_block(raw[:end])) :]


def _block(head: str) -> str:
    """Return the YAML between the first and the last line of front matter."""
    return "".join(head.splitlines(keepends=True)[1:-1])


def missing_roles(record: ReviewRecord) -> list[str]:
    """Return the roles that have not signed."""
    return [role for role, reading in record.readings.items() if reading is None]


def legal_day(record: ReviewRecord, path: str, lawyers: Sequence[str]) -> datetime.date | None:
    """Return the day on which a lawyer last read a page for this review, or None."""
    readings = ((role, reading) for role, reading in record.readings.items() if role in lawyers and reading)
    return max((reading.date for _, reading in readings if path in reading.pages), default=None)


def _dumped(value: Mapping[str, object], indent: int) -> str:
    text = yaml.safe_dump(dict(value), sort_keys=False, allow_unicode=True, width=_LINE_WIDTH - indent)
    return "".join(_indented(text, indent))


def _indented(text: str, indent: int) -> Iterator[str]:
    for line in text.splitlines(keepends=True):
        yield " " * indent + line if line.strip() else line
