"""LEG: a lawyer has read what needs one."""

from collections.abc import Iterator
from typing import Final

from handbook.content.pages import Page
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.rules.registry import rule

FOLDERS: Final = ("docs/policy/", "docs/law/")


@rule("LEG001", "Policy and law had a legal review", severity=Severity.ERROR)
def page_had_a_legal_review(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A policy that a lawyer has not read lately may promise, or forbid, what the law does not allow.

    Pages under `docs/policy/` and `docs/law/` name the day, which is within the interval of their reviews.

    Bad:  (no `legal_review` key)
    Good: `legal_review: 2026-10-09`
    """
    if not page.path.startswith(FOLDERS):
        return
    day, due = page.front_matter.day("legal_review"), page.legal_review_due
    if page.lacks("legal_review"):
        yield Problem(1, "no date of a legal review; let a lawyer read the page, then add `legal_review:`")
    elif day and day > handbook.today:
        yield page.problem_at("legal_review", f"legal_review is {day}, in the future; write the day it was")
    elif due and handbook.today > due:
        yield page.problem_at("legal_review", f"the legal review was due by {due}; let a lawyer read it")
