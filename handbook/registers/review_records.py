"""Records of reviews, from `registers/reviews/`: who read which text, what they answered, when they met.

A record is open until its meeting is written down. Only its form is checked here; the rules REV005 to
REV009 report what an unfinished or unsound record lacks.
"""

import datetime
from dataclasses import dataclass
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import AfterValidator, Field

from handbook.content.fingerprints import is_fingerprint
from handbook.findings import Location
from handbook.record import Record
from handbook.registers.evidence_folder import every_place
from handbook.registers.field_types import Line
from handbook.registers.loading import parse_register
from handbook.yaml.located import LocatedMapping

FOLDER: Final = "registers/reviews"
EDITORIAL_FILE: Final = "registers/editorial_changes.yml"
# A path that begins like this may be that of a record.
RECORD_PATHS: Final = (*every_place(f"{FOLDER}/"), *every_place(EDITORIAL_FILE))
QUESTIONS: Final = ("relevant", "helps", "environment", "legal")


def _fingerprint(text: str) -> str:
    if not is_fingerprint(text):
        raise ValueError("is not a fingerprint; `handbook review fingerprint PAGE` prints one")
    return text


Fingerprint: TypeAlias = Annotated[str, AfterValidator(_fingerprint)]


class PageReading(Record):
    """What one role found, reading one page by itself: a verdict and an answer to each question."""

    fingerprint: Fingerprint = Field(examples=["sha256:…"])
    verdict: Literal["keep", "change", "retire"] = Field(examples=["keep"])
    relevant: str = Field(default="", examples=["Yes, people ask this every week."])
    helps: str = Field(default="", examples=["Yes, since the table was added."])
    environment: str = Field(default="", examples=["The platform renamed its settings."])
    legal: str = Field(default="", examples=["No change since May."])

    @property
    def answers(self) -> tuple[str, ...]:
        """Return the four answers, stripped of blanks at their ends."""
        return tuple(getattr(self, question).strip() for question in QUESTIONS)


class Reading(Record):
    """What one role read separately, on one day."""

    date: datetime.date = Field(examples=["2026-10-05"])
    pages: dict[str, PageReading] = Field(default={}, examples=["(pages, as in the sample)"])


class MeetingDecision(Record):
    """What the meeting decided about one page; `fingerprint` belongs to the text it decided on."""

    outcome: Literal["unchanged", "changed", "retired"] = Field(examples=["unchanged"])
    reason: str = Field(default="", examples=["The steps still hold."])
    fingerprint: Fingerprint | None = Field(default=None, examples=["sha256:…"])


class Meeting(Record):
    """When the readers met, who took part, and what they decided."""

    date: datetime.date = Field(examples=["2026-10-14"])
    took_part: list[Line] = Field(default=[], examples=["[platform-lead, legal-lead]"])
    pages: dict[str, MeetingDecision] = Field(default={}, examples=["(pages, as in the sample)"])


class ReviewRecord(Record):
    """One review, from its start to its meeting."""

    started: datetime.date | None = Field(default=None, examples=["2026-10-01"])
    pages: list[Line] = Field(default=[], examples=["[docs/policy/work.md]"])
    readings: dict[str, Reading | None] = Field(default={}, examples=["(roles, as in the sample)"])
    meeting: Meeting | None = Field(default=None, examples=["(as in the sample)"])


class EditorialChange(Record):
    """A change of wording or path that needed no review: who made it, why, and the text it led to."""

    page: Line = Field(examples=["docs/policy/work.md"])
    moved_from: Line | None = Field(default=None, examples=["docs/work.md"])
    date: datetime.date = Field(examples=["2026-11-03"])
    by: Line = Field(examples=["communications-lead"])
    why: Line = Field(examples=["A word was misspelled."])
    fingerprint: Fingerprint = Field(examples=["sha256:…"])


class EditorialChanges(Record):
    """The register of editorial changes."""

    changes: list[EditorialChange] = Field(default=[], examples=["[]"])


@dataclass(frozen=True, slots=True)
class FileLines:
    """Lines of a file: a part of a record that one role wrote."""

    path: str
    lines: range


@dataclass(frozen=True, slots=True)
class ReviewFile:
    """A record with its file and the locations in it."""

    path: str
    record: ReviewRecord
    source: LocatedMapping

    @property
    def name(self) -> str:
        """Return the name of the file without its ending."""
        return self.path.rpartition("/")[2].removesuffix(".yml")

    def closed_by(self, meeting: Meeting) -> "ReviewFile":
        """Return the record with a meeting."""
        return ReviewFile(self.path, self.record.model_copy(update={"meeting": meeting}), self.source)

    def location(self, *keys: str | int) -> Location:
        """Return the location of a key in the file, or of the nearest key above it."""
        return self.source.location_of(keys)

    def lines_of(self, *keys: str | int) -> FileLines:
        """Return the lines of the value of a key."""
        return FileLines(self.path, self.source.lines_of(keys))


def parse_record(path: str, text: str) -> ReviewFile:
    """Read a record from its text, as if it were the file at a path.

    Raises:
        HandbookError: with one line for each mistake.

    """
    record, source = parse_register(text.encode("utf-8"), path, ReviewRecord)
    return ReviewFile(path, record, source)
