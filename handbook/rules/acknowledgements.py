"""REG005: people who are asked to accept pages are asked about them."""

from collections.abc import Iterator
from typing import Final

from handbook.acknowledgements.questions import questions_for
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.registers.acknowledgements import FEWEST_QUESTIONS, FILE
from handbook.rules.registry import rule
from handbook.text.suggestions import did_you_mean

_REMEDY: Final = "name three to six in `questions`, or write scenarios about these pages"


@rule("REG005", "People who accept pages are asked about them", severity=Severity.ERROR)
def acceptance_has_questions(handbook: Handbook) -> Iterator[Problem]:
    """A signature alone does not show that a text was understood; three questions with reasons help.

    The questions that `registers/acknowledgements.yml` names are scenarios of this handbook. Without names,
    there are at least three scenarios about the pages of an audience.

    Bad:  `questions: [brithday-photo, work-selfie, pay-talk]`
    Good: `questions: [birthday-photo, work-selfie, pay-talk]`
    """
    scenarios = handbook.registers.scenarios.scenarios
    register = handbook.registers.acknowledgements
    for name, audience in register.audiences.items():
        for number, question in enumerate(audience.questions):
            if question not in scenarios:
                message = f"there is no scenario '{question}' here; {did_you_mean(question, scenarios)}"
                yield Problem.at(register.location(name, "questions", number), message, path=FILE)
        number = len(questions_for(audience, scenarios))
        if not audience.questions and number < FEWEST_QUESTIONS:
            message = f"scenarios give {number} of the {FEWEST_QUESTIONS} questions needed; {_REMEDY}"
            yield Problem.at(register.location(name, "pages"), message, path=FILE)
