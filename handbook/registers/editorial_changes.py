"""Changes of wording or path that needed no review, as they are recorded."""

import datetime
from collections.abc import Iterator
from typing import Final

from pydantic import Field

from handbook.registers.field_types import Fingerprint, Line, RoleName
from handbook.registers.filed_for import FiledFor
from handbook.yaml.record import Record, RecordProblem

EDITORIAL_FILE: Final = "registers/editorial_changes.yml"
# One record a file; the file above has older ones.
EDITORIAL_FOLDER: Final = "registers/editorial_changes"


class EditorialChange(Record):
    """A change of wording or path that needed no review: who made it, why, and the text it led to."""

    page: Line = Field(examples=["docs/policy/work.md"], description="The page that was changed.")
    moved_from: Line | None = Field(
        default=None, examples=["docs/work.md"], description="The path that the page had, if it was moved."
    )
    date: datetime.date = Field(examples=["2026-11-03"], description="The day of the change.")
    by: RoleName = Field(examples=["communications-lead"], description="The role that made it.")
    why: Line = Field(examples=["A word was misspelled."], description="What was corrected, and why.")
    filed_for: FiledFor | None = Field(
        default=None,
        examples=["{account: github:name}"],
        description="Who said it, if somebody else filed it.",
    )
    fingerprint: Fingerprint = Field(
        examples=["sha256:…"], description="The fingerprint of the text that it led to."
    )


class EditorialRecord(Record):
    """A file of its own about one editorial change, which may reach several pages."""

    date: datetime.date = Field(examples=["2026-11-03"], description="The day of the change.")
    by: RoleName = Field(examples=["communications-lead"], description="The role that made it.")
    why: Line = Field(examples=["A word was misspelled."], description="What was corrected, and why.")
    filed_for: FiledFor | None = Field(
        default=None,
        examples=["{account: github:name}"],
        description="Who said it, if somebody else filed it.",
    )
    moved_from: Line | None = Field(
        default=None, examples=["docs/work.md"], description="The path that the page had, if it was moved."
    )
    pages: dict[Line, Fingerprint] = Field(
        examples=["{docs/policy/work.md: sha256:…}"],
        description="The pages that it reaches, each with the fingerprint of the text that it led to.",
    )

    def problems(self) -> Iterator[RecordProblem]:
        """Find a move of several pages, which nobody could tell apart."""
        if self.moved_from and len(self.pages) > 1:
            yield ("moved_from",), "can only be about one page; write a file for each page that moved"

    @property
    def changes(self) -> Iterator[EditorialChange]:
        """Yield the change of each page."""
        for page, text in self.pages.items():
            yield EditorialChange(
                page=page,
                moved_from=self.moved_from,
                date=self.date,
                by=self.by,
                why=self.why,
                filed_for=self.filed_for,
                fingerprint=text,
            )


class EditorialChanges(Record):
    """Older editorial changes, which are in one file."""

    changes: list[EditorialChange] = Field(
        default=[],
        examples=["[]"],
        description="Older editorial changes. New ones are files in registers/editorial_changes/.",
    )
