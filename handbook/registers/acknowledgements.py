"""Who is asked to read and accept which pages, from `registers/acknowledgements.yml`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Final, Literal

from pydantic import Field

from handbook.errors import HandbookError
from handbook.files.tree import FileTree
from handbook.findings import Location
from handbook.registers.applicability import ApplicableRecord, fitting
from handbook.registers.contacts import Purpose
from handbook.registers.field_types import Line, OutsideAddress, PagePath, PlatformName, ShortName, Text
from handbook.registers.loading import load_optional_register
from handbook.registers.organization import Organization
from handbook.registers.platforms import Platforms
from handbook.text.suggestions import did_you_mean
from handbook.yaml.located import LocatedMapping
from handbook.yaml.record import Record, RecordProblem

FILE: Final = "registers/acknowledgements.yml"
# The page on which readers accept the pages that they are asked to read.
PAGE: Final = "docs/acknowledge.md"
FEWEST_QUESTIONS: Final = 3
MOST_QUESTIONS: Final = 6


class AskedAudience(ApplicableRecord):
    """People who are asked to read and accept some pages.

    `renew_after` is the number of months after which they are asked again even if nothing has changed.
    `questions` are names of scenarios; without any, some about these pages are taken.
    """

    title: Text = Field(
        examples=["{en: People who post for us, fr: Personnes qui publient pour nous}"],
        description="Who they are, as readers see it.",
    )
    pages: Annotated[list[PagePath], Field(min_length=1, max_length=40)] = Field(
        examples=["[docs/policy/general.md, docs/policy/work.md]"],
        description="The pages that they are asked to read and accept.",
    )
    within_days: Annotated[int, Field(ge=1, le=366)] = Field(
        default=30, examples=["14"], description="How many days they have, from the day they are asked."
    )
    renew_after: Annotated[int, Field(ge=1, le=120)] | None = Field(
        default=None,
        examples=["24"],
        description="After how many months they are asked again, even if nothing has changed.",
    )
    platform: PlatformName | None = Field(
        default=None,
        examples=["facebook"],
        description="A platform to which they have access for us. Without an account, nobody is asked.",
    )
    contact: Purpose = Field(
        default="people",
        examples=["people"],
        description="The contact for those who do not agree, or who need an exception.",
    )
    questions: Annotated[list[ShortName], Field(max_length=MOST_QUESTIONS)] = Field(
        default=[],
        examples=["[birthday-photo, work-selfie, criticize-us]"],
        description="The scenarios that they are asked about, by name: three to six.",
    )

    def problems(self) -> Iterator[RecordProblem]:
        """Find too few questions, and what is listed twice."""
        if 0 < len(self.questions) < FEWEST_QUESTIONS:
            yield ("questions",), f"has fewer than {FEWEST_QUESTIONS} questions; add some, or delete the key"
        for key in ("pages", "questions"):
            names = getattr(self, key)
            for number, name in enumerate(names):
                if name in names[:number]:
                    yield (key, number), f"has '{name}' twice; delete one"


class HandInForm(Record):
    """A form of the organization on the web, opened with the facts of a receipt in its address."""

    address: OutsideAddress = Field(
        examples=["https://forms.example.org/handbook"], description="The address of the form."
    )
    receipt: Line = Field(
        examples=["entry.1001"], description="The parameter that fills in the receipt, as the form calls it."
    )


class HandIn(Record):
    """How people hand in a receipt. They can always keep it as a file, and print it."""

    mail: Purpose | None = Field(
        default="people", examples=["people"], description="The contact that gets receipts by mail."
    )
    form: HandInForm | None = Field(
        default=None,
        examples=["{address: https://forms.example.org/handbook, receipt: entry.1001}"],
        description="A form of yours that takes the receipt.",
    )


class PeopleRecord(Record):
    """What the organization keeps about who accepted what, outside git."""

    people: Literal["names", "pseudonyms"] = Field(
        default="pseudonyms",
        examples=["pseudonyms"],
        description="Whether the record names people, or keeps a pseudonym for each.",
    )
    keep_months: Annotated[int, Field(ge=1, le=240)] = Field(
        default=36, examples=["36"], description="After how many months an answer is deleted."
    )


class Columns(Record):
    """How the columns of an export are called that a learning system, a form, or a mailbox writes."""

    person: Line = Field(examples=["Email address"], description="The column that names the person.")
    receipt: Line = Field(
        examples=["Receipt"],
        description="The column that holds the receipt, alone or in a longer text such as a mail.",
    )
    day: Line | None = Field(
        default=None,
        examples=["Completed on"],
        description="The column with the day on which it came in, as 2026-11-20.",
    )


class AcknowledgementRegister(Record):
    """The content of the file."""

    audiences: dict[ShortName, AskedAudience] = Field(
        default={},
        examples=["(audiences, as in the sample)"],
        description="Who is asked to read and accept which pages, by a short name.",
    )
    hand_in: HandIn = Field(
        default=HandIn(), examples=["{mail: people}"], description="How receipts come in."
    )
    record: PeopleRecord = Field(
        default=PeopleRecord(),
        examples=["{people: pseudonyms, keep_months: 36}"],
        description="What you keep, and how long.",
    )
    imports: dict[ShortName, Columns] = Field(
        default={},
        examples=["{moodle: {person: Email address, receipt: Receipt}}"],
        description="The exports that you import, by a short name, with the names of their columns.",
    )

    def problems(self) -> Iterator[RecordProblem]:
        """Find the mistakes of each audience."""
        for name, audience in self.audiences.items():
            for path, sentence in audience.problems():
                yield ("audiences", name, *path), sentence


@dataclass(frozen=True, slots=True)
class Acknowledgements:
    """The register for one organization, with the location of each entry."""

    audiences: Mapping[str, AskedAudience] = field(default_factory=dict)
    hand_in: HandIn = field(default_factory=HandIn)
    record: PeopleRecord = field(default_factory=PeopleRecord)
    imports: Mapping[str, Columns] = field(default_factory=dict)
    source: LocatedMapping = field(default_factory=LocatedMapping)

    def location(self, audience: str, *key: str | int) -> Location:
        """Return the location of a value of an audience."""
        return self.source.value_location_of(("audiences", audience, *key))


def load_acknowledgements(
    tree: FileTree, organization: Organization, platforms: Platforms
) -> Acknowledgements:
    """Read who is asked what; without a file, nobody is asked.

    Left out are audiences for other organizations, and for platforms on which this one has no account.

    Raises:
        HandbookError: with one line for each mistake.

    """
    register, source = load_optional_register(
        tree, FILE, AcknowledgementRegister, variables=organization.variables
    )
    used = platforms.used_by(organization)
    audiences = {
        name: audience
        for name, audience in fitting(register.audiences, organization).items()
        if audience.platform is None or audience.platform in used
    }
    _refuse_unknown_platforms(register, source, platforms)
    return Acknowledgements(audiences, register.hand_in, register.record, register.imports, source)


def _refuse_unknown_platforms(
    register: AcknowledgementRegister, source: LocatedMapping, platforms: Platforms
) -> None:
    for name, audience in register.audiences.items():
        if audience.platform is not None and audience.platform not in platforms.platforms:
            location = source.value_location_of(("audiences", name, "platform"))
            place = f"{FILE}:{location.line}:{location.column}"
            remedy = did_you_mean(audience.platform, platforms.platforms)
            raise HandbookError(f"{place}: there is no platform '{audience.platform}'; {remedy}")
