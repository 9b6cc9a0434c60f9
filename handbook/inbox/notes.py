"""Notes what staff asked: a new question, or one more time that it was asked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from handbook.errors import HandbookError
from handbook.inbox.register_edits import new_register, with_question, with_values
from handbook.registers.loading import parse_shown_register
from handbook.registers.open_questions import OpenQuestion, OpenQuestionList, OpenQuestions, folded

# All but no-break spaces, which French needs before some marks.
_BLANKS: Final = re.compile(r"[ \t\r\n]+")
# What somebody else who asked the same may add.
_ADDED: Final = ("page", "query", "edition", "language")


@dataclass(frozen=True, slots=True)
class Noted:
    """The new text of the register, the number of the question in it, and the question."""

    text: str
    number: int
    question: OpenQuestion


def on_one_line(text: str) -> str:
    """Return a text as it was typed or pasted, on one line."""
    return _BLANKS.sub(" ", text).strip()


def open_question(values: Mapping[str, Any]) -> OpenQuestion:
    """Return a question of these values; those that are None are left out.

    Raises:
        HandbookError: if one of them cannot be in the register.

    """
    try:
        return OpenQuestion.model_validate({key: value for key, value in values.items() if value is not None})
    except ValidationError as error:
        detail = error.errors()[0]
        reason = detail.get("ctx", {}).get("error") or f"is not accepted ({detail['msg']})"
        raise HandbookError(f"the {detail['loc'][0]} {reason}") from None


def with_note(text: str | None, known: OpenQuestions, question: OpenQuestion) -> Noted:
    """Return the register with a question; one that is there already is counted once more.

    It keeps the first day on which it was asked, and what it says of page, search, edition, and language.

    Raises:
        HandbookError: if the register cannot be written without changing something else.

    """
    text = new_register(known.path) if text is None else text
    try:
        noted = _noted(text, known, question)
    except HandbookError as error:
        raise HandbookError(f"{known.path}: {error}") from None
    parse_shown_register(noted.text.encode("utf-8"), known.path, OpenQuestionList)
    return noted


def _noted(text: str, known: OpenQuestions, question: OpenQuestion) -> Noted:
    for number, other in known.questions.items():
        if folded(other.question) == folded(question.question):
            values = _asked_again(other, question)
            return Noted(with_values(text, number, values), number, other.model_copy(update=values))
    return Noted(with_question(text, question), len(known.questions) + 1, question)


def _asked_again(known: OpenQuestion, question: OpenQuestion) -> dict[str, Any]:
    """Return the values that change; an earlier day than the known one is the first, then."""
    added = {key: getattr(question, key) for key in _ADDED if getattr(known, key) is None}
    day = {"asked_on": question.asked_on} if question.asked_on < known.asked_on else {}
    return {**day, **{key: value for key, value in added.items() if value}, "count": known.count + 1}
