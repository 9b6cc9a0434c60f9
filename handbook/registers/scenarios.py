"""Questions that people ask, each with its answer, from `registers/scenarios.yml`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated, Final, Literal, TypeAlias, get_args

from pydantic import BeforeValidator, Field

from handbook.content.audiences import StaffGroup
from handbook.files.tree import FileTree
from handbook.findings import Location
from handbook.record import Record
from handbook.registers.applicability import ApplicableRecord, fitting
from handbook.registers.field_types import PagePath, ShortName, Text, untranslated
from handbook.registers.loading import load_optional_register
from handbook.registers.organization import Organization
from handbook.yaml.located import LocatedMapping

FILE: Final = "registers/scenarios.yml"


def _no(value: object) -> object:
    """Accept false, which YAML makes of an unquoted `no`, as the answer no."""
    return "no" if value is False else value


Answer: TypeAlias = Annotated[Literal["fine", "ask", "no"], BeforeValidator(_no)]
Topic: TypeAlias = Literal[
    "photos",
    "privacy",
    "rights",
    "brand",
    "complaints",
    "press",
    "security",
    "money",
    "children",
    "crisis",
    "politics",
    "ai",
]
TOPICS: Final[tuple[str, ...]] = get_args(Topic)


class Scenario(ApplicableRecord):
    """One question, its answer, the reason, and the page that has the rule."""

    question: Text = Field(examples=["May I post a picture of a client's birthday party?"])
    answer: Answer = Field(examples=["ask"])
    reason: Text = Field(examples=["Ask each guest first. Leave out who cannot agree."])
    page: PagePath = Field(examples=["docs/law/photos-location.md"])
    audience: Annotated[list[StaffGroup], Field(min_length=1)] = Field(examples=["[work, personal]"])
    topics: Annotated[list[Topic], Field(min_length=1)] = Field(examples=["[photos, privacy]"])


class ScenarioList(Record):
    """The content of the file."""

    scenarios: dict[ShortName, Scenario] = Field(default={}, examples=["(scenarios, as in the sample)"])


@dataclass(frozen=True, slots=True)
class Scenarios:
    """The scenarios that are for the organization, and their locations in the file."""

    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    source: LocatedMapping = field(default_factory=LocatedMapping)

    def location(self, name: str, key: str) -> Location:
        """Return the location of a key of a scenario."""
        return self.source.value_location_of(("scenarios", name, key))


def load_scenarios(tree: FileTree, organization: Organization) -> Scenarios:
    """Read the scenarios that are for the organization.

    Raises:
        HandbookError: with one line for each mistake.

    """
    judge = partial(untranslated, languages=organization.languages)
    register, source = load_optional_register(tree, FILE, ScenarioList, judge)
    return Scenarios(fitting(register.scenarios, organization), source)
