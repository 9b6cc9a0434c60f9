"""Questions that people ask, with their answers: `registers/scenarios.yml` and `registers/scenarios/`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Final, Literal, TypeAlias, get_args

from pydantic import BeforeValidator, Field, WithJsonSchema

from handbook.content.audiences import StaffGroup
from handbook.errors import HandbookError
from handbook.files.tree import FileTree
from handbook.findings import Location
from handbook.registers.applicability import ApplicableRecord, fitting
from handbook.registers.field_types import PagePlace, ShortName, StaffWords, Text, is_short_name
from handbook.registers.loading import load_folder, load_optional_register
from handbook.registers.organization import Organization
from handbook.yaml.located import KeyPath, LocatedMapping
from handbook.yaml.record import Record

FILE: Final = "registers/scenarios.yml"
# One scenario a file, which has its name.
FOLDER: Final = "registers/scenarios"


def _no(value: object) -> object:
    """Accept false, which YAML makes of an unquoted `no`, as the answer no."""
    return "no" if value is False else value


ANSWERS: Final = ("fine", "ask", "no")
Answer: TypeAlias = Annotated[
    Literal["fine", "ask", "no"],
    BeforeValidator(_no),
    # Editors read an unquoted `no` as false, too, and should not propose false.
    WithJsonSchema({"anyOf": [{"enum": list(ANSWERS)}, {"const": False, "doNotSuggest": True}]}),
]
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
    "coworkers",
    "profile",
]
TOPICS: Final[tuple[str, ...]] = get_args(Topic)


class Scenario(ApplicableRecord):
    """One question, its answer, the reason, and the page that has the rule, if possible with its anchor.

    `asked_as` are further words of staff for the question; only the search reads them.
    """

    not_reviewed = frozenset({"asked_as"})

    question: Text = Field(
        examples=["May I post a picture of a {client}'s birthday party?"],
        description="What somebody asks, in their words. {client} and {people} become your words.",
    )
    answer: Answer = Field(
        examples=["ask"], description="Fine, ask first, or no. Put no in quotes: YAML reads it as false."
    )
    reason: Text = Field(
        examples=["Ask each guest first. Leave out who cannot agree."],
        description="Why, in two or three sentences.",
    )
    page: PagePlace = Field(
        examples=["docs/law/photos.md#birthday-party"],
        description="The page that has the rule, if possible with the anchor of the heading.",
    )
    audience: Annotated[list[StaffGroup], Field(min_length=1)] = Field(
        examples=["[work, personal]"],
        description="Whom the question is for. The first decides on which page it is listed.",
    )
    topics: Annotated[list[Topic], Field(min_length=1)] = Field(
        examples=["[photos, privacy]"],
        description="What it is about. The first topic decides where it is listed.",
    )
    asked_as: StaffWords = Field(
        default=[],
        examples=["[party pictures, cake]"],
        description="Further words of staff for the question, or a list for each language. "
        "Only the search reads them.",
    )

    @property
    def mostly_for(self) -> StaffGroup:
        """Return whom the question is for before all others."""
        return self.audience[0]

    @property
    def path(self) -> str:
        """Return the path of the page that has the rule, without the anchor."""
        return self.page.partition("#")[0]

    @property
    def anchor(self) -> str:
        """Return the anchor of the rule on the page, or nothing if the page names none."""
        return self.page.partition("#")[2]


class ScenarioList(Record):
    """The content of the file."""

    scenarios: dict[ShortName, Scenario] = Field(
        default={},
        examples=["(scenarios, as in the sample)"],
        description="Questions with their answers, by a short name.",
    )


@dataclass(frozen=True, slots=True)
class Scenarios:
    """The scenarios that are for the organization, and their locations in one file or in `files`, by path."""

    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    source: LocatedMapping = field(default_factory=LocatedMapping)
    files: Mapping[str, LocatedMapping] = field(default_factory=dict)

    def file_and_location(self, name: str, key: str) -> tuple[str, Location]:
        """Return the file and the location of a key of a scenario."""
        path, source, start = self.written_at(name)
        return path, source.value_location_of((*start, key))

    def written_at(self, name: str) -> tuple[str, LocatedMapping, KeyPath]:
        """Return the file of a scenario, the locations in it, and the path of the scenario there."""
        path = f"{FOLDER}/{name}.yml"
        if path in self.files:
            return path, self.files[path], ()
        return FILE, self.source, ("scenarios", name)


def load_scenarios(tree: FileTree, organization: Organization) -> Scenarios:
    """Read the scenarios that are for the organization.

    Raises:
        HandbookError: with one line for each mistake.

    """
    register, source = load_optional_register(tree, FILE, ScenarioList, variables=organization.variables)
    files = load_folder(tree, FOLDER, Scenario, variables=organization.variables)
    own = {_name(path, register.scenarios): scenario for path, (scenario, _) in files.items()}
    located = {path: source for path, (_, source) in files.items()}
    return Scenarios(fitting({**register.scenarios, **own}, organization), source, located)


def _name(path: str, known: Mapping[str, Scenario]) -> str:
    """Return the name of the scenario in a file of its own.

    Raises:
        HandbookError: if the name is not a short one, or is that of another scenario.

    """
    name = path.removeprefix(f"{FOLDER}/").removesuffix(".yml")
    if not is_short_name(name):
        raise HandbookError(f"{path}:1:1: '{name}' is not a short name; use lower-case words with hyphens")
    if name in known:
        raise HandbookError(f"{path}:1:1: '{name}' is also in {FILE}; keep one of the two")
    return name
