"""Registers a rule for each subject of wording; what each rule says is in the data."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from handbook.content.pages import Page
from handbook.content.sectors import Jurisdiction
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.registers.evidence_folder import is_about_the_tool
from handbook.registers.organization import Organization
from handbook.rules.registry import Judge, rule
from handbook.rules.wording.guidance import Subject, subjects
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

    judge_page.__doc__ = f"{subject.reason}\n\n    Bad:  {subject.bad}\n    Good: {subject.good}\n    "
    return judge_page


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


for _subject in subjects().values():
    rule(_subject.code, _subject.title, severity=Severity.WARNING)(_rule_of(_subject))
