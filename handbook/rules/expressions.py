"""ORG: the organization's variables and macros."""

from collections.abc import Iterator

from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.pages import Page
from handbook.rules.registry import rule


@rule("ORG002", "Every variable and macro exists", severity=Severity.ERROR)
def expressions_exist(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A misspelled variable stops the build, and the build stops at the first; here all are named.

    Bad:  `{{ orgnization.name }}`
    Good: `{{ organization.name }}`
    """
    yield from handbook.expressions.problems(page)
