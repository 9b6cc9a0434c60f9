"""Questions that lead a person to an answer, from the files in `registers/decisions/`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import Field

from handbook.errors import HandbookError
from handbook.files.tree import FileTree
from handbook.findings import Location
from handbook.registers.applicability import ApplicableRecord
from handbook.registers.approvals import FILE as APPROVALS_FILE
from handbook.registers.approvals import Approvals
from handbook.registers.field_types import Line, PagePath, ShortName, Text
from handbook.registers.loading import load_located_register
from handbook.registers.organization import Organization
from handbook.registers.removals import FILE as REMOVALS_FILE
from handbook.registers.removals import Removals
from handbook.text.suggestions import did_you_mean
from handbook.yaml.located import KeyPath, LocatedMapping
from handbook.yaml.record import Record, RecordProblem

FOLDER: Final = "registers/decisions"
_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

OutcomeKind: TypeAlias = Literal["go", "ask", "wait", "stop"]
# What another register lists: the grounds of a level of approval, or those for removing a comment.
GroundList: TypeAlias = Literal["green", "amber", "red", "never", "removals"]


class Answer(Record):
    """What a person may answer, and where it leads: `to` a question or a `result`.

    `lists` adds what another register lists.
    """

    label: Text = Field(examples=['"Yes"'], description="What the reader chooses.")
    lists: GroundList | None = Field(
        default=None,
        examples=["red"],
        description="Shows the grounds of a level of approval, or for removing a comment.",
    )
    to: Line | None = Field(
        default=None, examples=["people"], description="The question that comes next, by its name."
    )
    result: Line | None = Field(
        default=None, examples=["check"], description="The outcome that this answer leads to, by its name."
    )


class Question(Record):
    """One question, with a sentence that helps to answer it, and what another register `lists`."""

    question: Text = Field(
        examples=["Do you know that every fact is true?"], description="What the reader is asked."
    )
    help: Text | None = Field(
        default=None,
        examples=["A fact counts as known when you can name its source."],
        description="A sentence that helps to answer.",
    )
    lists: GroundList | None = Field(
        default=None,
        examples=["removals"],
        description="Shows the grounds of a level of approval, or for removing a comment.",
    )
    answers: Annotated[list[Answer], Field(min_length=1)] = Field(
        examples=['[{label: "Yes", to: people}]'],
        description="The answers to choose from. Each leads to a question or to a result.",
    )


class Outcome(Record):
    """What the answers lead to: what to do in the end."""

    kind: OutcomeKind = Field(examples=["wait"], description="Go ahead, ask someone, wait, or stop.")
    title: Text = Field(examples=["Check first"], description="What to do, in a few words.")
    text: Text = Field(
        examples=["Ask the person who knows, then begin again."],
        description="What to do, in a sentence or two.",
    )
    page: PagePath | None = Field(
        default=None, examples=["docs/practice/publishing.md"], description="The page that has the rule."
    )


class Decision(ApplicableRecord):
    """A few questions that lead to one of a few outcomes, and never in a circle."""

    title: Text = Field(examples=["Should I post this?"], description="The question as a whole.")
    intro: Text = Field(
        examples=["A few questions, and you know."], description="A sentence above the first question."
    )
    start: Line = Field(examples=["facts"], description="The name of the first question.")
    questions: dict[ShortName, Question] = Field(
        examples=["(questions, as in the sample)"], description="The questions, by a short name."
    )
    outcomes: dict[ShortName, Outcome] = Field(
        examples=["(outcomes, as in the sample)"],
        description="What the answers can lead to, by a short name.",
    )

    def problems(self) -> Iterator[RecordProblem]:
        """Find names that lead nowhere; if there are none, find what nobody reaches, and circles."""
        wrong_names = list(self._wrong_names())
        yield from wrong_names or (*self._out_of_reach(), *self._circles())

    def in_order(self) -> dict[str, Question]:
        """Return the questions, the first one first."""
        return {self.start: self.questions[self.start], **self.questions}

    def shown_lists(self) -> Mapping[KeyPath, GroundList]:
        """Return what the decision shows of other registers, by the paths of the keys that say so."""
        shown: dict[KeyPath, GroundList | None] = {
            ("questions", name, "lists"): question.lists for name, question in self.questions.items()
        }
        shown |= {(*path, "lists"): answer.lists for path, answer in self._answers()}
        return {path: name for path, name in shown.items() if name}

    def _answers(self) -> Iterator[tuple[KeyPath, Answer]]:
        for name, question in self.questions.items():
            for number, answer in enumerate(question.answers):
                yield ("questions", name, "answers", number), answer

    def _wrong_names(self) -> Iterator[RecordProblem]:
        if self.start not in self.questions:
            yield ("start",), _unknown(self.start, "a question", self.questions)
        for path, answer in self._answers():
            if (answer.to is None) == (answer.result is None):
                yield path, "leads nowhere or to two places; give it either `to` a question or a `result`"
            elif answer.to is not None and answer.to not in self.questions:
                yield (*path, "to"), _unknown(answer.to, "a question", self.questions)
            elif answer.result is not None and answer.result not in self.outcomes:
                yield (*path, "result"), _unknown(answer.result, "an outcome", self.outcomes)

    def _out_of_reach(self) -> Iterator[RecordProblem]:
        asked, results = [self.start], set()
        for name in asked:
            for answer in self.questions[name].answers:
                if answer.result:
                    results.add(answer.result)
                elif answer.to and answer.to not in asked:
                    asked.append(answer.to)
        advice = "let an answer lead to it, or remove it"
        for name in self.questions.keys() - asked:
            yield ("questions", name), f"is a question that nobody reaches; {advice}"
        for name in self.outcomes.keys() - results:
            yield ("outcomes", name), f"is an outcome that nobody reaches; {advice}"

    def _circles(self) -> Iterator[RecordProblem]:
        """Find one circle. Without circles every path ends, because each question has an answer."""
        leads = {
            name: {answer.to for answer in question.answers if answer.to}
            for name, question in self.questions.items()
        }
        try:
            TopologicalSorter(leads).prepare()
        except CycleError as error:
            circle = [str(name) for name in reversed(error.args[1])]
            yield self._closing(circle), f"leads in a circle: {', '.join(circle)}; end it in a `result`"

    def _closing(self, circle: list[str]) -> KeyPath:
        """Return the path of the answer that closes a circle of questions, the last one in the file."""
        steps = set(pairwise(circle))
        closing = [path for path, answer in self._answers() if (path[1], answer.to) in steps]
        return (*closing[-1], "to")


def _unknown(name: str, kind: str, known: Mapping[str, object]) -> str:
    return f"names '{name}', which is not {kind}; {did_you_mean(name, known)}"


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions that are for the organization by their names, and their locations in their files."""

    decisions: Mapping[str, Decision] = field(default_factory=dict)
    sources: Mapping[str, LocatedMapping] = field(default_factory=dict)

    def location(self, name: str, outcome: str, key: str) -> Location:
        """Return the location of a key of an outcome."""
        return self.sources[name].value_location_of(("outcomes", outcome, key))


