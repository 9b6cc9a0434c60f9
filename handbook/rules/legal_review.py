"""LEG: a lawyer has read the pages that need legal review."""

from collections.abc import Iterator
from typing import Final

from handbook.content.pages import Page
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.rules.registry import rule

LEGAL_FOLDERS: Final = ("docs/policy/", "docs/law/")


@rule("LEG001", "Policy and law pages have a current legal review", severity=Severity.ERROR)
def page_had_a_legal_review(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A policy that no lawyer has read recently may promise or forbid what the law does not allow.

    Pages in `docs/policy/` and `docs/law/` state the day of their last legal review. It must not be older
    than the page's review interval.

    Bad:  (no `legal_review` key)
    Good: `legal_review: 2026-10-09`
    """
    if not page.path.startswith(LEGAL_FOLDERS):
        return
    day, due = page.front_matter.day("legal_review"), page.legal_review_due
    if page.lacks("legal_review"):
        yield Problem(1, "no legal review date; have a lawyer read the page, then add `legal_review:`")
    elif day and day > handbook.today:
        message = f"legal_review is {day}, in the future; write the day on which a lawyer read the page"
        yield page.problem_at("legal_review", message)
    elif due and handbook.today > due:
        message = f"the legal review was due by {due}; have a lawyer read the page"
        yield page.problem_at("legal_review", message)
