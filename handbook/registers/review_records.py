"""Records of reviews, from `registers/reviews/`: who read which text, what they found, when they met.

A review is a folder with `review.yml` and one file for each role, so that nobody who signs changes a file
that somebody else changes. Older reviews are one file each. Both become the same record here, so that
nothing else needs to know how a review is stored. A record is open until its meeting is written down, or
until it is abandoned. Only its form is checked here; the rules REV005 to REV009 report what an unfinished
or unsound record lacks.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from pydantic import Field

from handbook.findings import Location
from handbook.registers.editorial_changes import EDITORIAL_FILE, EDITORIAL_FOLDER
from handbook.registers.evidence_folder import possible_paths
from handbook.registers.field_types import Fingerprint, Line, RoleName
from handbook.registers.filed_for import FiledFor
from handbook.yaml.located import KeyPath, LocatedMapping
from handbook.yaml.record import Record

_REVIEWS: Final = "reviews"
FOLDER: Final = f"registers/{_REVIEWS}"
# In the folder of a review: its pages, who reads each, and the meeting.
PLAN: Final = "review.yml"
# A path that begins like this may be that of a record.
RECORD_PATHS: Final = (
    *possible_paths(f"{FOLDER}/"),
    *possible_paths(EDITORIAL_FILE),
    *possible_paths(f"{EDITORIAL_FOLDER}/"),
)
QUESTIONS: Final = ("relevant", "helps", "environment", "legal")
# The questions that a role answers once for a review. The sentence about each page answers the others.
SHARED_QUESTIONS: Final = ("environment", "legal")


class PageReading(Record):
    """What one role found, reading one page alone: a verdict, and a sentence on what it looked at.

    In older records, an answer to each question takes the place of the sentence.
    """

    fingerprint: Fingerprint = Field(
        examples=["sha256:…"], description="The fingerprint of the text that was read."
    )
    verdict: Literal["keep", "change", "retire"] = Field(
        examples=["keep"], description="What the role proposes: keep the page, change it, or retire it."
    )
    note: str = Field(
        default="",
        examples=["Tried each step on a new phone."],
        description="What the role looked at, in one sentence.",
    )
    relevant: str = Field(
        default="",
        examples=["Yes, people ask this every week."],
        description="Is the page still relevant? In older records only.",
    )
    helps: str = Field(
        default="",
        examples=["Yes, since the table was added."],
        description="Does it help us do our job? In older records only.",
    )
    environment: str = Field(
        default="",
        examples=["The platform renamed its settings."],
        description="How has the environment changed? In older records only.",
    )
    legal: str = Field(
        default="",
        examples=["No change since May."],
        description="Are there legal updates? In older records only.",
    )

    @property
    def answers(self) -> tuple[str, ...]:
        """Return the four answers, without spaces at their ends."""
        return tuple(getattr(self, question).strip() for question in QUESTIONS)

    @property
    def words(self) -> tuple[str, ...]:
        """Return what the role wrote about the page: the sentence, the answers, or both."""
        return tuple(text for text in (self.note.strip(), *self.answers) if text)


class Reading(Record):
    """What one role read separately, on one day, and its answers about the review as a whole."""

    date: datetime.date = Field(
        examples=["2026-10-05"], description="The day on which the role read the pages."
    )
    filed_for: FiledFor | None = Field(
        default=None,
        examples=["{account: github:name}"],
        description="Who said it, if somebody else filed it.",
    )
    environment: str = Field(
        default="",
        examples=["The platform renamed its settings."],
        description="How has the environment changed since the last review?",
    )
    legal: str = Field(default="", examples=["No change since May."], description="Are there legal updates?")
    pages: dict[str, PageReading] = Field(
        default={},
        examples=["(pages, as in the sample)"],
        description="What the role found, by the path of the page.",
    )

    def answers(self, question: str) -> bool:
        """Tell whether one of the shared questions is answered, here or about a page."""
        return any(getattr(part, question).strip() for part in (self, *self.pages.values()))


class MeetingDecision(Record):
    """What the meeting decided about one page; `fingerprint` belongs to the text it decided on."""

    outcome: Literal["unchanged", "changed", "retired"] = Field(
        examples=["unchanged"], description="What was decided about the page."
    )
    reason: str = Field(default="", examples=["The steps still hold."], description="Why, in one sentence.")
    fingerprint: Fingerprint | None = Field(
        default=None, examples=["sha256:…"], description="The fingerprint of the text that was decided on."
    )


class Meeting(Record):
    """When the readers met, who took part, and what they decided."""

    date: datetime.date = Field(examples=["2026-10-14"], description="The day on which the readers met.")
    filed_for: FiledFor | None = Field(
        default=None,
        examples=["{account: github:name}"],
        description="Who said it, if somebody else filed it.",
    )
    took_part: list[RoleName] = Field(
        default=[], examples=["[platform-lead, legal-lead]"], description="The roles that took part."
    )
    pages: dict[str, MeetingDecision] = Field(
        default={},
        examples=["(pages, as in the sample)"],
        description="What was decided, by the path of the page.",
    )


class Abandonment(Record):
    """When and why a review was given up before its meeting, and by which role."""

    date: datetime.date = Field(
        examples=["2026-10-14"], description="The day on which the review was given up."
    )
    by: RoleName = Field(examples=["communications-lead"], description="The role that gave it up.")
    reason: Line = Field(
        examples=["The pages are being merged; a new review follows."], description="Why it was given up."
    )


class ReviewRecord(Record):
    """One review, from its start to its meeting. An older record is written like this, in one file."""

    started: datetime.date | None = Field(
        default=None, examples=["2026-10-01"], description="The day on which the review began."
    )
    pages: list[Line] = Field(
        default=[], examples=["[docs/policy/work.md]"], description="The pages under review."
    )
    readings: dict[str, Reading | None] = Field(
        default={},
        examples=["(roles, as in the sample)"],
        description="What each role read, by role. Without a value, the role has not signed yet.",
    )
    meeting: Meeting | None = Field(
        default=None,
        examples=["(as in the sample)"],
        description="When the readers met, and what they decided.",
    )
    abandoned: Abandonment | None = Field(
        default=None, examples=["(date, by, and reason)"], description="When and why the review was given up."
    )

    @property
    def is_open(self) -> bool:
        """Tell whether the review has neither met nor been abandoned."""
        return self.meeting is None and self.abandoned is None


class ReviewPlan(Record):
    """The file `review.yml`: the pages, the roles that read each, and the meeting."""

    started: datetime.date | None = Field(
        default=None, examples=["2026-10-01"], description="The day on which the review began."
    )
    pages: dict[Line, list[RoleName]] = Field(
        default={},
        examples=["{docs/policy/work.md: [platform-lead, legal-lead]}"],
        description="The pages under review, each with the roles that read it.",
    )
    meeting: Meeting | None = Field(
        default=None,
        examples=["(as in the sample)"],
        description="When the readers met, and what they decided.",
    )
    abandoned: Abandonment | None = Field(
        default=None, examples=["(date, by, and reason)"], description="When and why the review was given up."
    )

    @property
    def roles(self) -> list[str]:
        """Return every role that reads a page, in the order in which they are first named."""
        return list(dict.fromkeys(role for roles in self.pages.values() for role in roles))

    def with_readings(self, readings: Mapping[str, Reading]) -> ReviewRecord:
        """Return the record of the review with what each role read."""
        roles = dict.fromkeys([*self.roles, *readings])
        return ReviewRecord(
            started=self.started,
            pages=list(self.pages),
            readings={role: readings.get(role) for role in roles},
            meeting=self.meeting,
            abandoned=self.abandoned,
        )


@dataclass(frozen=True, slots=True)
class FileLines:
    """Lines of a file: a part of a record that one role wrote."""

    path: str
    lines: range


@dataclass(frozen=True, slots=True)
class ReviewFile:
    """A record with its file and the locations in it.

    A review in a folder also has `readers`, the roles that read each page, and `parts`, the locations in the
    file of each role that has signed. In one file, every role reads every page.
    """

    path: str
    record: ReviewRecord
    source: LocatedMapping
    readers: Mapping[str, Sequence[str]] | None = None
    parts: Mapping[str, LocatedMapping] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return the name of the review: that of its folder, or of its file without the ending."""
        return name_of_review(self.path)

    @property
    def files(self) -> list[str]:
        """Return the path of the record and, if it is a folder, of the file of each reading."""
        return [self.path, *(self._part(role) for role in self.parts)]

    def readers_of(self, page: str) -> Sequence[str]:
        """Return the roles that were asked to read a page."""
        return list(self.record.readings) if self.readers is None else self.readers.get(page, ())

    def unread_by(self, page: str) -> list[str]:
        """Return the roles that were asked to read this page in particular, and have not read it."""
        readings = self.record.readings
        asked = self.readers.get(page, ()) if self.readers else ()
        return [role for role in asked if not (reading := readings[role]) or page not in reading.pages]

    def pages_of(self, role: str) -> list[str]:
        """Return the pages that a role was asked to read."""
        return [page for page in self.record.pages if role in self.readers_of(page)]

    def file_for(self, role: str) -> str:
        """Return the path of the file that has, or will have, the reading of a role."""
        return self.path if self.readers is None else self._part(role)

    def closed_by(self, meeting: Meeting) -> "ReviewFile":
        """Return the record with a meeting."""
        return replace(self, record=self.record.model_copy(update={"meeting": meeting}))

    def file_of(self, *keys: str | int) -> str:
        """Return the path of the file that has a key."""
        return self._part(str(keys[1])) if self._is_in_part(keys) else self.path

    def location(self, *keys: str | int) -> Location:
        """Return the location of a key in its file, or of the nearest key above it.

        The keys are those of a `ReviewRecord`; a page follows `pages` by its path.
        """
        if self._is_in_part(keys):
            return self.parts[str(keys[1])].location_of(keys[2:])
        return self.source.location_of(self._own(keys))

    def file_and_location(self, *keys: str | int) -> tuple[str, Location]:
        """Return the path of the file that has a key, and the location of the key in it."""
        return self.file_of(*keys), self.location(*keys)

    def _own(self, keys: KeyPath) -> KeyPath:
        """Return keys as the file has them: in one file, the pages are a list."""
        match keys:
            case ("pages", str(page), *_) if self.readers is None and page in self.record.pages:
                return ("pages", self.record.pages.index(page))
        return keys

    def _is_in_part(self, keys: KeyPath) -> bool:
        return keys[:1] == ("readings",) and keys[1:2] != () and keys[1] in self.parts

    def _part(self, role: str) -> str:
        return f"{self.path.removesuffix(PLAN)}{role}.yml"

    def lines_of(self, *keys: str | int) -> FileLines:
        """Return the lines of the value of a key, in the file that has it."""
        if self._is_in_part(keys):
            return FileLines(self.file_of(*keys), self.parts[str(keys[1])].lines_of(keys[2:]))
        return FileLines(self.path, self.source.lines_of(self._own(keys)))


def name_of_review(path: str) -> str:
    """Return the name of a review by the path of its file, or of `review.yml` in its folder, at any place."""
    return path.partition(f"/{_REVIEWS}/")[2].removesuffix(f"/{PLAN}").removesuffix(".yml")


def combined(
    path: str,
    plan: tuple[ReviewPlan, LocatedMapping],
    readings: Iterable[tuple[str, tuple[Reading, LocatedMapping]]],
) -> ReviewFile:
    """Return the record of a review in a folder: `review.yml`, at `path`, and the reading of each role."""
    parts = dict(readings)
    record = plan[0].with_readings({role: reading for role, (reading, _) in parts.items()})
    sources = {role: source for role, (_, source) in parts.items()}
    return ReviewFile(path, record, plan[1], plan[0].pages, sources)
