"""The open questions that a review answers: those about its pages, and those about no page."""

from collections.abc import Iterable, Mapping

from handbook.content.languages import main_path
from handbook.model import Handbook
from handbook.registers.open_questions import OpenQuestion


def questions_to_answer(handbook: Handbook, pages: Iterable[str]) -> Mapping[int, OpenQuestion]:
    """Return the questions, by number, that a review of these pages answers."""
    languages = handbook.registers.organization.languages
    return handbook.registers.open_questions.about({main_path(page, languages) for page in pages})
