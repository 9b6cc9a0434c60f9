"""What staff asked and the handbook does not answer yet, from `registers/open_questions.yml`.

The questions that judge the search are in `questions.py`. Here, nobody who asked is ever named: a question is
about the handbook, and not about them.
"""

import datetime
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, Field

from handbook.files.tree import FileTree
from handbook.findings import Location
from handbook.registers.evidence_folder import own_path
from handbook.registers.field_types import Language, Line, PagePath
from handbook.registers.loading import load_optional_register
from handbook.yaml.located import LocatedMapping
from handbook.yaml.record import Record, RecordProblem

FILE: Final = "registers/open_questions.yml"
_MAIL_ADDRESS: Final = re.compile(r"[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+")


def _without_sender(text: str) -> str:
    if not folded(text):
        raise ValueError("has no words")
    if address := _MAIL_ADDRESS.search(text):
        raise ValueError(f"has the mail address {address[0]}; leave out who asked")
    return text


# Words of somebody who is not named.
AskedWords: TypeAlias = Annotated[Line, AfterValidator(_without_sender)]


class OpenQuestion(Record):
    """One question, since when it waits for an answer, and where somebody looked for one."""

    question: AskedWords = Field(
        examples=["May I repost what a partner posts?"],
        description="What somebody asked, in their words. Never write who asked.",
    )
    asked_on: datetime.date = Field(
        examples=["2026-11-18"], description="The day on which it was first asked."
    )
    page: PagePath | None = Field(
        default=None,
        examples=["docs/policy/work.md"],
        description="The page on which somebody looked for the answer.",
    )
    query: AskedWords | None = Field(
        default=None, examples=["repost partner"], description="The words with which somebody searched."
    )
    edition: Line | None = Field(
        default=None, examples=['"2026.1"'], description="The edition that they read, in quotes."
    )
    language: Language | None = Field(
        default=None, examples=["fr"], description="The language of the question, which screen readers speak."
    )
    count: Annotated[int, Field(ge=1)] = Field(
        default=1, examples=["2"], description="How often it was asked."
    )


class OpenQuestionList(Record):
    """The content of the file."""

    questions: list[OpenQuestion] = Field(
        default=[],
        examples=["[]"],
        description="What staff asked and no page answers. `handbook questions note` adds one.",
    )

    def problems(self) -> Iterator[RecordProblem]:
        """Find questions that are written twice, because it would be unclear how often they were asked."""
        seen: set[str] = set()
        for number, question in enumerate(self.questions):
            words = folded(question.question)
            if words in seen:
                remedy = "raise the `count` of the first, and remove this one"
                yield ("questions", number, "question"), f"is asked a second time; {remedy}"
            seen.add(words)


@dataclass(frozen=True, slots=True)
class OpenQuestions:
    """The open questions by number, from 1, and their locations in the file at `path`."""

    questions: Mapping[int, OpenQuestion] = field(default_factory=dict)
    source: LocatedMapping = field(default_factory=LocatedMapping)
    path: str = FILE

    def about(self, pages: Collection[str]) -> Mapping[int, OpenQuestion]:
        """Return the questions about some pages, given without a language, and those about no page."""
        return {n: q for n, q in self.questions.items() if q.page is None or q.page in pages}

    def location(self, number: int, key: str) -> Location:
        """Return the location of a key of the question with that number."""
        return self.source.value_location_of(("questions", number - 1, key))


def folded(question: str) -> str:
    """Return a form that questions share if they differ only in capitals, spaces, and marks."""
    return " ".join(re.findall(r"\w+", question.casefold()))


def load_open_questions(tree: FileTree) -> OpenQuestions:
    """Read the open questions, of which there may be none.

    Raises:
        HandbookError: with one line for each mistake.

    """
    path = own_path(tree, FILE)
    register, source = load_optional_register(tree, path, OpenQuestionList)
    return OpenQuestions(dict(enumerate(register.questions, 1)), source, path)
