"""A macro that lists pages, subjects and questions from A to Z."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from handbook.content.languages import main_path
from handbook.registers.evidence_folder import is_about_the_tool
from handbook.registers.scenarios import Scenario
from macros.context.registry import MacroContext, macro
from macros.context.scenario_pages import page_of_card
from macros.presentation.localized import LocalizedText, alphabetical
from macros.presentation.templates import render


@dataclass(frozen=True, slots=True)
class AnswerLink:
    """An entry of the list: a page with its address, or a subject with its questions."""

    title: LocalizedText
    address: str | None = None
    questions: Sequence["AnswerLink"] = ()


@macro(templates=("a_to_z.html",))
def a_to_z(context: MacroContext) -> str:
    """List the pages for staff and the questions on each subject, in alphabetical order.

    Pages about the handbook itself are left out. The questions are in registers/scenarios.yml and
    registers/scenarios/.

    Example: {{ a_to_z() }}
    """
    answers = sorted(
        [*_pages(context), *_subjects(context)], key=lambda answer: alphabetical(answer.title.text)
    )
    by_letter = groupby(answers, key=lambda answer: alphabetical(answer.title.text)[0][:1].upper())
    return render(
        "a_to_z.html",
        letters=[(letter, list(entries)) for letter, entries in by_letter],
        words=context.catalog.group("a_to_z"),
    )


def _pages(context: MacroContext) -> Iterator[AnswerLink]:
    languages = context.site.organization.languages
    for path in sorted({main_path(page.path, languages) for page in context.site.pages.values()}):
        link = context.link(path)
        if link and not is_about_the_tool(path):
            yield AnswerLink(link.title, link.address)


def _subjects(context: MacroContext) -> Iterator[AnswerLink]:
    scenarios = context.site.registers.scenarios.scenarios
    for topic in sorted({topic for scenario in scenarios.values() for topic in scenario.topics}):
        on_it = ((name, scenario) for name, scenario in scenarios.items() if topic in scenario.topics)
        questions = [answer for each in on_it for answer in _question(context, *each)]
        if questions:
            yield AnswerLink(LocalizedText(context.catalog[f"topic.{topic}"]), questions=questions)


def _question(context: MacroContext, name: str, scenario: Scenario) -> Iterator[AnswerLink]:
    """Yield the question, unless this build does not publish its card."""
    link = context.link(page_of_card(scenario, context.site, context.language))
    if link:
        yield AnswerLink(context.localized(scenario.question), f"{link.address}#scenario-{name}")