def file_of(name: str) -> str:
    """Return the path of the file that holds a decision."""
    return f"{FOLDER}/{name}.yml"


def load_decisions(
    tree: FileTree, organization: Organization, approvals: Approvals, removals: Removals
) -> Decisions:
    """Read the decisions that are for the organization.

    Raises:
        HandbookError: with one line for each mistake of the first file that has any.

    """
    judge = partial(_problems, approvals=approvals, removals=removals)
    read = {
        name: load_located_register(tree, file_of(name), Decision, judge, organization.variables)
        for name in _decision_names(tree)
    }
    kept = {name: decision for name, (decision, _) in read.items() if decision.fits(organization)}
    return Decisions(kept, {name: read[name][1] for name in kept})


def _problems(decision: Decision, approvals: Approvals, removals: Removals) -> Iterator[RecordProblem]:
    """Find lists that have nothing to show."""
    for path, shown in decision.shown_lists().items():
        if shown == "removals" and not removals.grounds:
            yield path, f"shows why comments are removed, but {REMOVALS_FILE} has no ground"
        elif shown != "removals" and not approvals.of(shown):
            yield path, f"shows what is {shown}, but {APPROVALS_FILE} has no ground of that level"


def _decision_names(tree: FileTree) -> Iterator[str]:
    for file in tree.names(FOLDER):
        name, _, ending = file.rpartition(".")
        if ending not in ("yml", "yaml") or file.startswith("."):
            continue
        if ending != "yml" or not _NAME.fullmatch(name):
            raise HandbookError(
                f"{FOLDER}/{file} cannot be the name of a decision; write lower-case words with hyphens, and"
                " end it in .yml, such as should-i-post.yml"
            )
        yield name
