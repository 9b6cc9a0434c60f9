"""Makes readings and decisions of filled-in forms, or says what is missing, line by line."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from handbook.forges.reviews.forms import Form, FormProblem, Part, in_code, plain
from handbook.forges.reviews.words import WORDS, meanings
from handbook.registers.filed_for import FiledFor
from handbook.registers.review_records import SHARED_QUESTIONS, Meeting, MeetingDecision, PageReading, Reading
from handbook.text.suggestions import did_you_mean
from handbook.yaml.written_dates import day_meant

_MARK_LENGTH = 8


def mark_of(fingerprint: str) -> str:
    """Return the characters by which a form names the text of a page."""
    return fingerprint.rpartition(":")[2][:_MARK_LENGTH]


@dataclass(slots=True)
class _Answers:
    """Takes answers out of a form in a language, and collects what is wrong with them."""

    form: Form
    language: str
    problems: list[FormProblem]

    def wrong(self, line: int, sentence: str) -> None:
        self.problems.append(FormProblem(line, sentence))

    def text(self, part: Part, label: str, about: str) -> str:
        """Return an answer; if there is none, that is a mistake."""
        name = WORDS.of(self.language)["labels"][label]
        answer = part.answers.get(label)
        if answer is None:
            self.wrong(part.line, f"{about} has no line `{name}:`; add it, and answer there")
            return ""
        text, problems = plain(answer)
        self.problems += problems
        if not text.strip("-_. …"):
            self.wrong(answer.line, f"there is nothing after `{name}:`; write a sentence there")
        return text

    def choice(self, path: str, kind: str) -> str:
        """Return what is ticked for a page; it must be one thing."""
        part, known = self.form.pages[path], meanings(kind)
        names = ", ".join(f"`{word}`" for word in WORDS.of(self.language)[kind].values())
        ticked = {known[word]: line for line, word in part.ticks if word in known}
        if not ticked:
            self.wrong(
                part.line, f"nothing is ticked for {path}; write x between the brackets of one: {names}"
            )
        elif len(ticked) > 1:
            lines = " and ".join(map(str, ticked.values()))
            self.wrong(part.line, f"lines {lines} are both ticked for {path}; keep one")
        return next(iter(ticked), "")

    def pages(self, wanted: Mapping[str, str | None]) -> list[str]:
        """Return the wanted pages that the form has, and note those that it lacks, or has of another text.

        `wanted` has the fingerprint of each page, or None for a deleted one.
        """
        for path, part in self.form.pages.items():
            if path not in wanted:
                self.wrong(part.line, f"{in_code(path)} is not asked for here; {did_you_mean(path, wanted)}")
            elif problem := _other_text(path, part.mark, wanted[path]):
                self.wrong(part.line, problem)
        for path in wanted:
            if path not in self.form.pages:
                self.wrong(self.form.line, f"the form lacks {path}; copy its part from the issue")
        return [path for path in wanted if path in self.form.pages]


def _other_text(path: str, mark: str | None, fingerprint: str | None) -> str | None:
    if fingerprint is None:
        return None
    if mark is None:
        return f"the mark after {path} is missing; copy the line from the issue, such as `(text 3f2a9c1b)`"
    if mark != mark_of(fingerprint):
        return f"{path} is not the text that this form was made for; read it again, and copy the new form"
    return None


def reading_of(
    form: Form, wanted: Mapping[str, str], day: datetime.date, filed_for: FiledFor | None, language: str
) -> Reading | list[FormProblem]:
    """Return the reading of pages, by path with the fingerprints of their texts, or all mistakes.

    `filed_for` is None if readers file it themselves.
    """
    answers = _Answers(form, language, list(form.problems))
    pages = {}
    for path in answers.pages(wanted):
        verdict = answers.choice(path, "verdicts")
        note = answers.text(form.pages[path], "note", path)
        pages[path] = {"fingerprint": wanted[path], "verdict": verdict, "note": note}
    shared = {question: answers.text(form.review, question, "the form") for question in SHARED_QUESTIONS}
    if answers.problems:
        return _in_order(answers.problems)
    readings = {path: PageReading.model_validate(page) for path, page in pages.items()}
    return Reading(date=day, filed_for=filed_for, **shared, pages=readings)


def meeting_of(
    form: Form,
    wanted: Mapping[str, str | None],
    readers: Sequence[str],
    today: datetime.date,
    filed_for: FiledFor,
    language: str,
) -> Meeting | list[FormProblem]:
    """Return the meeting about pages, by path with their fingerprints now, or all mistakes."""
    answers = _Answers(form, language, list(form.problems))
    day = _day(answers, today)
    took_part = _took_part(answers, readers)
    pages = {}
    for path in answers.pages(wanted):
        outcome = answers.choice(path, "outcomes")
        reason = answers.text(form.pages[path], "reason", path)
        text = None if outcome == "retired" else wanted[path]
        pages[path] = {"outcome": outcome, "reason": reason, "fingerprint": text}
    if answers.problems or day is None:
        return _in_order(answers.problems)
    decided = {path: MeetingDecision.model_validate(page) for path, page in pages.items()}
    return Meeting(date=day, filed_for=filed_for, took_part=took_part, pages=decided)


def _day(answers: _Answers, today: datetime.date) -> datetime.date | None:
    text = answers.text(answers.form.review, "met", "the form")
    line = answers.form.review.answers["met"].line if text else 0
    try:
        day = datetime.date.fromisoformat(text) if text else None
    except ValueError:
        answers.wrong(line, f"{in_code(text)} is not a day; {day_meant(text)}")
        return None
    if day and day > today:
        answers.wrong(line, f"{day} is in the future; write the day on which you met")
    return day


def _took_part(answers: _Answers, readers: Sequence[str]) -> list[str]:
    text = answers.text(answers.form.review, "took_part", "the form")
    roles = [role.strip(" `") for role in text.split(",") if role.strip(" `")]
    line = answers.form.review.answers["took_part"].line if text else 0
    for role in roles:
        if role not in readers:
            answers.wrong(line, f"{in_code(role)} has not read these pages; {did_you_mean(role, readers)}")
    return list(dict.fromkeys(roles))


def _in_order(problems: Sequence[FormProblem]) -> list[FormProblem]:
    return sorted(dict.fromkeys(problems), key=lambda problem: problem.line)


def sentences_of(problems: Sequence[FormProblem]) -> Iterator[str]:
    """Yield each mistake as a sentence that names its line."""
    for problem in problems:
        yield f"Line {problem.line}: {problem.sentence}"
