"""Reads the form that a comment or a mail fills in: a command, and what is ticked and answered."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from handbook.forges.reviews.spoken_lines import Line, code_lines, spoken_lines
from handbook.forges.reviews.words import folded, meanings
from handbook.text.hidden_characters import first_hidden
from handbook.text.quoting import one_line

# The longest comment that GitHub accepts; GitLab accepts more.
MOST_CHARACTERS: Final = 65_536
MOST_IN_AN_ANSWER: Final = 1_000
_COMMAND: Final = re.compile(r" {0,3}/(?P<name>[^\W\d_]+)(?=[ \t]|$)")
_PAGE: Final = re.compile(
    r"[\s#*`-]*(?P<path>docs/[^\s`*<>{}#?]{1,200}\.md)[`*]*(?:\s*\(?\s*\w+\s+(?P<mark>[0-9a-f]{8})\b)?[\s)*`]*"
)
_TICK: Final = re.compile(r"\s*[-*+]?\s*\[\s?(?P<tick>[xX\N{CHECK MARK}]?)\s?\]\s*(?P<word>.+)")
_ANSWER: Final = re.compile(r"[\s*+_-]*(?P<label>[^:\n]{1,30}?)\s*:[*_]*\s*(?P<text>.*)")
_STRAY: Final = (
    "this line is not part of an answer; write it after a label such as `Looked at:`, or delete it"
)
_SECOND: Final = "this is a second command; write it in a comment of its own"
# What would be more than words where a record is shown: tags, expressions, and commands of git hosts.
_MARKUP: Final = re.compile(r"<[^<>]*>?|[{}]")


@dataclass(frozen=True, slots=True)
class FormProblem:
    """What is wrong with a comment, and on which of its lines."""

    line: int
    sentence: str


@dataclass(slots=True)
class LabeledText:
    """What follows a label, on one line or on several up to an empty one."""

    line: int
    text: str


@dataclass(slots=True)
class Part:
    """What is said of a page, whose text has this `mark`, or, before any page, of the review."""

    line: int
    mark: str | None = None
    ticks: list[tuple[int, str]] = field(default_factory=list)
    answers: dict[str, LabeledText] = field(default_factory=dict)


@dataclass(slots=True)
class Form:
    """A command with its argument, and what is said of the review and of each page, by its path.

    `unread` are the lines after the last answer, which are not part of one.
    """

    command: str
    argument: str
    line: int
    review: Part
    pages: dict[str, Part] = field(default_factory=dict)
    problems: list[FormProblem] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)


def read_form(comment: str) -> Form | None:
    """Return the form in a comment with all its mistakes, or None if it has no command of ours."""
    lines = list(spoken_lines(comment[:MOST_CHARACTERS]))
    starts = [(line, command) for line in lines if (command := _command(line.text))]
    if not starts:
        return _form_in_code(comment, lines)
    (line, (name, argument)), *others = starts
    form = Form(name, argument, line.number, Part(line.number))
    if len(comment) > MOST_CHARACTERS:
        form.problems.append(
            FormProblem(1, f"the comment has over {MOST_CHARACTERS:,} characters; shorten it")
        )
    form.problems += [FormProblem(other.number, _SECOND) for other, _ in others]
    _Reader(form).read(_collapsed(later) for later in lines if later.number > line.number)
    return form


def _collapsed(line: Line) -> Line:
    """Return a line with single spaces, so that no pattern takes long."""
    return Line(line.number, " ".join(line.text.split()))


def _command(text: str) -> tuple[str, str] | None:
    match = _COMMAND.match(text)
    name = meanings("commands").get(folded(match["name"])) if match else None
    return (name, text[match.end() :].strip()) if match and name else None


def _form_in_code(comment: str, lines: Sequence[Line]) -> Form | None:
    """Return a form with one mistake if a comment is nothing but a command in a code fence."""
    inside = [line for line in code_lines(comment) if line.text.strip()]
    command = _command(inside[0].text) if inside else None
    if command is None or any(line.text.strip() for line in lines):
        return None
    sentence = "the text is in a code block, which is not read; delete the lines of ``` or ~~~ around it"
    number = inside[0].number
    return Form(*command, number, Part(number), problems=[FormProblem(number, sentence)])


class _Reader:
    """Takes the lines after the command one by one."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._part = form.review
        self._open: LabeledText | None = None

    def read(self, lines: Iterator[Line]) -> None:
        stray: list[Line] = []
        for line in lines:
            if not line.text.strip():
                self._open = None
            elif self._takes(line):
                self._form.problems += [FormProblem(lost.number, _STRAY) for lost in stray]
                stray = []
            else:
                stray.append(line)
        self._form.unread += [line.number for line in stray]  # A signature, or a greeting.

    def _takes(self, line: Line) -> bool:
        return (
            _command(line.text) is not None
            or self._takes_page(line)
            or self._takes_tick(line)
            or self._takes_answer(line)
            or self._continues(line)
        )

    def _takes_page(self, line: Line) -> bool:
        match = _PAGE.fullmatch(line.text)
        if match is None:
            return False
        self._open = None
        self._part = Part(line.number, match["mark"])
        if match["path"] in self._form.pages:
            first = self._form.pages[match["path"]].line
            sentence = f"{in_code(match['path'])} comes a second time, after line {first}; keep one"
            self._form.problems.append(FormProblem(line.number, sentence))
        self._form.pages[match["path"]] = self._part
        return True

    def _takes_tick(self, line: Line) -> bool:
        match = _TICK.fullmatch(line.text)
        word = folded(match["word"]) if match else ""
        if match is None or not (word in meanings("verdicts") or word in meanings("outcomes")):
            return False
        self._open = None
        if match["tick"]:
            self._part.ticks.append((line.number, word))
        return True

    def _takes_answer(self, line: Line) -> bool:
        match = _ANSWER.fullmatch(line.text)
        label = meanings("labels").get(folded(match["label"])) if match else None
        if match is None or label is None:
            return False
        part = self._form.review if label in ("environment", "legal", "met", "took_part") else self._part
        if label in part.answers:
            first = part.answers[label].line
            sentence = f"this is answered a second time, after line {first}; keep one"
            self._form.problems.append(FormProblem(line.number, sentence))
        self._open = part.answers[label] = LabeledText(line.number, match["text"].strip())
        return True

    def _continues(self, line: Line) -> bool:
        if self._open is None:
            return self._is_heading(line)
        self._open.text = f"{self._open.text} {line.text.strip()}".strip()
        return True

    def _is_heading(self, line: Line) -> bool:
        """Tell whether a line only introduces what follows: a heading, or a rule."""
        return bool(re.fullmatch(r"\s*(?:#{1,6}\s.*|\*\*[^*]+\*\*|-{3,}|\*{3,}|_{3,})\s*", line.text))


def plain(answer: LabeledText) -> tuple[str, list[FormProblem]]:
    """Return an answer as it goes into a record, and what keeps it out of one."""
    text = " ".join(answer.text.split())
    problems = []
    if hidden := first_hidden(answer.text):
        problems.append(FormProblem(answer.line, hidden))
    if markup := _MARKUP.search(text):
        problems.append(FormProblem(answer.line, f"write plain words; take out {in_code(markup[0])}"))
    if len(text) > MOST_IN_AN_ANSWER:
        sentence = (
            f"the answer has {len(text):,} characters, and at most {MOST_IN_AN_ANSWER:,} fit; shorten it"
        )
        problems.append(FormProblem(answer.line, sentence))
    return text, problems


def in_code(text: str, most: int = 80) -> str:
    """Return the beginning of what others wrote so that a platform neither links nor calls anybody in it."""
    return "`" + one_line(text).replace("`", "'")[:most] + "`"
