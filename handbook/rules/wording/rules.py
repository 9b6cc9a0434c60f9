"""Registers a rule for each subject of wording; what each rule says is in the data."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from handbook.content.pages import Page
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.registers.evidence_folder import is_about_the_tool
from handbook.registers.organization import Organization
from handbook.rules.registry import Judge, rule
from handbook.rules.wording.guidance import Place, Subject, subjects
from handbook.rules.wording.judgment import guidance_for, objections, sentences
from handbook.rules.wording.passages import Passage
from handbook.templating.expressions import Expressions


def _rule_of(name: str, subject: Subject) -> Judge:
    """Return the function that judges one subject on a page."""

    def judge(page: Page, handbook: Handbook) -> Iterator[Problem]:
        if is_about_the_tool(page.path):
            return
        guidance = guidance_of(handbook, page.language)
        read = _sentences(page.body, page.language, handbook.expressions[page.language]) if guidance else ()
        for passage in read:
            for objection in objections(passage, page.language, guidance, name):
                problem = page.problem_in_body(objection.offset, objection.message)
                yield Problem(problem.line, problem.message, problem.column, objection.severity)

    judge.__doc__ = f"{subject.reason}\n\n    Bad:  {subject.bad}\n    Good: {subject.good}\n    "
    return judge


def guidance_of(handbook: Handbook, language: str) -> Sequence[Place]:
    """Return the guidance for the organization of a handbook, in a language."""
    organization = handbook.registers.organization
    is_public = is_public_body(organization)
    return guidance_for(organization.jurisdictions, is_public=is_public, language=language)


def is_public_body(organization: Organization) -> bool:
    """Tell whether an employer is a public body, which has other duties than a private one."""
    return organization.sector == "government"


@lru_cache(maxsize=2)  # Every rule judges the same sentences of a page.
def _sentences(body: str, language: str, expressions: Expressions) -> Sequence[Passage]:
    return sentences(body, language, expressions.value_of)


for _name, _subject in subjects().items():
    rule(_subject.code, _subject.title, severity=Severity.WARNING)(_rule_of(_name, _subject))
