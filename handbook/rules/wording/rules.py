"""Registers a rule for each subject of wording; what each rule says is in the data.

A rule judges pages one by one, and what registers say once.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from handbook.content.pages import Page
from handbook.files.kept_results import KeptResults
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.registers.evidence_folder import is_about_the_tool
from handbook.registers.organization import Organization
from handbook.rules.registry import Judge, rule
from handbook.rules.wording.guidance import Subject, language_of, subjects
from handbook.rules.wording.judged_texts import Employer, JudgedWords, judged_words
from handbook.templating.expressions import Expressions


def _rule_of(subject: Subject) -> Judge:
    """Return the function that judges one subject on a page."""

    def judge_page(page: Page, handbook: Handbook) -> Iterator[Problem]:
        if is_about_the_tool(page.path):
            return
        organization = handbook.registers.organization
        expressions = handbook.expressions[page.language]
        for words in _judged(
            page.body, page.language, _employer_of(organization), expressions, handbook.wording
        ):
            if words.code == subject.code:
                problem = page.problem_in_body(words.offset, words.message)
                yield Problem(problem.line, problem.message, problem.column, words.severity)

    judge_page.__name__ = subject.title.lower().replace(" ", "_")
    judge_page.__doc__ = f"{subject.reason}\n\n    Bad:  {subject.bad}\n    Good: {subject.good}\n    "
    return judge_page


def _judge_of_registers(subject: Subject) -> Callable[[Handbook], Iterator[Problem]]:
    """Return the function that judges one subject in what registers say, in each language."""

    def judge_registers(handbook: Handbook) -> Iterator[Problem]:
        organization = handbook.registers.organization
        employer = _employer_of(organization)
        main_language = organization.main_language
        for language in organization.languages:
            for text in handbook.registers.policy_texts:
                written = text.in_language(language, main_language)
                question = text.question_in(language, main_language)
                for words in _judged_register(
                    written, question, text.list_name, language, employer, handbook.wording
                ):
                    if words.code == subject.code:
                        yield Problem.at(text.location(language), words.message, words.severity, text.path)

    return judge_registers


def is_public_body(organization: Organization) -> bool:
    """Tell whether an employer is a public body, which has other duties than a private one."""
    return organization.sector == "government"


def _employer_of(organization: Organization) -> Employer:
    return tuple(organization.jurisdictions), is_public_body(organization)


@lru_cache(maxsize=2)  # Every rule takes its own from what is objected to on a page.
def _judged(
    body: str, language: str, employer: Employer, expressions: Expressions, results: KeptResults
) -> Sequence[JudgedWords]:
    return judged_words(body, language, employer, expressions.value_of, results)


@lru_cache(maxsize=4096)  # Every rule takes its own from what is objected to in all registers.
def _judged_register(
    text: str, question: str, list_name: str, language: str, employer: Employer, results: KeptResults
) -> Sequence[JudgedWords]:
    """Return what guidance objects to in a text of a register.

    It is read after its question, below the title of the list that it is in.
    """
    known = language_of(language)
    lead = known.leads.get(list_name) if known else None
    before = f"{lead}\n\n- {question}" if lead else question
    judged = judged_words(f"{before} {text}", language, employer, lambda _: None, results)
    return tuple(words for words in judged if words.offset > len(before))


for _subject in subjects().values():
    rule(
        _subject.code,
        _subject.title,
        severity=Severity.WARNING,
        beyond_pages=_judge_of_registers(_subject),
    )(_rule_of(_subject))
