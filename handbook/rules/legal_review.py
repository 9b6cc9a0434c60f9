"""LEG: a lawyer has read the pages that need legal review."""

from collections.abc import Iterator

from handbook.baseline import Baseline
from handbook.content.pages import Page
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.registers.owners import FILE as OWNERS_FILE
from handbook.registers.owners import LEGAL
from handbook.registers.owners import LEGAL_FOLDERS as LEGAL_FOLDERS
from handbook.rules.registry import rule
from handbook.text.quoting import in_shell


@rule("LEG001", "Policy and law pages have a current legal review", severity=Severity.ERROR)
def page_had_a_legal_review(page: Page, handbook: Handbook, baseline: Baseline | None) -> Iterator[Problem]:
    """A policy that no lawyer has read recently may promise or forbid what the law does not allow.

    Pages in `docs/policy/` and `docs/law/` state the day of their last legal review. It must not be older
    than the page's review interval, and it must be the day of a reading, in the record of a review, by a role
    whose contact in `registers/owners.yml` is `legal`. With `--changed-since`, it was so before the change.

    Bad:  `legal_review: 2026-10-09` (no lawyer read the page on that day)
    Good: `legal_review: 2026-10-09` (the day on which `legal-lead` signed the review)
    """
    if not page.path.startswith(LEGAL_FOLDERS):
        return
    if page.was_never_reviewed:
        return  # REV012 asks for its first review, in which a lawyer reads it.
    day, due = page.front_matter.day("legal_review"), page.legal_review_due
    trusted = baseline.with_trusted_owners(handbook) if baseline else handbook
    if page.lacks("legal_review"):
        review = "have a lawyer read the page in a review; closing that review writes `legal_review`"
        yield Problem(1, f"no legal review date; {review}")
    elif day and day > handbook.today:
        message = f"legal_review is {day}, in the future; write the day on which a lawyer read the page"
        yield page.problem_at("legal_review", message)
    elif due and handbook.today > due:
        message = f"the legal review was due by {due}; have a lawyer read the page"
        yield page.problem_at("legal_review", message)
    elif day and trusted.legal_review(page) is None:
        message = f"no lawyer's reading of {day} names this page; {_remedy(page, trusted)}"
        yield page.problem_at("legal_review", message)


def _remedy(page: Page, handbook: Handbook) -> str:
    lawyers = handbook.registers.owners.lawyers
    if not lawyers:
        return f"give a role in {OWNERS_FILE} the contact '{LEGAL}', and have it read the page in a review"
    owners = handbook.registers.owners
    days = handbook.reviews.days_read_by(page.path, owners.with_former_names(lawyers))
    latest = f"write {days[-1]}, the day of the last one, or " if days else ""
    reading = f"`handbook review start {in_shell(page.path)}` and `handbook review sign --as {lawyers[0]}`"
    return f"{latest}have a lawyer read it with {reading}"
