"""Registers a rule for each subject of wording; what each rule says is in the data.

A rule judges pages one by one, and what registers say once.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from handbook.content.pages import Page
from handbook.content.sectors import Jurisdiction
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.registers.evidence_folder import is_about_the_tool
from handbook.registers.organization import Organization
from handbook.rules.registry import Judge, rule
from handbook.rules.wording.guidance import Subject, language_of, subjects
from handbook.rules.wording.judgment import Objection, guidance_for, judge
from handbook.templating.expressions import Expressions


def _rule_of(subject: Subject) -> Judge:
    """Return the function that judges one subject on a page."""

    def judge_page(page: Page, handbook: Handbook) -> Iterator[Problem]:
        if is_about_the_tool(page.path):
            return
        organization = handbook.registers.organization
        employer = (tuple(organization.jurisdictions), is_public_body(organization))
        for objection in _objections(page.body, page.language, employer, handbook.expressions[page.language]):
            if objection.subject.code == subject.code:
                problem = page.problem_in_body(objection.offset, objection.message)
                yield Problem(problem.line, problem.message, problem.column, objection.severity)

    judge_page.__name__ = subject.title.lower().replace(" ", "_")
    judge_page.__doc__ = f"{subject.reason}\n\n    Bad:  {subject.bad}\n    Good: {subject.good}\n    "
    return judge_page


def _judge_of_registers(subject: Subject) -> Callable[[Handbook], Iterator[Problem]]:
    """Return the function that judges one subject in what registers say, in each language."""

    def judge_registers(handbook: Handbook) -> Iterator[Problem]:
        organization = handbook.registers.organization
        employer = (tuple(organization.jurisdictions), is_public_body(organization))
        main_language = organization.languages[0]
        for language in organization.languages:
            for text in handbook.registers.policy_texts:
                written = text.in_language(language, main_language)
                question = text.question_in(language, main_language)
                for objection in _objections_to(written, question, text.list_name, language, employer):
                    if objection.subject.code == subject.code:
                        location = text.location(language)
                        yield Problem.at(location, objection.message, objection.severity, text.path)

    return judge_registers


def is_public_body(organization: Organization) -> bool:
    """Tell whether an employer is a public body, which has other duties than a private one."""
    return organization.sector == "government"


@lru_cache(maxsize=2)  # Every rule takes its own from what is objected to on a page.
def _objections(
    body: str, language: str, employer: tuple[tuple[Jurisdiction, ...], bool], expressions: Expressions
) -> Sequence[Objection]:
    jurisdictions, is_public = employer
    guidance = guidance_for(jurisdictions, is_public=is_public, language=language)
    return tuple(judge(body, guidance, language, expressions.value_of)) if guidance else ()


@lru_cache(maxsize=4096)  # Every rule takes its own from what is objected to in all registers.
def _objections_to(
    text: str,
    question: str,
    list_name: str,
    language: str,
    employer: tuple[tuple[Jurisdiction, ...], bool],
) -> Sequence[Objection]:
    """Return what guidance objects to in a text of a register.

    It is read after its question, below the title of the list that it is in.
    """
    jurisdictions, is_public = employer
    guidance = guidance_for(jurisdictions, is_public=is_public, language=language)
    known = language_of(language)
    lead = known.leads.get(list_name) if known else None
    before = f"{lead}\n\n- {question}" if lead else question
    markdown = f"{before} {text}"
    found = judge(markdown, guidance, language, lambda _: None) if guidance else ()
    return tuple(objection for objection in found if objection.offset > len(before))


for _subject in subjects().values():
    rule(
        _subject.code,
        _subject.title,
        severity=Severity.WARNING,
        beyond_pages=_judge_of_registers(_subject),
    )(_rule_of(_subject))
