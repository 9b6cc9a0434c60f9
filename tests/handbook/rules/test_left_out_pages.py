"""Registers that name a page which an organization does without, as rules judge them."""

from dataclasses import replace

from handbook.check.runner import check
from handbook.content.pages import PageSource, parse_page
from handbook.model import Handbook
from handbook.registers.questions import Answer, Question, Questions
from handbook.rules import RULES
from tests.conftest import PAGE

PAGES = ("docs/index.md", "docs/contributing/index.md")


def _judged(handbook: Handbook, **values: object) -> Handbook:
    organization = handbook.registers.organization.model_copy(update=values)
    return replace(handbook, registers=replace(handbook.registers, organization=organization))


def test_a_question_needs_no_edit_after_its_page_is_left_out(handbook: Handbook) -> None:
    answers = [Answer(page="docs/policy/strategy.md")]
    questions = Questions({0: Question(question="why", language="en", half=1, answers=answers)})
    pages = [parse_page(PageSource(path, path, "en"), PAGE.encode()) for path in PAGES]
    judged = replace(handbook, pages=pages, registers=replace(handbook.registers, questions=questions))
    assert [finding.code for finding in check(judged, [RULES["REG001"]]).findings] == ["REG001"]
    without = _judged(judged, leave_out=["docs/policy/"])
    assert list(check(without, [RULES["REG001"]]).findings) == []


def test_a_page_about_the_tool_may_have_a_word_that_is_also_a_name(handbook: Handbook) -> None:
    named = handbook.registers.organization.say(handbook.registers.organization.name, "en")
    text = f"{PAGE}\nSaid by {named}.\n".encode()
    pages = [parse_page(PageSource(path, path, "en"), text) for path in PAGES]
    adopted = _judged(replace(handbook, pages=pages), sample=False)
    findings = check(adopted, [RULES["ORG001"]]).findings
    assert [finding.path for finding in findings] == ["docs/index.md"]
