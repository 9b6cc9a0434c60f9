"""ORG: the organization's variables and macros."""

from collections.abc import Iterator

from handbook.content.pages import Page
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.rules.registry import rule
from handbook.text.prose import prose


@rule("ORG002", "Every variable and macro exists", severity=Severity.ERROR)
def expressions_exist(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A misspelled variable stops the build, and the build stops at the first; here all are named.

    Bad:  `{{ orgnization.name }}`
    Good: `{{ organization.name }}`
    """
    yield from handbook.expressions[page.language].problems(page)


@rule("ORG001", "Values of organization.yml are not typed", severity=Severity.WARNING)
def values_are_not_typed(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A name, mailbox, telephone number or address that is typed stays behind when it changes.

    Bad:  `Write to press@example.org.`
    Good: `Write to {{ organization.contacts.press.email }}.`
    """
    if not handbook.variable_finder.may_match(page.body):
        return
    for match in handbook.variable_finder.find(prose(page.body), page.language):
        yield page.problem_in_body(match.start, f"'{match.text}' is typed here; write `{match.meaning}`")
