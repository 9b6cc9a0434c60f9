"""ORG: pages take the organization's details from variables and macros."""

from collections.abc import Iterator

from handbook.content.pages import Page
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.rules.registry import rule
from handbook.text.markdown.reading_text import phrases_read


@rule("ORG002", "Every variable and macro exists", severity=Severity.ERROR)
def expressions_exist(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A misspelled variable stops the build. The build reports only the first; this rule lists them all.

    Bad:  `{{ orgnization.name }}`
    Good: `{{ organization.name }}`
    """
    yield from handbook.expressions[page.language].problems(page)


@rule("ORG001", "Values from organization.yml are not typed by hand", severity=Severity.WARNING)
def values_are_not_typed(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A name, address or telephone number typed by hand is not updated when the organization changes it.

    Write the variable or macro that prints the value from `organization.yml`. Pages about the tool come with
    its releases, so a name in them that is also yours is not typed by hand.

    Bad:  `Write to press@example.org.`
    Good: `Write to {{ organization.contacts.press.email }}.`
    """
    if handbook.is_shipped(page):
        return
    for match in phrases_read(handbook.variable_finder, page.body, page.language, addresses=True):
        yield page.problem_in_body(match.start, f"'{match.text}' is typed by hand; write `{match.meaning}`")
