"""Reasoned exceptions from rules, from `registers/waivers.yml` and `registers/waivers/`. Each one ends."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Final

from pydantic import Field

from handbook.files.tree import FileTree
from handbook.findings import Finding, Location
from handbook.registers.evidence_folder import own_path
from handbook.registers.field_types import Line
from handbook.registers.loading import load_folder, load_optional_register
from handbook.registers.schema_hints import Proposes
from handbook.yaml.located import LocatedMapping
from handbook.yaml.record import Record

FILE: Final = "registers/waivers.yml"
# One waiver a file.
FOLDER: Final = "registers/waivers"
# What MkDocs cannot show truthfully, a change of the rules, and the waivers themselves, allow no exception.
NEVER_WAIVED: Final = ("CHG001", "FMT001", "FMT002", "FMT003", "HTM001", "LNK001", "REV002", "WVR001")


class Waiver(Record):
    """One exception: a page need not follow a rule until a day. WVR001 reports what is missing here."""

    page: Line = Field(
        examples=["docs/policy/work.md"], description="The page that need not follow the rule."
    )
    rule: Line = Field(examples=["STR001"], description="The code of the rule, such as STR001.")
    reason: str = Field(
        default="",
        examples=["The page quotes the name of a court case."],
        description="Why the rule does not fit.",
    )
    approver: Annotated[str, Proposes("role")] = Field(
        default="", examples=["communications-lead"], description="The role that approved it."
    )
    end: datetime.date | None = Field(
        default=None, examples=["2027-03-31"], description="The last day, at most six months away."
    )

    def is_in_force(self, today: datetime.date) -> bool:
        """Tell whether the waiver has a reason and an approver, and counts on a day."""
        is_sound = self.reason.strip() and self.approver and self.rule not in NEVER_WAIVED
        return bool(is_sound and self.end and today <= self.end)

    def excuses(self, finding: Finding) -> bool:
        """Tell whether the waiver is about this finding."""
        return (finding.path, finding.code) == (self.page, self.rule)


class WaiverList(Record):
    """The content of the file."""

    waivers: list[Waiver] = Field(
        default=[],
        examples=["[]"],
        description="The waivers. New ones are better as files in registers/waivers/.",
    )


@dataclass(frozen=True, slots=True)
class Waivers:
    """The waivers, and their locations: those in the file at `path`, then those in `files`, in order."""

    waivers: Sequence[Waiver] = ()
    source: LocatedMapping = field(default_factory=LocatedMapping)
    path: str = FILE
    files: Sequence[tuple[str, LocatedMapping]] = ()

    def in_force(self, today: datetime.date) -> list[Waiver]:
        """Return the waivers that count on a day."""
        return [waiver for waiver in self.waivers if waiver.is_in_force(today)]

    def file_and_location(self, number: int, key: str) -> tuple[str, Location]:
        """Return the file and the location of a key of the waiver with that number, counted from 0."""
        first = len(self.waivers) - len(self.files)
        if number < first:
            return self.path, self.source.value_location_of(("waivers", number, key))
        file, source = self.files[number - first]
        return file, source.value_location_of((key,))


def load_waivers(tree: FileTree) -> Waivers:
    """Read the waivers, of which there may be none.

    Raises:
        HandbookError: with one line for each mistake.

    """
    path = own_path(tree, FILE)
    record, source = load_optional_register(tree, path, WaiverList)
    files = load_folder(tree, own_path(tree, FOLDER), Waiver)
    waivers = [*record.waivers, *(waiver for waiver, _ in files.values())]
    return Waivers(waivers, source, path, [(file, located) for file, (_, located) in files.items()])
