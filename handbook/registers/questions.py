"""Questions with which the search is judged, from `registers/questions.yml`; readers never see them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import AfterValidator, Field

from handbook.files.tree import FileTree
from handbook.findings import Location
from handbook.registers.example_policies import LanguageCode
from handbook.registers.field_types import Line, PagePath
from handbook.registers.loading import load_optional_register
from handbook.registers.organization import Organization
from handbook.registers.schema_hints import Form
from handbook.yaml.located import LocatedMapping
from handbook.yaml.record import Record, RecordProblem

FILE: Final = "registers/questions.yml"
HALVES: Final = (1, 2)


def _section(text: str) -> str:
    if not text or any(character.isspace() or character in "#<>{}" for character in text):
        raise ValueError("is not the anchor of a section; copy it from the address of the page, without #")
    return text


SectionName: TypeAlias = Annotated[
    str,
    AfterValidator(_section),
    Form(r"^[^\s#<>{}]+$", "Copy the anchor from the address of the page, without #."),
]


class Answer(Record):
    """A page that answers a question, and the anchor of the answer on it."""

    page: PagePath = Field(examples=["docs/law/photos.md"], description="A page that answers the question.")
    section: SectionName | None = Field(
        default=None, examples=["birthday-party"], description="The anchor of the answer on that page."
    )


class Question(Record):
    """What somebody types, and every page on which a reasonable employee would stop looking.

    Editors may read half 1 when they improve the search. Half 2 is kept back, to show if that also helps
    words that nobody had in mind.
    """

    question: Line = Field(
        examples=["party pics"], description="What somebody types, with their typing errors."
    )
    language: LanguageCode = Field(examples=["en"], description="The language of the question.")
    half: Literal[1, 2] = Field(
        examples=["1"], description="Half 1 is for those who improve the search. Half 2 is kept back."
    )
    answers: Annotated[list[Answer], Field(min_length=1)] = Field(
        examples=["[{page: docs/law/photos.md, section: birthday-party}]"],
        description="Every page on which a reasonable employee would stop looking.",
    )


class QuestionList(Record):
    """The content of the file."""

    questions: list[Question] = Field(
        default=[],
        examples=["(questions, as in the sample)"],
        description="The questions with which the search is judged.",
    )

    def problems(self) -> Iterator[RecordProblem]:
        """Find questions that would count twice."""
        seen: set[tuple[str, str]] = set()
        for number, question in enumerate(self.questions):
            words = (question.language, question.question.casefold())
            if words in seen:
                yield ("questions", number, "question"), "is asked a second time; keep one of the two"
            seen.add(words)


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions in the languages of the organization, by their number in the file, from 0."""

    questions: dict[int, Question] = field(default_factory=dict)
    source: LocatedMapping = field(default_factory=LocatedMapping)

    def location(self, number: int, answer: int) -> Location:
        """Return the location of the page that an answer names; both numbers count from 0."""
        return self.source.value_location_of(("questions", number, "answers", answer, "page"))


def load_questions(tree: FileTree, organization: Organization) -> Questions:
    """Read the questions in the languages of the organization.

    Raises:
        HandbookError: with one line for each mistake.

    """
    register, source = load_optional_register(tree, FILE, QuestionList)
    known = organization.languages
    return Questions({n: q for n, q in enumerate(register.questions) if q.language in known}, source)
