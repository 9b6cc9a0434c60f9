"""Registers a rule for each subject of wording; what each rule says is in the data.

A rule judges pages one by one, and what registers say once.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from handbook.content.pages import Page
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.registers.evidence_folder import is_about_the_tool
from handbook.registers.organization import Organization
from handbook.rules.registry import Judge, rule
from handbook.rules.wording.guidance import Place, Subject, language_of, subjects
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

    judge.__name__ = f"wording_of_{name.replace('-', '_')}"
    judge.__doc__ = f"{subject.reason}\n\n    Bad:  {subject.bad}\n    Good: {subject.good}\n    "
    return judge


def _judge_of_registers(name: str) -> Callable[[Handbook], Iterator[Problem]]:
    """Return the function that judges one subject in what registers say, in each language."""

    def judge(handbook: Handbook) -> Iterator[Problem]:
        languages = handbook.registers.organization.languages
        for language in languages:
            guidance = guidance_of(handbook, language)
            for text in handbook.registers.policy_texts if guidance else ():
                written = text.in_language(language, languages[0]) or ""
                for passage in _listed(written, language, text.list_name):
                    for objection in objections(passage, language, guidance, name):
                        location = text.location(language)
                        yield Problem.at(location, objection.message, objection.severity, text.path)

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


@lru_cache(maxsize=4096)  # Every rule judges the same texts of all registers.
def _listed(text: str, language: str, list_name: str) -> Sequence[Passage]:
    """Return the sentences of a text of a register below the title of the list that it is in."""
    known = language_of(language)
    lead = known.leads.get(list_name, "") if known else ""
    read = sentences(text, language, lambda _: None)
    return tuple(replace(passage, lead=f"{lead} {passage.lead}".strip()) for passage in read)


for _name, _subject in subjects().items():
    rule(
        _subject.code,
        _subject.title,
        severity=Severity.WARNING,
        beyond_pages=_judge_of_registers(_name),
    )(_rule_of(_name, _subject))
